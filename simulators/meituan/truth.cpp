// SPDX-License-Identifier: Apache-2.0
#include "simulators/meituan/truth.hpp"

#include <chrono>

namespace weir::simulators::meituan {

OrderTruth TruthOf(const Order& order) {
  OrderTruth truth{.id = order.id,
                   .view_id = order.view_id,
                   .shop = order.shop,
                   .day_seq = order.day_seq,
                   .created = std::chrono::floor<std::chrono::seconds>(order.created),
                   .total = order.basket.total(),
                   .original = order.basket.original(),
                   .discounts = order.basket.discounts(),
                   .commission = std::nullopt,
                   .income = std::nullopt,
                   .lines = static_cast<std::int64_t>(order.basket.lines.size()),
                   .platform_status = order.status,
                   .status = CanonicalStatus(order),
                   .delivery = CanonicalDelivery(order),
                   .refunds = {},
                   .refunded = 0,
                   .events = order.events};
  if (!order.style.empty_receive_detail) {
    truth.commission = order.basket.commission;
    truth.income = order.basket.income();
  }
  for (const Refund& refund : order.refunds) {
    auto& told =
        truth.refunds.emplace_back(RefundTruth{.id = refund.id,
                                               .partial = refund.partial,
                                               .amount = refund.amount,
                                               .steps = {},
                                               .status = WordsOf(refund.last()).canonical});
    for (const RefundStep step : refund.steps) {
      told.steps.push_back(WordsOf(step).name);
    }
    truth.refunded += refund.paid_out() ? refund.amount : 0;
  }
  return truth;
}

}  // namespace weir::simulators::meituan
