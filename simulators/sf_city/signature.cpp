// SPDX-License-Identifier: Apache-2.0
#include "simulators/sf_city/signature.hpp"

#include "base/digest.hpp"
#include "base/text.hpp"

namespace weir::simulators::sf_city {

std::string SignBody(std::string_view body, std::int64_t dev_id, std::string_view dev_key) {
  std::string text(body);
  text.append(1, '&').append(std::to_string(dev_id)).append(1, '&').append(dev_key);
  return ToBase64(ToHex(Md5(text)));
}

}  // namespace weir::simulators::sf_city
