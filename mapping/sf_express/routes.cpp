// SPDX-License-Identifier: Apache-2.0
#include "mapping/sf_express/routes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "mapping/content.hpp"
#include "mapping/rest.hpp"
#include "mapping/sf_express/status.hpp"

namespace weir::mapping::sf_express {
namespace {

constexpr NameTable kRouteNames({
    "acceptAddress",
    "acceptTime",
    "firstStatusCode",
    "firstStatusName",
    "id",
    "mailno",
    "opCode",
    "orderid",
    "reasonCode",
    "remark",
    "secondaryStatusCode",
    "secondaryStatusName",
});
using Route = Members<kRouteNames>;

bool IsAlphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// Whether it may be a waybill's number: "SF1234567890123", or twelve to fifteen digits. A phone
/// number has eleven.
bool IsWaybillNo(std::string_view word) {
  const bool named = word.starts_with("SF");
  if (named) word.remove_prefix(2);
  return word.size() >= (named ? 10U : 12U) && word.size() <= 15 &&
         word.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Another waybill that a text names; empty when it names none.
std::string_view OtherWaybillIn(std::string_view text, std::string_view waybill) {
  while (!text.empty()) {
    const auto end =
        static_cast<std::size_t>(std::ranges::find_if_not(text, IsAlphanumeric) - text.begin());
    const std::string_view word = text.substr(0, end);
    if (word != waybill && IsWaybillNo(word)) return word;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return {};
}

/// What stands behind `label` and a colon, up to a comma or a bracket; empty without it.
std::string_view Labelled(std::string_view text, std::string_view label) {
  const std::size_t at = text.find(label);
  if (at == std::string_view::npos) return {};
  text.remove_prefix(at + label.size());
  for (const std::string_view colon : {":", "："}) {
    if (!text.starts_with(colon)) continue;
    text.remove_prefix(colon.size());
    std::size_t end = text.find_first_of(",();");
    for (const std::string_view wide : {"，", "（", "）", "；"}) {
      end = std::min(end, text.find(wide));
    }
    return text.substr(0, end);
  }
  return {};
}

/// Collects the nodes of one waybill.
class Way {
 public:
  Way(std::string_view number, std::string_view waybill, std::optional<Instant> sent_at)
      : facts_(FactsOf(number)), sent_at_(sent_at) {
    facts_.waybill = waybill;
  }

  /// `record` is one node's members, without the waybill's number.
  void Add(std::vector<Member> record) {
    Route route(std::move(record));
    // They tell whose node it is, and once more what its operation is.
    for (const Route::Name name :
         {Route::Name("mailno"), Route::Name("orderid"), Route::Name("id"),
          Route::Name("firstStatusCode"), Route::Name("firstStatusName"),
          Route::Name("secondaryStatusCode"), Route::Name("secondaryStatusName")}) {
      route.Take(name);
    }
    FieldReader reader(facts_.issues);
    model::TrackingNode node;
    const std::string_view time = route.Peek("acceptTime").text();
    node.at = TimeIn(reader, "acceptTime", route.Take("acceptTime"));
    node.sent_at = sent_at_;
    node.code = route.Take("opCode").text();
    node.text = route.Take("remark").text();
    node.place = route.Take("acceptAddress").text();
    node.key = fmt::format("{}/{}/{}/{}", facts_.waybill, node.code, time, node.text);
    Decide(route, node);
    node.rider_name = Labelled(node.text, "派件人");
    node.rider_phone = Labelled(node.text, "电话");
    rest_->Add(route, "key", node.key);
    facts_.nodes.push_back(std::move(node));
  }

  [[nodiscard]] model::ShipmentFacts Take(const ContentDigest& content) {
    if (std::string left = rest_->Take(); !left.empty()) {
      model::ShipmentLook& look = facts_.look.emplace();
      look.key.asked_at = sent_at_.value_or(Instant());
      look.key.digest = content;
      look.extra = fmt::format("{{\"routes\":{}}}", left);
    }
    return std::move(facts_);
  }

 private:
  /// What the node says of the shipment. A reason that is known decides; it stays in the rest all
  /// the same, as does any other.
  void Decide(Route& route, model::TrackingNode& node) {
    const auto code = ParseInt(node.code);
    const OpCode* const row = code ? FindCode(kOpCodes, *code) : nullptr;
    if (row == nullptr) {
      facts_.issues.push_back(
          {.code = "unknown_status", .detail = fmt::format("opCode {:.20}", node.code)});
      return;
    }
    node.status = row->status;
    const std::string_view reason = route.Peek("reasonCode").text();
    const auto* const decided = std::ranges::find_if(kReasonCodes, [&](const ReasonCode& one) {
      return one.op == *code && one.reason == reason;
    });
    if (decided != kReasonCodes.end()) {
      node.status = decided->status;
      // A read tells the same node without its reason.
      node.precedence = 1;
    }
    // A return whose beginning was decided by a reason may end in the same second.
    if (node.status == model::ShipmentStatus::kReturned) node.precedence = 1;
    if (std::ranges::find(kRenumbered, *code) != kRenumbered.end()) {
      AddWaybill(facts_.waybills, OtherWaybillIn(node.text, facts_.waybill),
                 model::WaybillKind::kReturn);
    }
  }

  model::ShipmentFacts facts_;
  std::optional<Instant> sent_at_;
  std::unique_ptr<RestList> rest_ = std::make_unique<RestList>();
};

std::string_view TextIn(const std::vector<Member>& record, std::string_view name) {
  const auto found = std::ranges::find(record, name, &Member::name);
  return found == record.end() ? std::string_view() : found->value.text();
}

}  // namespace

void AddWaybill(std::vector<model::Waybill>& waybills, std::string_view number,
                model::WaybillKind kind) {
  if (number.empty() ||
      std::ranges::find(waybills, number, &model::Waybill::no) != waybills.end()) {
    return;
  }
  waybills.push_back({.no = std::string(number), .kind = kind});
}

PushedRoutes MapRoutes(const Push& push, const ContentDigest& content) {
  PushedRoutes routes;
  std::map<std::pair<std::string_view, std::string_view>, Way> ways;
  for (const std::vector<Member>& record : push.records()) {
    const std::string_view number = TextIn(record, "orderid");
    const std::string_view waybill = TextIn(record, "mailno");
    if (waybill.empty()) {
      routes.complete = false;
      continue;
    }
    ways.try_emplace(std::pair(number, waybill), number, waybill, std::nullopt)
        .first->second.Add(record);
  }
  for (auto& [names, way] : ways) routes.shipments.push_back(way.Take(content));
  return routes;
}

std::vector<model::ShipmentFacts> MapRoutes(const Value& message, const Asked& asked) {
  std::vector<model::ShipmentFacts> shipments;
  const Value answers = MemberAt(message, "routeResps");
  if (!answers.is_array()) return shipments;
  for (const simdjson::dom::element element : answers.array()) {
    const Value answer(element);
    const std::string_view waybill = MemberAt(answer, "mailNo").text();
    const Value routes = MemberAt(answer, "routes");
    if (waybill.empty() || !routes.is_array() || routes.array().size() == 0) continue;
    Way way(asked.number, waybill, asked.at);
    std::vector<Member> all = MembersOf(answer.object());
    std::ranges::sort(all, {}, &Member::name);
    for (const simdjson::dom::element route : routes.array()) {
      if (const Value record(route); record.is_object()) way.Add(MembersOf(record.object()));
    }
    shipments.push_back(way.Take(ContentOf(all)));
  }
  return shipments;
}

}  // namespace weir::mapping::sf_express
