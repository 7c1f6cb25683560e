// SPDX-License-Identifier: Apache-2.0
#include "mapping/doudian/after_sales.hpp"

#include <fmt/format.h>

#include <initializer_list>
#include <utility>

#include "mapping/doudian/event.hpp"
#include "mapping/doudian/status.hpp"

namespace weir::mapping::doudian {
namespace {

/// A list writes "aftersale_...", a detail "after_sale_...".
Value Either(const Value& object, std::string_view first, std::string_view second) {
  const Value value = MemberAt(object, first);
  return value.empty() ? MemberAt(object, second) : value;
}

Value InfoOf(const Value& object) {
  const Value listed = MemberAt(object, "aftersale_info");
  return listed.is_object() ? listed
                            : MemberAt(MemberAt(object, "process_info"), "after_sale_info");
}

/// Nothing when the status says nothing yet, or nothing that is known, which is an issue.
std::optional<RefundStep> StepOf(const Value& info, FieldReader& reader,
                                 std::vector<model::Issue>& issues) {
  const auto code =
      reader.Integer("aftersale_status", Either(info, "aftersale_status", "after_sale_status"));
  if (!code) return std::nullopt;
  const AfterSaleCode* const row = FindCode(kAfterSaleCodes, *code);
  if (row == nullptr) {
    issues.push_back(
        {.code = "unknown_status", .detail = fmt::format("aftersale_status {}", *code)});
    return std::nullopt;
  }
  if (*code != kAfterSaleDone) return row->step;
  const auto money = reader.Integer("refund_status", MemberAt(info, "refund_status"));
  const RefundCode* const unpaid = money ? FindCode(kRefundCodes, *money) : nullptr;
  return unpaid != nullptr ? std::optional(unpaid->step) : row->step;
}

std::vector<model::RefundLine> LinesOf(const Value& lines, FieldReader& reader) {
  std::vector<model::RefundLine> read;
  for (const simdjson::dom::element element : lines.array()) {
    const Value line(element);
    read.push_back(
        {.name = std::string(MemberAt(line, "product_name").text()),
         .platform_sku = std::string(MemberAt(line, "sku_id").text()),
         .quantity = reader
                         .Quantity("aftersale_item_num",
                                   Either(line, "aftersale_item_num", "after_sale_item_count"))
                         .value_or(std::string()),
         .amount = std::nullopt});
  }
  return read;
}

}  // namespace

std::optional<model::OrderFacts> MapAfterSale(const Value& object, Instant asked_at) {
  const Value info = InfoOf(object);
  const Value order = MemberAt(object, "order_info");
  const std::string_view order_id = MemberAt(order, "shop_order_id").text();
  const std::string_view id = Either(info, "aftersale_id", "after_sale_id").text();
  if (!IsPlatformId(order_id) || !IsPlatformId(id)) return std::nullopt;
  model::OrderFacts facts;
  facts.platform = kPlatform;
  facts.platform_order_id = order_id;
  facts.sent_at = asked_at;
  FieldReader reader(facts.issues);
  const auto step = StepOf(info, reader, facts.issues);
  if (!step) return facts;
  model::RefundFact fact;
  fact.id = id;
  fact.step = step->rank;
  fact.status = step->status;
  const auto type =
      reader.Integer("aftersale_type", Either(info, "aftersale_type", "after_sale_type"));
  if (type == kPriceDifference) fact.kind = model::RefundKind::kPriceDifference;
  fact.amount = reader.Fen("refund_amount", Either(info, "refund_amount", "refund_total_amount"));
  fact.reason = MemberAt(info, "reason").text();
  if (fact.reason.empty())
    fact.reason = MemberAt(MemberAt(object, "text_part"), "reason_text").text();
  const Value lines = Either(order, "related_order_info", "sku_order_infos");
  if (lines.is_array()) fact.lines = LinesOf(lines, reader);
  fact.applied_at = reader.Seconds("apply_time", MemberAt(info, "apply_time"));
  fact.at = reader.Seconds("update_time", MemberAt(info, "update_time"));
  fact.digest = ContentOf(SortedMembersOf(info));
  facts.refunds.push_back(std::move(fact));
  return facts;
}

}  // namespace weir::mapping::doudian
