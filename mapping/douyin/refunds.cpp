// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "mapping/douyin/orders.hpp"

namespace weir::mapping::douyin {
namespace {

constexpr NameTable kReasonNames({"desc", "show_reason"});
using Reason = Members<kReasonNames>;
constexpr NameTable kShownNames({"msg"});
using Shown = Members<kShownNames>;

/// The customer's words, else those he chose from. The codes stay in `extra`.
std::string ReasonOf(const Event& event, FieldReader& reader) {
  const Reason reason(Inside(reader, "refund_reason", event.fields.Peek("refund_reason")));
  std::string text(reason.Peek("desc").text());
  if (!text.empty()) {
    return text;
  }
  if (const auto list = reader.Array("refund_reason.show_reason", reason.Peek("show_reason"))) {
    for (const simdjson::dom::element element : list->root().array()) {
      if (const Value value(element); value.is_object()) {
        const Shown shown(MembersOf(value.object()));
        text.append(text.empty() ? "" : "; ").append(shown.Peek("msg").text());
      }
    }
  }
  return text;
}

/// False when the decision is not told in a known word.
bool ReadDecision(Event& event, model::RefundFact& fact, std::vector<model::Issue>& issues) {
  const std::string_view pass = event.fields.Peek("pass").text();
  const bool agreed = pass == "true" || pass == "1";
  if (!agreed && pass != "false" && pass != "0") {
    issues.push_back({.code = "unknown_status", .detail = "pass"});
    return false;
  }
  event.fields.Take("pass");
  fact.step = agreed ? kApprovedStep : kDeclinedStep;
  fact.status = agreed ? model::RefundStatus::kApproved : model::RefundStatus::kDeclined;
  return true;
}

}  // namespace

void MapRefund(Event& event, const EventRow& row, FieldReader& reader, std::optional<Instant> at,
               model::OrderFacts& facts) {
  model::RefundFact fact;
  fact.at = at;
  fact.digest = event.content;
  fact.amount = reader.Fen("refund_amount", event.fields.Take("refund_amount"));
  if (row.subject == Subject::kRefundAsked) {
    fact.step = kAskedStep;
    fact.status = model::RefundStatus::kApplied;
    fact.applied_at = at;
    fact.reason = ReasonOf(event, reader);
  } else if (row.subject == Subject::kRefunded) {
    fact.step = kRefundedStep;
    fact.status = model::RefundStatus::kRefunded;
    fact.kind = row.cause == model::CancelCause::kRefunded ? model::RefundKind::kFull
                                                           : model::RefundKind::kPartial;
  } else if (!ReadDecision(event, fact, facts.issues)) {
    return;
  }
  fact.id = event.fields.Take("after_sale_id").text();
  if (fact.id.empty()) {
    fact.flow = "refund";
    fact.opens = row.subject == Subject::kRefundAsked;
  }
  facts.refunds.push_back(std::move(fact));
}

}  // namespace weir::mapping::douyin
