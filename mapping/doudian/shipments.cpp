// SPDX-License-Identifier: Apache-2.0
#include "mapping/doudian/shipments.hpp"

#include <fmt/format.h>

#include <utility>

#include "mapping/doudian/event.hpp"
#include "mapping/doudian/status.hpp"
#include "mapping/rest.hpp"

namespace weir::mapping::doudian {
namespace {

constexpr NameTable kShipmentNames({
    "aftersale_id",
    "occurred_time",
    "rider_name",
    "rider_phone",
    "shipment_status",
    "shop_id",
    "shop_order_id",
});
using Shipment = Members<kShipmentNames>;

/// The row of `shipment_status`, which is an issue and stays where it is when it is not known.
const ShipmentCode* TakeStatus(Shipment& shipment, FieldReader& reader,
                               std::vector<model::Issue>& issues) {
  const auto code = reader.Integer("shipment_status", shipment.Peek("shipment_status"));
  if (!code || *code == 0) return nullptr;
  const ShipmentCode* const row = FindCode(kShipmentCodes, *code);
  if (row == nullptr) {
    issues.push_back(
        {.code = "unknown_status", .detail = fmt::format("shipment_status {}", *code)});
  } else {
    shipment.Take("shipment_status");
  }
  return row;
}

}  // namespace

void AddShipment(const Value& data, Instant asked_at, model::OrderFacts& facts, NestedRest& rest) {
  const Value info = MemberAt(data, "shipment_info");
  if (!info.is_object()) return;
  Shipment shipment(SortedMembersOf(info));
  shipment.Take("shop_order_id");
  shipment.Take("shop_id");
  if (shipment.Peek("aftersale_id").text() == "0") shipment.Take("aftersale_id");
  FieldReader reader(facts.issues);
  if (const ShipmentCode* const row = TakeStatus(shipment, reader, facts.issues)) {
    facts.delivery_mode = model::DeliveryMode::kPlatform;
    model::DeliveryFact fact;
    fact.status = row->status;
    fact.at = reader.LocalTime("occurred_time", shipment.Take("occurred_time"), Zone::China());
    fact.sent_at = asked_at;
    fact.rider_name = shipment.Take("rider_name").text();
    fact.rider_phone = shipment.Take("rider_phone").text();
    fact.digest = DigestOf(fact);
    if (row->order) {
      facts.statuses.push_back({.status = *row->order,
                                .cause = model::CancelCause::kNone,
                                .at = fact.at,
                                .sent_at = asked_at,
                                .source = model::Source::kPull});
    }
    facts.deliveries.push_back(std::move(fact));
  }
  if (std::string left = RestOf(shipment); !left.empty()) {
    rest.emplace_back("shipment_info", std::move(left));
  }
}

std::optional<model::OrderFacts> MapShipment(const Value& data, Instant asked_at) {
  const std::string_view id = MemberAt(MemberAt(data, "shipment_info"), "shop_order_id").text();
  if (!IsPlatformId(id)) return std::nullopt;
  model::OrderFacts facts;
  facts.platform = kPlatform;
  facts.platform_order_id = id;
  facts.sent_at = asked_at;
  NestedRest rest;
  AddShipment(data, asked_at, facts, rest);
  model::SnapshotKey key;
  key.klass = model::SnapshotKey::Class::kDetailRead;
  key.asked_at = asked_at;
  if (!facts.deliveries.empty()) {
    key.updated_at = facts.deliveries.front().at.value_or(Instant());
    key.digest = facts.deliveries.front().digest;
  }
  facts.extra = MapExtra(Shipment({}), rest, "shipment", key);
  return facts;
}

void AddTrack(const Value& data, NestedRest& rest) {
  // The vendor's client writes the name with two underscores, its samples with one.
  for (const std::string_view name : {"route_node_list", "route__node_list"}) {
    const Value nodes = MemberAt(data, name);
    if (!nodes.is_array() || nodes.array().size() == 0) continue;
    std::string text;
    JsonWriter json(text);
    nodes.Write(json);
    rest.emplace_back("route_node_list", std::move(text));
    return;
  }
}

}  // namespace weir::mapping::doudian
