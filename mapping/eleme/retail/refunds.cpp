// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <utility>

#include "mapping/eleme/retail/orders.hpp"

namespace weir::mapping::eleme::retail {
namespace {

constexpr NameTable kLineNames({"custom_sku_id", "name", "number", "sku_id", "total_refund"});
using Line = Members<kLineNames>;

/// The one refund of an order whose customer's wish to cancel brings no number.
constexpr std::string_view kUnnumbered = "cancel";

/// Takes the step's code; one that is not known stays in `extra`, is an issue and asks for a read.
template <std::size_t N>
const RefundCode* TakeStep(Event& event, Fields::Name name, const std::array<RefundCode, N>& steps,
                           FieldReader& reader, model::OrderFacts& facts) {
  const auto code = reader.Integer(name.text, event.fields.Peek(name));
  const RefundCode* const step = code ? FindCode(steps, *code) : nullptr;
  if (step != nullptr) {
    event.fields.Take(name);
    return step;
  }
  if (code) {
    facts.issues.push_back(
        {.code = "unknown_status", .detail = fmt::format("{} {}", name.text, *code)});
  }
  facts.wants_reread = true;
  return nullptr;
}

std::vector<model::RefundLine> MapLines(const Value& list, FieldReader& reader) {
  std::vector<model::RefundLine> lines;
  for (const simdjson::dom::element element : list.array()) {
    const Value value(element);
    if (!value.is_object()) {
      reader.Malformed("refund_products");
      continue;
    }
    const Line line(MembersOf(value.object()));
    if (line.empty()) continue;
    const auto sku = line.Has("custom_sku_id") ? Line::Name("custom_sku_id") : Line::Name("sku_id");
    lines.push_back(
        {.name = std::string(line.Peek("name").text()),
         .platform_sku = std::string(line.Peek(sku).text()),
         .quantity =
             reader.Quantity("refund_products.number", line.Peek("number")).value_or(std::string()),
         .amount = reader.Fen("refund_products.total_refund", line.Peek("total_refund"))});
  }
  return lines;
}

}  // namespace

void MapRefund(Event& event, Subject subject, FieldReader& reader, model::OrderFacts& facts) {
  const bool cancel = subject == Subject::kCancel;
  const RefundCode* const step = cancel
                                     ? TakeStep(event, "type", kCancelSteps, reader, facts)
                                     : TakeStep(event, "status", kPartRefundSteps, reader, facts);
  if (step == nullptr) return;
  model::RefundFact fact;
  fact.id = event.fields.Take(cancel ? Fields::Name("refund_order_id") : Fields::Name("refund_id"))
                .text();
  if (fact.id.empty()) fact.id = cancel ? kUnnumbered : "refund";
  fact.step = static_cast<std::uint16_t>(step->code);
  fact.status = step->status;
  fact.kind = cancel ? model::RefundKind::kCancel : model::RefundKind::kPartial;
  fact.amount = reader.Fen("refund_price", event.fields.Take("refund_price"));
  fact.reason =
      event.fields.Take(cancel ? Fields::Name("cancel_reason") : Fields::Name("reason")).text();
  // What else a line says is not known, so the whole of it stays in `extra` too.
  if (const auto lines = reader.Array("refund_products", event.fields.Peek("refund_products"))) {
    fact.lines = MapLines(lines->root(), reader);
  }
  fact.digest = event.content;
  facts.refunds.push_back(std::move(fact));
}

}  // namespace weir::mapping::eleme::retail
