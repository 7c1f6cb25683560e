// SPDX-License-Identifier: Apache-2.0
#include "tests/model/order_stories.hpp"

#include <algorithm>
#include <utility>

#include "tests/model/order_builders.hpp"

namespace weir::model::testing {
namespace {

template <typename T, std::size_t N>
T Pick(const T (&choices)[N], std::uint8_t by) {
  return choices[by % N];
}

std::optional<Instant> MaybeAt(std::uint8_t by) {
  return by % 3 == 0 ? std::nullopt : std::optional(At(by % 5));
}

std::optional<Money> MaybeFen(std::uint8_t by) {
  return by % 3 == 0 ? std::nullopt : std::optional(Fen(100L * (by % 7)));
}

std::vector<Item> Lines(std::uint8_t by) {
  std::vector<Item> items;
  for (int i = 0; i < by % 3; ++i) {
    Item item;
    item.line = std::to_string(i + 1);
    item.name = i == 0 ? "牛肉饭" : "汤";
    item.platform_sku = i == 0 ? "F001-L" : "F002";
    item.quantity = Pick<const char*>({"1", "2", "0.35"}, by);
    item.unit_price = Fen(1500);
    item.amount = Fen(1500 + by % 4);
    item.options.push_back({.group = "辣度", .name = "微辣", .price = Fen(0)});
    items.push_back(std::move(item));
  }
  return items;
}

OrderSnapshot SnapshotOf(const Told& told, SnapshotKey::Class klass) {
  OrderSnapshot s;
  s.key = {.complete = told[1] % 4 != 0,
           .updated_at = At(told[1] % 3),
           .klass = klass,
           .status_rank = static_cast<std::uint8_t>(told[2] % 3),
           .asked_at = told[3] % 2 == 0 ? Instant{} : At(told[3] % 4),
           .digest = Digest(told[2] % 4)};
  s.platform_shop = Pick<const char*>({"shop_001", "", "shop_002"}, told[3]);
  s.display_no = Pick<const char*>({"", "12"}, told[3]);
  s.kind = Pick({OrderKind::kDelivery, OrderKind::kPickup, OrderKind::kVoucher}, told[2]);
  s.placed_at = MaybeAt(told[4]);
  s.paid_at = MaybeAt(told[5]);
  if (told[4] % 2 == 0) {
    s.expected = Expected{.asap = told[5] % 2 == 0, .from = MaybeAt(told[6]), .to = {}};
  }
  s.customer = {.name = Pick<const char*>({"", "张**", "张三"}, told[4]),
                .phone = Pick<const char*>({"", "138****0000", "13800000000"}, told[5]),
                .phone_extension = Pick<const char*>({"", "1234"}, told[6]),
                .phone_kind = "",
                .address = Pick<const char*>({"", "示例路***", "示例路1号"}, told[6]),
                .latitude = Pick<const char*>({"", "31.230416"}, told[6]),
                .longitude = Pick<const char*>({"", "121.473701", "121.5"}, told[7]),
                .coordinate_system = "GCJ02"};
  if (told[7] % 3 != 0) {
    s.items = Lines(told[7]);
  }
  if (told[7] % 4 == 0) {
    s.charges = {{.kind = "delivery", .amount = Fen(told[6])}};
  }
  if (told[7] % 5 == 0) {
    s.discounts.emplace();
  }
  s.totals.paid = MaybeFen(told[5]);
  s.totals.commission = MaybeFen(told[6]);
  s.remark = Pick<const char*>({"", "少辣"}, told[4]);
  if (told[5] % 4 == 1) {
    s.invoice = Invoice{.title = "某某公司", .tax_id = ""};
  }
  s.delivery_mode = Pick({DeliveryMode::kUnknown, DeliveryMode::kPlatform}, told[7]);
  if (told[2] % 2 == 1) {
    s.issues.push_back({.code = "totals_mismatch", .detail = std::to_string(told[2])});
  }
  return s;
}

StatusFact StatusOf(const Told& told) {
  const auto status = static_cast<OrderStatus>(told[1] % 8 + 1);
  return {.status = status,
          .cause = CancelCause::kNone,
          .at = MaybeAt(told[2]),
          .sent_at = MaybeAt(told[3]),
          .source = Pick({Source::kPush, Source::kPull}, told[4])};
}

StatusFact CancelOf(const Told& told) {
  StatusFact fact = StatusOf(told);
  fact.status = OrderStatus::kCancelled;
  fact.cause = static_cast<CancelCause>(told[1] % 5);
  return fact;
}

DeliveryFact DeliveryOf(const Told& told) {
  return {.status = static_cast<ShipmentStatus>(told[1] % 14 + 1),
          .at = MaybeAt(told[2]),
          .sent_at = MaybeAt(told[3]),
          .rider_name = Pick<const char*>({"", "李四", "王五"}, told[4]),
          .rider_phone = Pick<const char*>({"", "13900000000"}, told[5]),
          .digest = Digest(told[6] % 3)};
}

RefundFact RefundOf(const Told& told) {
  RefundFact fact;
  fact.id = Pick<const char*>({"7001", "7002"}, told[1]);
  fact.step = told[2] % 9;
  fact.status = static_cast<RefundStatus>(told[2] % 8 + 1);
  if (told[3] % 3 == 0) {
    fact.kind = static_cast<RefundKind>(told[3] % 4 + 1);
  }
  fact.amount = MaybeFen(told[4]);
  fact.reason = Pick<const char*>({"", "送错了", "不想要"}, told[5]);
  if (told[6] % 2 == 0) {
    fact.lines.emplace();
    if (told[6] % 4 == 0) {
      fact.lines->push_back({.name = "牛肉饭",
                             .platform_sku = Pick<const char*>({"", "F001-L"}, told[5]),
                             .quantity = "1",
                             .amount = MaybeFen(told[4])});
    }
  }
  fact.applied_at = MaybeAt(told[6]);
  fact.at = MaybeAt(told[7]);
  fact.digest = Digest(told[7] % 2);
  return fact;
}

CertificateFact CertificateOf(const Told& told) {
  CertificateFact fact;
  fact.id = Pick<const char*>({"9001", "9002"}, told[1]);
  fact.key.updated_at = At(told[2] % 4);
  fact.key.klass = Pick({SnapshotKey::Class::kLaterPush, SnapshotKey::Class::kDetailRead}, told[3]);
  fact.key.digest = Digest(told[3] % 3);
  fact.status = static_cast<CertificateStatus>(told[4] % 6);
  fact.platform_status = Pick<const char*>({"", "201", "400"}, told[4]);
  fact.paid = MaybeFen(told[5]);
  fact.refunded = MaybeFen(told[6]);
  fact.verified_at = MaybeAt(told[6]);
  fact.verify_id = Pick<const char*>({"", "77", "78"}, told[7]);
  fact.platform_shop = Pick<const char*>({"", "shop_001", "shop_002"}, told[5]);
  return fact;
}

void Add(OrderFacts& facts, const Told& told) {
  switch (told[0] % 11) {
    case 0:
    case 1:
      facts.snapshot = SnapshotOf(told, SnapshotKey::Class::kBirthPush);
      facts.statuses = {StatusOf(told)};
      break;
    case 2:
      facts.snapshot = SnapshotOf(told, SnapshotKey::Class::kLaterPush);
      facts.statuses = {StatusOf(told)};
      break;
    case 3:
      facts.snapshot = SnapshotOf(told, SnapshotKey::Class::kDetailRead);
      facts.deliveries = {DeliveryOf(told)};
      facts.refunds = {RefundOf(told)};
      break;
    case 4:
      facts.statuses = {StatusOf(told), CancelOf(told)};
      break;
    case 5:
      facts.statuses = {CancelOf(told)};
      break;
    case 6:
    case 7:
      facts.deliveries = {DeliveryOf(told)};
      break;
    case 8:
      facts.refunds = {RefundOf(told)};
      break;
    case 9:
      facts.certificates = {CertificateOf(told)};
      break;
    default:
      facts.wants_reread = told[1] % 2 == 0;
      facts.urged = told[1] % 3 == 0;
      facts.issues = {{.code = "unknown_status", .detail = std::to_string(told[2] % 3)}};
      facts.platform_display_id = Pick<const char*>({"", "81", "82"}, told[3]);
  }
}

}  // namespace

OrderFacts FactsOf(const Told& told) {
  OrderFacts facts;
  facts.platform = "meituan";
  facts.platform_order_id = "2701234567890123456";
  facts.sent_at = MaybeAt(told[5]);
  Add(facts, told);
  SnapshotKey key;
  key.updated_at = At(told[1] % 3);
  key.digest = Digest(told[2] % 4);
  facts.extra = ExtraFact{.event = Pick<const char*>({"paid", "detail", "refund"}, told[0]),
                          .key = key,
                          .members = R"({"city_id":)" + std::to_string(told[3] % 5) + "}"};
  return facts;
}

std::vector<OrderFacts> Split(const OrderFacts& facts) {
  std::vector<OrderFacts> pieces;
  const auto piece = [&]() -> OrderFacts& {
    OrderFacts& added = pieces.emplace_back();
    added.sent_at = facts.sent_at;
    return added;
  };
  piece().snapshot = facts.snapshot;
  piece().extra = facts.extra;
  piece().platform_display_id = facts.platform_display_id;
  piece().urged = facts.urged;
  piece().wants_reread = facts.wants_reread;
  piece().issues = facts.issues;
  for (const auto& fact : facts.statuses) {
    piece().statuses = {fact};
  }
  for (const auto& fact : facts.deliveries) {
    piece().deliveries = {fact};
  }
  for (const auto& fact : facts.refunds) {
    piece().refunds = {fact};
  }
  for (const auto& fact : facts.certificates) {
    piece().certificates = {fact};
  }
  return pieces;
}

rc::Gen<std::vector<Told>> Stories() {
  const auto told = rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<Told>());
  return rc::gen::resize(12, rc::gen::container<std::vector<Told>>(told));
}

}  // namespace weir::model::testing
