// SPDX-License-Identifier: Apache-2.0
#include "simulators/dada/signature.hpp"

#include <algorithm>
#include <array>

#include "base/digest.hpp"
#include "base/text.hpp"

namespace weir::simulators::dada {

std::string SignCall(Fields members, std::string_view secret) {
  std::ranges::sort(members);
  std::string text(secret);
  for (const auto& [name, value] : members) {
    if (name != "signature") text.append(name).append(value);
  }
  std::string hex = ToHex(Md5(text.append(secret)));
  std::ranges::transform(hex, hex.begin(), [](char c) {
    return c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return hex;
}

std::string SignCallback(const CallbackSigned& values) {
  std::array<std::string_view, 3> sorted = {values.client_id, values.order_id, values.update_time};
  std::ranges::sort(sorted);
  std::string text;
  for (const std::string_view value : sorted) text.append(value);
  return ToHex(Md5(text));
}

}  // namespace weir::simulators::dada
