// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <utility>

#include "mapping/douyin/orders.hpp"

/// All amounts of Douyin are fen.
namespace weir::mapping::douyin {
namespace {

constexpr NameTable kAmountNames({
    "activities_fee_amount",
    "commission_amount",
    "discount_amount",
    "estimated_order_income",
    "freight_pay_amount",
    "origin_amount",
    "pay_amount",
    "sale_price",
});
using AmountInfo = Members<kAmountNames>;

constexpr NameTable kSubOrderNames({"discounts", "origin_amount", "sub_order_type"});
using SubOrder = Members<kSubOrderNames>;
constexpr NameTable kDiscountNames({"discount_amount", "discount_type", "merchant_discount_amount",
                                    "platform_discount_amount"});
using DiscountLine = Members<kDiscountNames>;

/// origin = pay + discount; what is not told cannot break it.
void CheckOrigin(std::string_view name, MaybeMoney origin, MaybeMoney pay, MaybeMoney discount,
                 model::OrderSnapshot& snapshot) {
  const MaybeMoney sum = Plus(pay, discount);
  if (origin && sum && *origin != *sum) {
    AddMismatch(snapshot, fmt::format("{} {} != pay_amount {} + discount_amount {}", name,
                                      origin->ToYuan(), pay->ToYuan(), discount->ToYuan()));
  }
}

/// The delivery fee is what origin is above sale_price; what is left of it after reductions, which
/// is told, cannot be more. Nothing where it cannot be known.
MaybeMoney DeliveryFee(MaybeMoney origin, MaybeMoney sale, MaybeMoney left,
                       model::OrderSnapshot& snapshot) {
  const MaybeMoney fee = Minus(origin, sale);
  if (fee && *fee < Money()) {
    AddMismatch(snapshot,
                fmt::format("origin_amount {} < sale_price {}", origin->ToYuan(), sale->ToYuan()));
    return std::nullopt;
  }
  if (fee && left && *left > *fee) {
    AddMismatch(snapshot, fmt::format("origin_amount {} != sale_price {} + delivery of at least {}",
                                      origin->ToYuan(), sale->ToYuan(), left->ToYuan()));
  }
  return fee;
}

/// One line: only sums are known. What the merchant does not bear is the platform's.
std::vector<model::Discount> DiscountOf(MaybeMoney discount, MaybeMoney merchant,
                                        model::OrderSnapshot& snapshot) {
  if (!discount || discount->is_zero()) {
    return {};
  }
  MaybeMoney platform = Minus(discount, merchant);
  if (platform && *platform < Money()) {
    AddMismatch(snapshot, fmt::format("discount_amount {} < activities_fee_amount {}",
                                      discount->ToYuan(), merchant->ToYuan()));
    platform = std::nullopt;
  }
  model::Discount line;
  line.kind = "other";
  line.amount = *discount;
  line.platform_share = platform;
  line.merchant_share = merchant;
  if (platform) line.other_share = Money();
  return {std::move(line)};
}

/// What the price was lowered by, where no sum says it.
MaybeMoney Reduction(MaybeMoney original, MaybeMoney pay, model::OrderSnapshot& snapshot) {
  const MaybeMoney reduction = Minus(original, pay);
  if (reduction && *reduction < Money()) {
    AddMismatch(snapshot, fmt::format("original_amount {} < pay_amount {}", original->ToYuan(),
                                      pay->ToYuan()));
    return std::nullopt;
  }
  return reduction;
}

/// Reads the parts an order of coupons may be told in (A6.1).
class SubOrders {
 public:
  SubOrders(FieldReader& reader, model::OrderSnapshot& snapshot)
      : reader_(reader), snapshot_(snapshot) {}

  void Read(const Value& list) {
    const auto read = reader_.Array("sub_order_amount_infos", list);
    if (!read) return;
    for (const simdjson::dom::element element : read->root().array()) {
      if (const Value value(element); value.is_object()) {
        ReadOne(SubOrder(MembersOf(value.object())));
      } else {
        reader_.Malformed("sub_order_amount_infos");
      }
    }
  }
  std::vector<model::Charge> charges;
  std::vector<model::Discount> discounts;
  MaybeMoney charged = Money();
  MaybeMoney discounted = Money();

