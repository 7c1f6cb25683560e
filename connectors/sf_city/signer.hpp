// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/secret.hpp"

namespace weir::connectors::sf_city {

/// SF intra-city's signature of a call and of a callback alike (protocol §2.1): base64 of the 32
/// lower-case hex digits of the MD5 of `<body>&<dev_id>&<dev_key>`, the body as it is sent. 44
/// characters, the last one '='.
[[nodiscard]] std::string Sign(std::string_view body, std::int64_t dev_id, const Secret& dev_key);

}  // namespace weir::connectors::sf_city
