// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_city/signer.hpp"

#include <fmt/format.h>

#include "base/digest.hpp"
#include "base/text.hpp"

namespace weir::connectors::sf_city {

std::string Sign(std::string_view body, std::int64_t dev_id, const Secret& dev_key) {
  thread_local Md5Stream md5;
  md5.Update(body);
  md5.Update(fmt::format("&{}&", dev_id));
  md5.Update(dev_key.Reveal());
  return ToBase64(ToHex(md5.Finish()));
}

}  // namespace weir::connectors::sf_city
