// SPDX-License-Identifier: Apache-2.0
#include "sync/order_changes.hpp"

#include <algorithm>

namespace weir::sync {

std::string ChangeType(const model::OrderState::Summary& before,
                       const model::OrderState::Summary& after) {
  // "order.placed" is the first change of an order and comes once, paid or not yet.
  if (before.status != after.status && after.status != model::OrderStatus::kPlaced) {
    return "order." + std::string(model::Name(after.status));
  }
  for (const auto& refund : after.refunds) {
    if (std::find(before.refunds.begin(), before.refunds.end(), refund) == before.refunds.end()) {
      return "order.refund_" + std::string(model::Name(refund.second));
    }
  }
  const bool same_delivery = before.delivery == after.delivery && before.shipment == after.shipment;
  if (!same_delivery) return "order.delivery_changed";
  if (before.urged != after.urged) return "order.urged";
  if (before.money != after.money) return "order.amended";
  return "order.updated";
}

}  // namespace weir::sync
