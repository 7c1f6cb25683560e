// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "mapping/eleme/orders.hpp"

/// All amounts of an order are yuan; what lowers it is negative (protocol §1.10).
namespace weir::mapping::eleme {
namespace {

/// Reads the order's amounts. A degraded order carries zeros where it knows nothing.
class Amounts {
 public:
  Amounts(Event& event, FieldReader& reader, bool complete)
      : event_(event), reader_(reader), complete_(complete) {}

  /// Nothing where it is not told.
  MaybeMoney Take(Fields::Name name) {
    const auto amount = reader_.Yuan(name.text, event_.fields.Take(name));
    return amount && !complete_ && amount->is_zero() ? std::nullopt : amount;
  }
  /// Zero where a whole order does not tell it; nothing where it cannot be read.
  MaybeMoney TakeOrZero(Fields::Name name) {
    const bool told = event_.fields.Has(name);
    const auto amount = Take(name);
    return told || !complete_ ? amount : Money();
  }

 private:
  Event& event_;
  FieldReader& reader_;
  bool complete_;
};

struct Fees {
  MaybeMoney packaging;
  MaybeMoney delivery;
  MaybeMoney other;

  [[nodiscard]] MaybeMoney sum() const { return Plus(Plus(packaging, delivery), other); }
};

/// The fee, and what the lines of its kind add to it.
MaybeMoney Above(MaybeMoney fee, MaybeMoney lines) {
  return fee && lines ? std::max(fee, lines) : fee;
}

std::vector<model::Charge> ChargesOf(const Fees& fees) {
  std::vector<model::Charge> charges;
  const auto add = [&charges](const char* kind, MaybeMoney amount) {
    if (amount && !amount->is_zero()) {
      charges.push_back({.kind = kind, .amount = *amount});
    }
  };
  add("delivery", fees.delivery);
  add("packaging", fees.packaging);
  add("other", fees.other);
  return charges;
}

/// totalPrice = originalPrice + activityTotal + hongbao; nothing known counts as holding.
void CheckTotal(MaybeMoney total, MaybeMoney original, const Reductions& reductions,
                model::OrderSnapshot& snapshot) {
  const MaybeMoney expected = Plus(Plus(original, reductions.activities), reductions.hongbao);
  if (total && expected && *total != *expected) {
    AddMismatch(snapshot,
                fmt::format("totalPrice {} != originalPrice {} + activityTotal {} + hongbao {}",
                            total->ToYuan(), original->ToYuan(), reductions.activities->ToYuan(),
                            reductions.hongbao->ToYuan()));
  }
}

/// originalPrice = lines + packageFee + deliverFee, or with every charge there is.
void CheckOriginal(MaybeMoney original, MaybeMoney lines, const Fees& told, const Fees& charges,
                   model::OrderSnapshot& snapshot) {
  const MaybeMoney plain = Plus(lines, Plus(told.packaging, told.delivery));
  if (!original || !plain || *original == *plain || original == Plus(lines, charges.sum())) {
    return;
  }
  AddMismatch(snapshot, fmt::format("originalPrice {} != items {} + packageFee {} + deliverFee {}",
                                    original->ToYuan(), lines->ToYuan(), told.packaging->ToYuan(),
                                    told.delivery->ToYuan()));
}

}  // namespace

void MapMoney(Event& event, FieldReader& reader, model::OrderSnapshot& snapshot) {
  const bool complete = snapshot.key.complete;
  Amounts amounts(event, reader, complete);
  const MaybeMoney total = amounts.Take("totalPrice");
  const MaybeMoney original = amounts.Take("originalPrice");
  const Fees told{.packaging = amounts.TakeOrZero("packageFee"),
                  .delivery = amounts.TakeOrZero("deliverFee"),
                  .other = amounts.TakeOrZero("coldBoxFee")};
  const Reductions reductions{.activities = amounts.TakeOrZero("activityTotal"),
                              .hongbao = amounts.TakeOrZero("hongbao")};
  auto lines = MapLines(event, reader, snapshot);
  const MaybeMoney items = lines ? lines->sum : std::nullopt;
  Fees charges = told;
  if (lines) {
    charges = {.packaging = Above(told.packaging, lines->packaging),
               .delivery = Above(told.delivery, lines->delivery),
               .other = Above(told.other, lines->other)};
  }
  const MaybeMoney reduced = MapDiscounts(event, reader, reductions, snapshot);
  const MaybeMoney service = amounts.Take("serviceFee");
  snapshot.totals.paid = total;
  snapshot.totals.commission = Minus(Money(), service);
  snapshot.totals.merchant_income = amounts.Take("income");
  snapshot.totals.discounts = snapshot.discounts ? reduced : std::nullopt;
  if (complete) {
    CheckTotal(total, original, reductions, snapshot);
    CheckOriginal(original, items, told, charges, snapshot);
    snapshot.totals.items = items;
    snapshot.totals.charges = charges.sum();
    snapshot.charges = ChargesOf(charges);
  }
  if (lines) {
    snapshot.items = std::move(lines->items);
  }
}

}  // namespace weir::mapping::eleme
