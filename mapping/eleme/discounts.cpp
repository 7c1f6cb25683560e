// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <utility>

#include "mapping/eleme/orders.hpp"
#include "mapping/eleme/status.hpp"
#include "mapping/rest.hpp"

namespace weir::mapping::eleme {
namespace {

constexpr NameTable kActivityNames({"amount", "categoryId", "elemePart", "name", "restaurantPart"});
using Activity = Members<kActivityNames>;

/// What Ele.me writes as negative takes off that much.
MaybeMoney Negated(MaybeMoney amount) { return Minus(Money(), amount); }

/// Those of `orderActivities` that take something off, and what all take off together.
struct Activities {
  std::vector<model::Discount> lines;
  MaybeMoney sum = Money();
};

void AddActivity(Activity& activity, FieldReader& reader, Activities& all) {
  const auto code = reader.Integer("orderActivities.categoryId", activity.Peek("categoryId"));
  const auto* const category = code ? FindCode(kActivityCategories, *code) : nullptr;
  const auto amount = Negated(reader.Yuan("orderActivities.amount", activity.Take("amount")));
  all.sum = Plus(all.sum, amount);
  if (!amount || amount->is_zero()) {
    return;
  }
  model::Discount line;
  line.kind = category != nullptr ? category->kind : "other";
  line.name = activity.Take("name").text();
  if (category != nullptr) {
    activity.Take("categoryId");
  } else if (code) {
    line.name =
        line.name.empty() ? fmt::format("{}", *code) : fmt::format("{} ({})", line.name, *code);
  }
  line.amount = *amount;
  line.platform_share =
      Negated(reader.Yuan("orderActivities.elemePart", activity.Take("elemePart")));
  line.merchant_share =
      Negated(reader.Yuan("orderActivities.restaurantPart", activity.Take("restaurantPart")));
  all.lines.push_back(std::move(line));
}

/// Nothing when there is no list.
std::optional<Activities> TakeActivities(Event& event, FieldReader& reader) {
  const auto list = reader.Array("orderActivities", event.fields.Take("orderActivities"));
  if (!list) {
    return std::nullopt;
  }
  Activities all;
  RestList rest;
  for (const simdjson::dom::element element : list->root().array()) {
    const Value value(element);
    if (!value.is_object()) {
      reader.Malformed("orderActivities");
      all.sum = std::nullopt;
      continue;
    }
    Activity activity(MembersOf(value.object()));
    AddActivity(activity, reader, all);
    rest.Add(activity);
  }
  if (std::string left = rest.Take(); !left.empty()) {
    event.nested_rest.emplace_back("orderActivities", std::move(left));
  }
  return all;
}

/// One line that carries what only sums are known of.
void AddSums(const Event& event, FieldReader& reader, Money amount,
             std::vector<model::Discount>& lines) {
  lines.push_back(
      {.kind = "other",
       .name = {},
       .amount = amount,
       .platform_share = Negated(reader.Yuan("elemePart", event.fields.Peek("elemePart"))),
       .merchant_share = Negated(reader.Yuan("shopPart", event.fields.Peek("shopPart"))),
       .other_share = {}});
}

}  // namespace

MaybeMoney MapDiscounts(Event& event, FieldReader& reader, const Reductions& told,
                        model::OrderSnapshot& snapshot) {
  auto activities = TakeActivities(event, reader);
  const bool listed = activities && !activities->lines.empty();
  MaybeMoney sum = listed ? activities->sum : Negated(told.activities);
  std::vector<model::Discount> lines;
  if (listed) {
    lines = std::move(activities->lines);
    const MaybeMoney total = Negated(told.activities);
    if (snapshot.key.complete && total && sum && *total != *sum) {
      AddMismatch(snapshot, fmt::format("activityTotal {} != activities {}",
                                        told.activities->ToYuan(), Negated(sum)->ToYuan()));
    }
  } else if (sum && !sum->is_zero()) {
    AddSums(event, reader, *sum, lines);
  }
  for (model::Discount& line : lines) {
    FillOtherShare(line, {"amount", "elemePart", "restaurantPart"}, snapshot);
  }
  const MaybeMoney hongbao = Negated(told.hongbao);
  if (hongbao && !hongbao->is_zero()) {
    lines.push_back({.kind = "coupon",
                     .name = "hongbao",
                     .amount = *hongbao,
                     .platform_share = {},
                     .merchant_share = {},
                     .other_share = {}});
  }
  // A degraded order's empty list says nothing.
  if (snapshot.key.complete || !lines.empty()) {
    snapshot.discounts = std::move(lines);
  }
  return Plus(sum, hongbao);
}

}  // namespace weir::mapping::eleme
