// SPDX-License-Identifier: Apache-2.0
#include "mapping/sf_express/orders.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "mapping/content.hpp"
#include "mapping/rest.hpp"
#include "mapping/sf_express/status.hpp"

namespace weir::mapping::sf_express {
namespace {

constexpr NameTable kOrderNames({"filterResult", "orderId", "waybillNoInfoList"});
using Order = Members<kOrderNames>;
constexpr NameTable kPromiseNames({"promiseTm", "searchNo"});
using Promise = Members<kPromiseNames>;

/// The look of an answer, its members given as they stand there.
model::ShipmentLook LookOf(std::vector<Member> members, Instant asked_at) {
  std::ranges::sort(members, {}, &Member::name);
  model::ShipmentLook look;
  look.key.asked_at = asked_at;
  look.key.digest = ContentOf(members);
  return look;
}

/// The number that the answer or, failing that, who asked names.
std::string_view NumberOf(const Value& named, const Asked& asked) {
  return named.empty() ? asked.number : named.text();
}

void TakeWaybills(const Value& list, model::ShipmentFacts& facts) {
  if (!list.is_array()) return;
  for (const simdjson::dom::element element : list.array()) {
    const Value one(element);
    const auto type = ParseInt(MemberAt(one, "waybillType").text());
    const WaybillType* const row = type ? FindCode(kWaybillTypes, *type) : nullptr;
    const std::string_view number = MemberAt(one, "waybillNo").text();
    if (row == nullptr) {
      if (!number.empty()) {
        facts.issues.push_back({.code = "unknown_status", .detail = "waybillType"});
      }
      continue;
    }
    AddWaybill(facts.waybills, number, row->kind);
    if (row->kind == model::WaybillKind::kMother && facts.waybill.empty()) facts.waybill = number;
  }
}

/// SF Express says whether it can deliver there: 1 a person decides, 2 yes, 3 no, 4 not yet known.
void TakeFilter(const Value& result, model::ShipmentLook& look) {
  constexpr std::string_view kUndeliverable = "3";
  if (result.text() == kUndeliverable) {
    look.issues.push_back({.code = "undeliverable", .detail = "filterResult 3"});
  }
}

model::TrackingNode NodeOf(std::string key, ShipmentStatus status, Instant asked_at) {
  model::TrackingNode node;
  node.key = std::move(key);
  node.sent_at = asked_at;
  node.status = status;
  return node;
}

}  // namespace

std::optional<model::ShipmentFacts> MapOrder(const Value& message, const Asked& asked) {
  std::vector<Member> members = Inside(message);
  model::ShipmentLook look = LookOf(members, asked.at);
  Order order(std::move(members));
  const std::string number(NumberOf(order.Take("orderId"), asked));
  if (number.empty()) return std::nullopt;
  model::ShipmentFacts facts = FactsOf(number);
  TakeWaybills(order.Take("waybillNoInfoList"), facts);
  look.platform_no = facts.waybill;
  TakeFilter(order.Peek("filterResult"), look);
  look.extra = RestOf(order);
  facts.look = std::move(look);
  facts.nodes.push_back(NodeOf(number + "/created", ShipmentStatus::kCreated, asked.at));
  return facts;
}

std::optional<model::ShipmentFacts> MapCancel(const Value& message, const Asked& asked) {
  constexpr std::string_view kMismatch = "1";
  const std::string number(NumberOf(MemberAt(message, "orderId"), asked));
  if (number.empty()) return std::nullopt;
  model::ShipmentFacts facts = FactsOf(number);
  TakeWaybills(MemberAt(message, "waybillNoInfoList"), facts);
  if (MemberAt(message, "resStatus").text() == kMismatch) {
    facts.issues.push_back({.code = "unknown_status", .detail = "resStatus 1"});
  } else {
    // SF Express tells no time of it: it is so since we asked.
    facts.nodes.push_back(NodeOf(number + "/cancelled", ShipmentStatus::kCancelled, asked.at));
    facts.nodes.back().at = asked.at;
  }
  return facts;
}

std::optional<model::ShipmentFacts> MapPromisedTime(const Value& message, const Asked& asked) {
  std::vector<Member> members = Inside(message);
  model::ShipmentLook look = LookOf(members, asked.at);
  Promise promise(std::move(members));
  model::ShipmentFacts facts = FactsOf(asked.number);
  facts.waybill = promise.Take("searchNo").text();
  if (facts.number.empty() && facts.waybill.empty()) return std::nullopt;
  FieldReader reader(look.issues);
  look.expected_at = TimeIn(reader, "promiseTm", promise.Take("promiseTm"));
  look.extra = RestOf(promise);
  facts.look = std::move(look);
  return facts;
}

std::optional<model::ShipmentFacts> MapIntercept(const Value& message, const Asked& asked) {
  if (asked.number.empty()) return std::nullopt;
  model::ShipmentLook look = LookOf(Inside(message), asked.at);
  JsonWriter json(look.extra);
  json.BeginObject().Key("intercept");
  message.Write(json);
  json.EndObject();
  model::ShipmentFacts facts = FactsOf(asked.number);
  facts.look = std::move(look);
  return facts;
}

}  // namespace weir::mapping::sf_express
