// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace weir::model {

/// The text of a record's own member `name`, as it stands between the quotes; empty when it has
/// none or it is no text. `json` is compact, as our writers make it; no part of it is copied, and
/// what lies behind the member is not looked at.
[[nodiscard]] std::string_view RecordText(std::string_view json, std::string_view name);

}  // namespace weir::model
