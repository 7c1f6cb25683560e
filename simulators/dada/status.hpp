// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "simulators/delivery.hpp"

namespace weir::simulators::dada {

/// The platform's number for where a delivery stands (protocol notes 8).
[[nodiscard]] int StatusOf(const Delivery& delivery);

/// What the platform calls it.
[[nodiscard]] std::string_view StatusText(int status);

}  // namespace weir::simulators::dada
