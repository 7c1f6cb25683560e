// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "mapping/decimal.hpp"
#include "mapping/meituan/orders.hpp"

namespace weir::mapping::meituan {
namespace {

/// What the second identity adds up: original_price = lines + packaging + shipping + bag.
struct Sale {
  std::optional<Lines> lines;
  Money shipping;
  Money bag;
  bool exact = true;  ///< shipping and bag were read, or are not told.

  /// Sum of the lines; nothing when a line could not be read.
  [[nodiscard]] MaybeMoney items() const {
    if (!lines || !lines->exact) {
      return std::nullopt;
    }
    MaybeMoney sum = Money();
    for (const model::Item& item : lines->items) {
      sum = Plus(sum, item.amount);
    }
    return sum;
  }
  [[nodiscard]] MaybeMoney charges() const {
    return lines && exact ? Plus(Plus(lines->packaging, shipping), bag) : std::nullopt;
  }
  [[nodiscard]] MaybeMoney all() const { return Plus(items(), charges()); }
};

/// package_bag_money is in fen, its twin in yuan.
MaybeMoney TakeBag(Event& event, FieldReader& reader) {
  const bool fen = event.fields.Has("package_bag_money");
  const Value in_fen = event.fields.Take("package_bag_money");
  const Value in_yuan = event.fields.Take("package_bag_money_yuan");
  return fen ? reader.Fen("package_bag_money", in_fen)
             : reader.Yuan("package_bag_money_yuan", in_yuan);
}

Sale TakeSale(Event& event, FieldReader& reader) {
  const bool told_shipping = event.fields.Has("shipping_fee");
  const bool told_bag =
      event.fields.Has("package_bag_money") || event.fields.Has("package_bag_money_yuan");
  const auto shipping = reader.Yuan("shipping_fee", event.fields.Take("shipping_fee"));
  const auto bag = TakeBag(event, reader);
  return {.lines = MapLines(event, reader),
          .shipping = shipping.value_or(Money()),
          .bag = bag.value_or(Money()),
          .exact = (shipping || !told_shipping) && (bag || !told_bag)};
}

std::vector<model::Charge> ChargesOf(const Sale& sale) {
  std::vector<model::Charge> charges;
  const auto add = [&charges](const char* kind, MaybeMoney amount) {
    if (amount && !amount->is_zero()) {
      charges.push_back({.kind = kind, .amount = *amount});
    }
  };
  add("delivery", sale.shipping);
  add("packaging", sale.lines ? sale.lines->packaging : std::nullopt);
  add("bag", sale.bag);
  return charges;
}

/// Puts the price before item discounts in place of the net one where a line tells it; true when
/// every line did.
bool RestorePrices(Lines& lines) {
  bool all = true;
  for (std::size_t i = 0; i < lines.items.size(); ++i) {
    model::Item& item = lines.items[i];
    const MaybeMoney original = lines.original_prices[i];
    const MaybeMoney amount = original ? Multiply(*original, item.quantity) : std::nullopt;
    all = all && amount;
    if (amount) {
      item.unit_price = *original;
      item.amount = *amount;
    }
  }
  return all;
}

/// total = original_price - reductions; nothing known counts as holding.
bool CheckTotal(MaybeMoney total, MaybeMoney original, MaybeMoney reduced,
                model::OrderSnapshot& snapshot) {
  const MaybeMoney expected = Minus(original, reduced);
  if (!total || !expected || *total == *expected) {
    return true;
  }
  AddMismatch(snapshot, fmt::format("total {} != original_price {} - reductions {}",
                                    total->ToYuan(), original->ToYuan(), reduced->ToYuan()));
  return false;
}

/// original_price = lines + charges, or the lines are told net of what lowers single lines.
void CheckOriginal(MaybeMoney original, const Reduced& reduced, bool total_holds, Sale& sale,
                   model::OrderSnapshot& snapshot) {
  const MaybeMoney gap = Minus(original, sale.all());
  if (!gap || gap->is_zero()) {
    return;
  }
  if (total_holds && reduced.item_level == gap) {
    const bool all = RestorePrices(*sale.lines);
    const MaybeMoney left = Minus(original, sale.all());
    if (left && left->is_zero()) {
      return;
    }
    if (!all && left) {
      snapshot.issues.push_back(
          {.code = "net_prices",
           .detail = fmt::format("lines are {} below original_price", left->ToYuan())});
      return;
    }
  }
  const MaybeMoney items = sale.items();
  const MaybeMoney charges = sale.charges();
  if (items && charges) {
    AddMismatch(snapshot, fmt::format("original_price {} != items {} + charges {}",
                                      original->ToYuan(), items->ToYuan(), charges->ToYuan()));
  }
}

}  // namespace

void MapMoney(Event& event, FieldReader& reader, model::OrderSnapshot& snapshot) {
  const auto total = reader.Yuan("total", event.fields.Take("total"));
  const auto original = reader.Yuan("original_price", event.fields.Take("original_price"));
  const auto receipt = TakeReceipt(event, reader);
  Sale sale = TakeSale(event, reader);
  const Reduced reduced = MapDiscounts(event, reader, receipt, snapshot);

  const bool total_holds = CheckTotal(total, original, reduced.sum, snapshot);
  CheckOriginal(original, reduced, total_holds, sale, snapshot);

  snapshot.totals.items = sale.items();
  snapshot.totals.charges = sale.charges();
  snapshot.totals.discounts = snapshot.discounts ? reduced.sum : std::nullopt;
  snapshot.totals.paid = total;
  if (receipt) {
    snapshot.totals.commission = receipt->commission;
    snapshot.totals.merchant_income = receipt->income;
  }
  if (sale.lines) {
    snapshot.charges = ChargesOf(sale);
    snapshot.items = std::move(sale.lines->items);
  }
}

}  // namespace weir::mapping::meituan
