// SPDX-License-Identifier: Apache-2.0
#include "storage/change_types.hpp"

#include <algorithm>

namespace weir::storage {

bool IsAskedFor(std::string_view type, const std::vector<std::string>& types) {
  if (types.empty()) return true;
  return std::ranges::any_of(types, [&](std::string_view asked) {
    if (asked == "*") return true;
    if (asked.ends_with(".*")) return type.starts_with(asked.substr(0, asked.size() - 1));
    return type == asked;
  });
}

}  // namespace weir::storage
