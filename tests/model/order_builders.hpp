// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "model/order_state.hpp"

/// Short ways to write down facts and to look at what became of them.
namespace weir::model::testing {

inline Instant At(int second) {
  return Instant(std::chrono::seconds(1'795'316'400 + second));  // 2026-11-22T03:00:00Z
}

inline Money Fen(std::int64_t fen) { return Money::FromFen(fen); }

inline ContentDigest Digest(std::uint64_t n) { return {.high = 0, .low = n}; }

/// A snapshot that supplies nothing but its key: the later, the greater.
inline OrderSnapshot Bare(int second) {
  OrderSnapshot snapshot;
  snapshot.key.updated_at = At(second);
  return snapshot;
}

inline OrderFacts Facts(OrderSnapshot snapshot) {
  OrderFacts facts;
  facts.snapshot = std::move(snapshot);
  return facts;
}

inline OrderFacts Facts(StatusFact status) {
  OrderFacts facts;
  facts.statuses = {status};
  return facts;
}

inline OrderFacts Facts(DeliveryFact delivery) {
  OrderFacts facts;
  facts.deliveries = {std::move(delivery)};
  return facts;
}

inline OrderFacts Facts(RefundFact refund) {
  OrderFacts facts;
  facts.refunds = {std::move(refund)};
  return facts;
}

inline StatusFact Reached(OrderStatus status, int second, Source source = Source::kPush) {
  return {.status = status, .at = At(second), .source = source};
}

inline StatusFact Cancelled(CancelCause cause, int second) {
  return {.status = OrderStatus::kCancelled, .cause = cause, .at = At(second)};
}

inline RefundFact Step(std::uint16_t step, RefundStatus status) {
  RefundFact fact;
  fact.id = "7001";
  fact.step = step;
  fact.status = status;
  fact.digest = Digest(step);
  return fact;
}

template <typename... Ts>
OrderState Merged(Ts... facts) {
  OrderState state;
  (state.Merge(Facts(std::move(facts))), ...);
  return state;
}

inline const OrderState::Identity kIdentity{.merchant = "demo",
                                            .platform = "meituan",
                                            .connection = "mt-main",
                                            .platform_order_id = "2701234567890123456"};

/// One shop and the SKU F001-L are linked, all else is not.
inline Surroundings Linked() {
  return {.store = [](std::string_view shop) { return shop == "shop_001" ? "sh-001" : ""; },
          .sku = [](std::string_view sku) { return sku == "F001-L" ? "ERP-1001" : ""; },
          .accept_within = {}};
}

inline std::string Body(const OrderState& state, const Surroundings& around = Linked()) {
  std::string body;
  state.AppendBody(body, kIdentity, around);
  return body;
}

inline nlohmann::json Json(const OrderState& state, const Surroundings& around = Linked()) {
  return nlohmann::json::parse("{" + Body(state, around) + "}");
}

inline std::string Encoded(const OrderState& state) {
  std::string bytes;
  state.Encode(bytes);
  return bytes;
}

}  // namespace weir::model::testing