 private:
  void ReadOne(const SubOrder& part) {
    const auto code = reader_.Integer("sub_order_type", part.Peek("sub_order_type"));
    const auto origin = reader_.Fen("sub_order.origin_amount", part.Peek("origin_amount"));
    if (code && *code != kGoods && origin && !origin->is_zero()) {
      const ChargeCode* const known = FindCode(kChargeCodes, *code);
      charges.push_back(
          {.kind = std::string(known != nullptr ? known->kind : "other"), .amount = *origin});
      charged = Plus(charged, origin);
    }
    if (const auto list = reader_.Array("sub_order.discounts", part.Peek("discounts"))) {
      for (const simdjson::dom::element element : list->root().array()) {
        if (const Value value(element); value.is_object()) {
          ReadDiscount(DiscountLine(MembersOf(value.object())));
        }
      }
    }
  }

  void ReadDiscount(const DiscountLine& told) {
    const auto amount = reader_.Fen("discounts.discount_amount", told.Peek("discount_amount"));
    discounted = Plus(discounted, amount);
    if (!amount || amount->is_zero()) return;
    model::Discount line;
    line.kind = "other";
    line.name = told.Peek("discount_type").text();
    line.amount = *amount;
    line.platform_share =
        reader_.Fen("discounts.platform_discount_amount", told.Peek("platform_discount_amount"));
    line.merchant_share =
        reader_.Fen("discounts.merchant_discount_amount", told.Peek("merchant_discount_amount"));
    FillOtherShare(line,
                   {"discount_amount", "platform_discount_amount", "merchant_discount_amount"},
                   snapshot_);
    discounts.push_back(std::move(line));
  }

  FieldReader& reader_;
  model::OrderSnapshot& snapshot_;
};

}  // namespace

bool MapAmountInfo(Event& event, FieldReader& reader, model::OrderSnapshot& snapshot) {
  if (!event.fields.Peek("amount_info").is_object()) {
    return false;
  }
  AmountInfo info(MembersOf(event.fields.Take("amount_info").object()));
  const auto take = [&](AmountInfo::Name name) { return reader.Fen(name.text, info.Take(name)); };
  const MaybeMoney origin = take("origin_amount");
  const MaybeMoney pay = take("pay_amount");
  const MaybeMoney discount = take("discount_amount");
  const MaybeMoney sale = take("sale_price");
  // After reductions: no field of the order has a place for it.
  const MaybeMoney left = reader.Fen("freight_pay_amount", info.Peek("freight_pay_amount"));
  CheckOrigin("origin_amount", origin, pay, discount, snapshot);
  const MaybeMoney fee = DeliveryFee(origin, sale, left, snapshot);
  snapshot.discounts = DiscountOf(discount, take("activities_fee_amount"), snapshot);
  snapshot.charges.emplace();
  if (fee && !fee->is_zero()) {
    snapshot.charges->push_back({.kind = "delivery", .amount = *fee});
  }
  snapshot.totals = {.items = sale,
                     .charges = fee,
                     .discounts = discount,
                     .paid = pay,
                     .commission = take("commission_amount"),
                     .merchant_income = take("estimated_order_income")};
  KeepRest(event, "amount_info", info);
  return true;
}

void MapVoucherAmounts(Event& event, FieldReader& reader, model::OrderSnapshot& snapshot) {
  const auto take = [&](Fields::Name name) {
    return reader.Fen(name.text, event.fields.Take(name));
  };
  const MaybeMoney original = take("original_amount");
  const MaybeMoney pay = take("pay_amount");
  MaybeMoney discount = take("discount_amount");
  const MaybeMoney income = take("receipt_amount");
  if (MapAmountInfo(event, reader, snapshot)) {
    return;
  }
  CheckOrigin("original_amount", original, pay, discount, snapshot);
  SubOrders parts(reader, snapshot);
  // What the parts say beyond their charges and discounts is kept as it stands.
  parts.Read(event.fields.Peek("sub_order_amount_infos"));
  if (!discount) discount = Reduction(original, pay, snapshot);
  if (!parts.discounts.empty() && discount && parts.discounted && *discount != *parts.discounted) {
    AddMismatch(snapshot, fmt::format("discount_amount {} != discounts {}", discount->ToYuan(),
                                      parts.discounted->ToYuan()));
  }
  snapshot.discounts = parts.discounts.empty() ? DiscountOf(discount, std::nullopt, snapshot)
                                               : std::move(parts.discounts);
  snapshot.charges = std::move(parts.charges);
  snapshot.totals.items = Minus(original, parts.charged);
  snapshot.totals.charges = parts.charged;
  snapshot.totals.discounts = discount;
  snapshot.totals.paid = pay;
  snapshot.totals.merchant_income = income;
}

}  // namespace weir::mapping::douyin
