// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

namespace weir::mapping {

/// The value of the object's member as it stands there; empty when it has none. `json` has
/// been parsed before: of other text nothing is promised but an end.
[[nodiscard]] std::string_view PieceOf(std::string_view json, std::string_view member);

/// The elements of the array that is `member` of the object `json`, each as it stands there, to be
/// kept as received. Empty when there is no such member, or it is no array. `json` as above.
[[nodiscard]] std::vector<std::string_view> ElementsOf(std::string_view json,
                                                       std::string_view member);

}  // namespace weir::mapping
