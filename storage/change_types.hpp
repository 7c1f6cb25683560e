// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace weir::storage {

/// True when a change of this type is asked for: `types` is empty, names it, names its family
/// ("order.*") or everything ("*").
[[nodiscard]] bool IsAskedFor(std::string_view type, const std::vector<std::string>& types);

}  // namespace weir::storage
