// SPDX-License-Identifier: Apache-2.0
#include "base/ids.hpp"

#include <algorithm>
#include <cctype>

#include "base/text.hpp"

namespace weir {

bool IsPlainId(std::string_view text) {
  constexpr std::size_t kLongest = 64;
  return !text.empty() && text.size() <= kLongest && std::ranges::all_of(text, [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '_' || c == '.';
  });
}

std::string PlatformRecordId(std::string_view platform, std::string_view platform_id) {
  std::string id(platform);
  id += '-';
  id += PercentEncode(platform_id);
  return id;
}

}  // namespace weir
