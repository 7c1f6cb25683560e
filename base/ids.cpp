// SPDX-License-Identifier: Apache-2.0
#include "base/ids.hpp"

#include "base/text.hpp"

namespace weir {

std::string PlatformRecordId(std::string_view platform, std::string_view platform_id) {
  std::string id(platform);
  id += '-';
  id += PercentEncode(platform_id);
  return id;
}

}  // namespace weir
