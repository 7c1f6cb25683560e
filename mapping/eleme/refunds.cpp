// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "mapping/decimal.hpp"
#include "mapping/eleme/orders.hpp"
#include "mapping/eleme/status.hpp"

namespace weir::mapping::eleme {
namespace {

constexpr NameTable kGoodsNames({"name", "price", "quantity"});
using Goods = Members<kGoodsNames>;

/// The refunded lines know no code of their own, only their names.
std::vector<model::RefundLine> MapGoods(const Value& list, FieldReader& reader) {
  std::vector<model::RefundLine> lines;
  for (const simdjson::dom::element element : list.array()) {
    const Value value(element);
    if (!value.is_object()) {
      reader.Malformed("goodsList");
      continue;
    }
    const Goods goods(MembersOf(value.object()));
    if (goods.empty()) {
      continue;
    }
    model::RefundLine line;
    line.name = goods.Peek("name").text();
    const auto quantity = reader.Quantity("goodsList.quantity", goods.Peek("quantity"));
    const auto price = reader.Yuan("goodsList.price", goods.Peek("price"));
    line.quantity = quantity.value_or(std::string());
    line.amount = quantity && price ? Multiply(*price, *quantity) : std::nullopt;
    lines.push_back(std::move(line));
  }
  return lines;
}

/// The step's status; of an approved one the word beside it may tell what became of the money.
model::RefundStatus StatusOf(const RefundStep& step, const RefundWord* word) {
  const bool approved = step.status == model::RefundStatus::kApproved;
  return approved && word != nullptr ? word->outcome.value_or(step.status) : step.status;
}

}  // namespace

void MapRefund(Event& event, FieldReader& reader, model::OrderFacts& facts) {
  const bool cancel = event.type < kRefundFlow;
  const std::int64_t number = event.type - (cancel ? kCancelFlow : kRefundFlow);
  const RefundStep* const step = FindCode(kRefundSteps, number);
  if (step == nullptr) {
    return;
  }
  const auto* const word = TakeWord(event, "refundStatus", kRefundWords, facts.issues);
  const auto* const kind = TakeWord(event, "refundType", kRefundKinds, facts.issues);
  model::RefundFact fact;
  fact.flow = cancel ? "cancel" : "refund";
  fact.opens = step->code == 0;
  fact.step = static_cast<std::uint16_t>(step->code);
  fact.status = StatusOf(*step, word);
  if (cancel) {
    fact.kind = model::RefundKind::kCancel;
  } else if (kind != nullptr) {
    fact.kind = kind->kind;
  }
  fact.amount = reader.Yuan("totalPrice", event.fields.Take("totalPrice"));
  fact.reason = TakeText(event, "reason");
  if (const auto goods = reader.Array("goodsList", event.fields.Take("goodsList"))) {
    fact.lines = MapGoods(goods->root(), reader);
  }
  fact.at = reader.Seconds("updateTime", event.fields.Peek("updateTime"));
  fact.digest = event.content;
  facts.refunds.push_back(std::move(fact));
}

}  // namespace weir::mapping::eleme
