// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "simulators/delivery.hpp"

namespace weir::simulators::sf_city {

/// The platform's number for a step (protocol notes 2.3).
[[nodiscard]] int StatusOf(const Step& step);

/// What the platform calls it.
[[nodiscard]] std::string_view StatusText(int status);

/// The canonical word for what the platform makes known of a stage: a way back is an exception to
/// it, which ends in a cancel, and what never began is one that was refused.
[[nodiscard]] std::string_view WordOf(Stage stage);

}  // namespace weir::simulators::sf_city
