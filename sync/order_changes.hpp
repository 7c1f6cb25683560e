// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "model/order_state.hpp"

namespace weir::sync {

/// The type of the change that leads from one published version of an order to the next: what
/// matters most is what it is named after (status, then refunds, delivery, urging, money).
[[nodiscard]] std::string ChangeType(const model::OrderState::Summary& before,
                                     const model::OrderState::Summary& after);

}  // namespace weir::sync
