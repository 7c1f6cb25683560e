// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <utility>

#include "mapping/decimal.hpp"
#include "mapping/meituan/orders.hpp"
#include "mapping/meituan/status.hpp"

namespace weir::mapping::meituan {
namespace {

/// Members of a line of `food` (protocol §1.6). What is not named here repeats the order's own
/// line.
constexpr NameTable kFoodNames({"app_food_code", "count", "food_name", "refund_price", "sku_id",
                                "quantity"});
using Food = Members<kFoodNames>;

std::string TakeText(Event& event, Fields::Name name) {
  return std::string(event.fields.Take(name).text());
}

std::vector<model::RefundLine> MapFood(const Value& food, FieldReader& reader) {
  std::vector<model::RefundLine> lines;
  for (const simdjson::dom::element element : food.array()) {
    const Value value(element);
    if (!value.is_object()) {
      reader.Malformed("food");
      continue;
    }
    Food members(MembersOf(value.object()));
    if (members.empty()) {
      continue;
    }
    model::RefundLine line;
    line.name = members.Peek("food_name").text();
    line.platform_sku =
        members.Peek(members.Has("sku_id") ? Food::Name("sku_id") : Food::Name("app_food_code"))
            .text();
    const auto count = reader.Quantity("food.count", members.Peek("count"));
    const auto price = reader.Yuan("food.refund_price", members.Peek("refund_price"));
    line.quantity = count.value_or(std::string());
    line.amount = count && price ? Multiply(*price, *count) : std::nullopt;
    lines.push_back(std::move(line));
  }
  return lines;
}

/// An appeal is told by is_appeal beside the code of an open application.
RefundStep WithAppeal(RefundStep step, bool appeal) {
  return step == kRefundApplied && appeal ? kRefundAppealed : step;
}

/// The step of an application's push: res_type and is_appeal decide; shops with the return-goods
/// flow get `status` instead; notify_type is asked where both are absent or say nothing known.
RefundStep TakeStep(Event& event, FieldReader& reader, std::vector<model::Issue>& issues) {
  const bool appeal = IntegerOf(event, reader, "is_appeal") == 1;
  const auto unknown = [&issues](Fields::Name name, std::int64_t code) {
    issues.push_back(
        {.code = "unknown_status", .detail = fmt::format("refund {} {}", name.text, code)});
  };
  if (const auto result = IntegerOf(event, reader, "res_type")) {
    if (const auto* const row = FindCode(kRefundResults, *result)) {
      event.fields.Take("res_type");
      return WithAppeal(row->step, appeal);
    }
    unknown("res_type", *result);
  } else if (const auto status = IntegerOf(event, reader, "status")) {
    if (const auto* const row = FindCode(kReturnGoodsSteps, *status)) {
      event.fields.Take("status");
      return row->step;
    }
    unknown("status", *status);
  }
  const std::string_view word = event.fields.Peek("notify_type").text();
  if (const auto* const row = FindCode(kRefundNotices, word)) {
    return WithAppeal(row->step, appeal);
  }
  if (!word.empty()) {
    issues.push_back({.code = "unknown_status", .detail = "refund notify_type"});
  }
  return kUnknownRefundStep;
}

/// Full or part, as the event shows it: it says so, or brings an amount, or lines.
model::RefundKind KindOf(const Event& event, FieldReader& reader) {
  constexpr std::array kTypes{model::RefundKind::kFull, model::RefundKind::kPartial,
                              model::RefundKind::kPriceDifference};
  if (const auto type = IntegerOf(event, reader, "refund_type"); type && *type >= 1 && *type <= 3) {
    return kTypes.at(static_cast<std::size_t>(*type - 1));
  }
  const bool part = event.fields.Peek("notify_type").text() == "part" ||
                    event.fields.Has("money") || event.fields.Has("food") ||
                    event.topic == "refund/partial" || event.topic == "order/part_refund";
  return part ? model::RefundKind::kPartial : model::RefundKind::kFull;
}

/// The push that tells whether the money went out; false when the event is none.
bool TakeOutcome(Event& event, FieldReader& reader, model::RefundFact& fact,
                 std::vector<model::Issue>& issues) {
  const auto code = IntegerOf(event, reader, "refund_status");
  if (!code) {
    return false;
  }
  if (const auto* const row = FindCode(kRefundOutcomes, *code)) {
    event.fields.Take("refund_status");
    fact.step = row->step.rank;
    fact.status = row->step.status;
    fact.kind = row->kind;
  } else {
    issues.push_back({.code = "unknown_status", .detail = fmt::format("refund_status {}", *code)});
  }
  return true;
}

}  // namespace

void MapRefund(Event& event, FieldReader& reader, model::OrderFacts& facts) {
  model::RefundFact fact;
  if (!TakeOutcome(event, reader, fact, facts.issues)) {
    fact.kind = KindOf(event, reader);
    const RefundStep step = TakeStep(event, reader, facts.issues);
    fact.step = step.rank;
    fact.status = step.status;
    for (const Fields::Name name :
         {Fields::Name("is_appeal"), Fields::Name("notify_type"), Fields::Name("refund_type")}) {
      event.fields.Take(name);
    }
  }
  fact.id = TakeText(event, "refund_id");
  if (fact.id.empty()) {
    // Pushes of 2016 carry none: an order had one refund of a kind.
    fact.id = Name(fact.kind.value_or(model::RefundKind::kFull));
  }
  fact.amount = reader.Yuan("money", event.fields.Take("money"));
  fact.reason = TakeText(
      event, event.fields.Has("reason") ? Fields::Name("reason") : Fields::Name("apply_reason"));
  if (const auto food = reader.Array("food", event.fields.Take("food"))) {
    fact.lines = MapFood(food->root(), reader);
  }
  fact.applied_at = reader.Seconds("ctime", event.fields.Take("ctime"));
  fact.at = SecondsOf(event, reader, "utime");
  if (!fact.at && fact.step == kRefundApplied.rank) {
    fact.at = fact.applied_at;
  }
  fact.digest = event.content;
  facts.refunds.push_back(std::move(fact));
}

}  // namespace weir::mapping::meituan
