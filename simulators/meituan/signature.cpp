// SPDX-License-Identifier: Apache-2.0
#include "simulators/meituan/signature.hpp"

#include <algorithm>

#include "base/digest.hpp"
#include "base/text.hpp"

namespace weir::simulators::meituan {

std::string Sign(std::string_view url, Fields fields, std::string_view secret) {
  std::erase_if(fields, [](const auto& field) { return field.first == "sig"; });
  std::ranges::sort(fields);
  std::string text(url);
  char separator = '?';
  for (const auto& [name, value] : fields) {
    text.append(1, separator).append(name).append(1, '=').append(value);
    separator = '&';
  }
  text += secret;
  return ToHex(Md5(text));
}

}  // namespace weir::simulators::meituan
