// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <utility>

#include "mapping/doudian/orders.hpp"

/// All amounts of an order are fen (protocol B4).
namespace weir::mapping::doudian {
namespace {

/// What a promotion is shared into, by who gave it or by who bears it.
struct Shares {
  MaybeMoney platform;
  MaybeMoney merchant;
  MaybeMoney other;

  [[nodiscard]] bool told() const { return platform || merchant || other; }
  /// What is not told is nothing where others are.
  [[nodiscard]] Shares Whole() const {
    return {.platform = platform.value_or(Money()),
            .merchant = merchant.value_or(Money()),
            .other = other.value_or(Money())};
  }
  [[nodiscard]] MaybeMoney sum() const { return Plus(Plus(platform, merchant), other); }
};

struct Promotion {
  MaybeMoney amount;  ///< Of the goods.
  MaybeMoney post;    ///< Of their way.
  MaybeMoney total;
  Shares given;
  Shares borne;
  MaybeMoney platform_cost;
};

class Amounts {
 public:
  Amounts(ReadOrder& order, FieldReader& reader) : order_(order), reader_(reader) {}

  MaybeMoney Take(OrderFields::Name name) {
    return reader_.Fen(name.text, order_.fields.Take(name));
  }
  /// It stays in `extra`: no field of the order has a place for it.
  MaybeMoney Peek(OrderFields::Name name) {
    return reader_.Fen(name.text, order_.fields.Peek(name));
  }

 private:
  ReadOrder& order_;
  FieldReader& reader_;
};

Promotion TakePromotion(Amounts& amounts) {
  return {.amount = amounts.Take("promotion_amount"),
          .post = amounts.Take("post_promotion_amount"),
          .total = amounts.Take("total_promotion_amount"),
          .given = {.platform = amounts.Peek("promotion_platform_amount"),
                    .merchant = amounts.Peek("promotion_shop_amount"),
                    .other = amounts.Peek("promotion_talent_amount")},
          .borne = {.platform = amounts.Peek("only_platform_cost_amount"),
                    .merchant = amounts.Peek("shop_cost_amount"),
                    .other = amounts.Peek("author_cost_amount")},
          .platform_cost = amounts.Peek("platform_cost_amount")};
}

/// The identities of protocol B4; what is not told counts as holding.
void Check(const Promotion& told, model::OrderSnapshot& snapshot) {
  const Money post = told.post.value_or(Money());
  if (told.total && told.amount && told.total != Plus(told.amount, post)) {
    AddMismatch(snapshot, fmt::format("total_promotion_amount {} != promotion_amount {} + "
                                      "post_promotion_amount {}",
                                      told.total->ToYuan(), told.amount->ToYuan(), post.ToYuan()));
  }
  const Shares given = told.given.Whole();
  if (told.amount && told.given.told() && told.amount != given.sum()) {
    AddMismatch(snapshot, fmt::format("promotion_amount {} != promotion_shop_amount {} + "
                                      "promotion_platform_amount {} + promotion_talent_amount {}",
                                      told.amount->ToYuan(), given.merchant->ToYuan(),
                                      given.platform->ToYuan(), given.other->ToYuan()));
  }
  const Shares borne = told.borne.Whole();
  const bool parts = told.borne.platform || told.borne.other;
  if (told.platform_cost && parts && told.platform_cost != Plus(borne.platform, borne.other)) {
    AddMismatch(snapshot, fmt::format("platform_cost_amount {} != only_platform_cost_amount {} + "
                                      "author_cost_amount {}",
                                      told.platform_cost->ToYuan(), borne.platform->ToYuan(),
                                      borne.other->ToYuan()));
  }
}

/// Who bears the promotion counts where that is told to the fen, else who gave it.
Shares SharesOf(const Promotion& told) {
  Shares borne = told.borne;
  if (!borne.platform) borne.platform = Minus(told.platform_cost, borne.other.value_or(Money()));
  for (const Shares& shares : {borne, told.given}) {
    if (shares.told() && shares.Whole().sum() == told.amount) return shares.Whole();
  }
  return {};
}

/// Each promotion by its name where they are told to the fen, else one line that carries their sum.
std::vector<model::Discount> DiscountsOf(const Promotion& told, const Value& detail,
                                         FieldReader& reader) {
  std::vector<model::Discount> lines;
  if (told.amount && !told.amount->is_zero()) {
    if (auto named = NamedPromotions(detail, *told.amount, reader)) {
      lines = *std::move(named);
    } else {
      const Shares shares = SharesOf(told);
      lines.push_back({.kind = "other",
                       .name = "promotion",
                       .amount = *told.amount,
                       .platform_share = shares.platform,
                       .merchant_share = shares.merchant,
                       .other_share = shares.other});
    }
  }
  if (told.post && !told.post->is_zero()) {
    lines.push_back({.kind = "other",
                     .name = "post_promotion",
                     .amount = *told.post,
                     .platform_share = {},
                     .merchant_share = {},
                     .other_share = {}});
  }
  return lines;
}

std::vector<model::Charge> TakeCharges(Amounts& amounts, const Promotion& promotion) {
  const MaybeMoney after = amounts.Take("post_amount");
  const MaybeMoney before = amounts.Take("post_origin_amount");
  std::vector<model::Charge> charges;
  const auto add = [&charges](const char* kind, MaybeMoney amount) {
    if (amount && !amount->is_zero()) charges.push_back({.kind = kind, .amount = *amount});
  };
  // The reduction of the way is a discount, so the charge is what it was before.
  add("delivery", before ? before : Plus(after, promotion.post.value_or(Money())));
  add("packaging", amounts.Take("packing_amount"));
  add("other", amounts.Take("tax_amount"));
  return charges;
}

}  // namespace

void MapMoney(ReadOrder& order, FieldReader& reader, model::OrderSnapshot& snapshot) {
  Amounts amounts(order, reader);
  const Promotion promotion = TakePromotion(amounts);
  Check(promotion, snapshot);
  // Its numbers of coupons and campaigns have no place in the record: it stays in `extra`.
  const Value detail = order.fields.Peek("promotion_detail");
  snapshot.discounts = DiscountsOf(promotion, detail, reader);
  snapshot.charges = TakeCharges(amounts, promotion);
  MaybeMoney charges = Money();
  for (const model::Charge& charge : *snapshot.charges) charges = Plus(charges, charge.amount);
  snapshot.totals.charges = charges;
  snapshot.totals.discounts =
      promotion.total ? promotion.total : Plus(promotion.amount, promotion.post.value_or(Money()));
  snapshot.totals.paid = amounts.Take("pay_amount");
}

}  // namespace weir::mapping::doudian
