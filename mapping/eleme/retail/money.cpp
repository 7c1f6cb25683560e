// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <utility>

#include "mapping/amounts.hpp"
#include "mapping/eleme/retail/orders.hpp"
#include "mapping/rest.hpp"

/// All amounts are fen (protocol §2).
namespace weir::mapping::eleme::retail {
namespace {

constexpr NameTable kDiscountNames({"baidu_rate", "desc", "fee", "shop_rate", "type"});
using Discount = Members<kDiscountNames>;

void AddDiscount(Discount& told, FieldReader& reader, model::OrderSnapshot& snapshot,
                 std::vector<model::Discount>& lines) {
  const auto amount = reader.Fen("discount.fee", told.Take("fee"));
  if (!amount || amount->is_zero()) return;
  model::Discount line;
  line.kind = "other";
  line.name = told.Take("desc").text();
  if (const std::string_view code = told.Take("type").text(); !code.empty()) {
    line.name = line.name.empty() ? std::string(code) : fmt::format("{} ({})", line.name, code);
  }
  line.amount = *amount;
  line.platform_share = reader.Fen("discount.baidu_rate", told.Take("baidu_rate"));
  line.merchant_share = reader.Fen("discount.shop_rate", told.Take("shop_rate"));
  FillOtherShare(line, {"fee", "baidu_rate", "shop_rate"}, snapshot);
  lines.push_back(std::move(line));
}

void MapDiscounts(Event& event, FieldReader& reader, model::OrderSnapshot& snapshot) {
  const auto list = reader.Array("discount", event.fields.Take("discount"));
  if (!list) return;
  std::vector<model::Discount> lines;
  RestList rest;
  for (const simdjson::dom::element element : list->root().array()) {
    const Value value(element);
    if (!value.is_object()) {
      reader.Malformed("discount");
      continue;
    }
    Discount told(MembersOf(value.object()));
    AddDiscount(told, reader, snapshot, lines);
    rest.Add(told);
  }
  if (std::string left = rest.Take(); !left.empty()) {
    event.nested_rest.emplace_back("discount", std::move(left));
  }
  // A degraded order's empty list says nothing.
  if (snapshot.key.complete || !lines.empty()) snapshot.discounts = std::move(lines);
}

struct Fees {
  MaybeMoney delivery;
  MaybeMoney packaging;
  MaybeMoney other;

  [[nodiscard]] MaybeMoney sum() const { return Plus(Plus(delivery, packaging), other); }
};

std::vector<model::Charge> ChargesOf(const Fees& fees) {
  std::vector<model::Charge> charges;
  const auto add = [&charges](const char* kind, MaybeMoney amount) {
    if (amount && !amount->is_zero()) charges.push_back({.kind = kind, .amount = *amount});
  };
  add("delivery", fees.delivery);
  add("packaging", fees.packaging);
  add("other", fees.other);
  return charges;
}

/// user_fee = total_fee - discount_fee, and total_fee = products + fees; nothing known holds.
void CheckTotals(MaybeMoney total, MaybeMoney discount, const Fees& fees,
                 model::OrderSnapshot& snapshot) {
  const MaybeMoney left = Minus(total, discount);
  if (snapshot.totals.paid && left && *snapshot.totals.paid != *left) {
    AddMismatch(snapshot,
                fmt::format("user_fee {} != total_fee {} - discount_fee {}",
                            snapshot.totals.paid->ToYuan(), total->ToYuan(), discount->ToYuan()));
  }
  const MaybeMoney plain = Plus(snapshot.totals.items, Plus(fees.delivery, fees.packaging));
  if (total && plain && *total != *plain && total != Plus(plain, fees.other)) {
    AddMismatch(snapshot, fmt::format("total_fee {} != products {} + send_fee {} + package_fee {}",
                                      total->ToYuan(), snapshot.totals.items->ToYuan(),
                                      fees.delivery->ToYuan(), fees.packaging->ToYuan()));
  }
}

}  // namespace

void MapMoney(Event& event, Order& order, FieldReader& reader, model::OrderSnapshot& snapshot) {
  const auto take = [&](Order::Name name) { return reader.Fen(name.text, order.Take(name)); };
  // Zero where a whole order does not tell it; nothing where it cannot be read.
  const auto take_or_zero = [&](Order::Name name) -> MaybeMoney {
    const bool told = order.Has(name) || !snapshot.key.complete;
    const auto amount = take(name);
    return told ? amount : Money();
  };
  MapItems(event, reader, snapshot);
  MapDiscounts(event, reader, snapshot);
  const MaybeMoney total = take("total_fee");
  const MaybeMoney discount = take_or_zero("discount_fee");
  const Fees fees{.delivery = take_or_zero("send_fee"),
                  .packaging = take_or_zero("package_fee"),
                  .other = take_or_zero("cold_box_fee")};
  snapshot.totals.paid = take("user_fee");
  snapshot.totals.commission = take("commission");
  snapshot.totals.merchant_income = take("shop_fee");
  snapshot.totals.discounts = snapshot.discounts ? discount : std::nullopt;
  if (snapshot.key.complete) {
    CheckTotals(total, discount, fees, snapshot);
    snapshot.totals.charges = fees.sum();
    snapshot.charges = ChargesOf(fees);
  } else {
    snapshot.totals.items = std::nullopt;
  }
}

}  // namespace weir::mapping::eleme::retail
