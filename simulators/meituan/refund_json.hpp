// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "simulators/form.hpp"
#include "simulators/meituan/order.hpp"
#include "simulators/meituan/refund.hpp"

/// Refunds as the platform writes them (protocol notes 1.5, 1.8).
namespace weir::simulators::meituan {

/// The fields of the full or partial refund push about `refund`'s last step.
[[nodiscard]] Fields RefundFields(const Order& order, const Refund& refund);

/// The fields of the push that says how the pay-out went.
[[nodiscard]] Fields RefundResultFields(const Order& order, const Refund& refund);

/// One item of ecommerce/order/getOrderRefundDetail.
[[nodiscard]] std::string RefundJson(const Order& order, const Refund& refund);

}  // namespace weir::simulators::meituan
