// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "connectors/roles.hpp"

namespace weir::connectors::sf_city {

/// What precreateorder's answer offers. kMalformed when it names no price.
[[nodiscard]] Result<CourierQuote> ReadQuote(const PulledItem& answer);

}  // namespace weir::connectors::sf_city
