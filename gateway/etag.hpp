// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace weir::gateway {

/// Whether an If-None-Match field (a list of tags, weak or strong, or "*") holds `tag`, quotes
/// included: RFC 9110 §13.1.2.
[[nodiscard]] bool MatchesEtag(std::string_view if_none_match, std::string_view tag);

}  // namespace weir::gateway
