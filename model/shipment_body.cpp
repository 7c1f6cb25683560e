// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/json_writer.hpp"
#include "model/look_codec.hpp"
#include "model/shipment_state.hpp"

namespace weir::model {
namespace {

constexpr std::string_view kCoordinateSystem = "GCJ02";

std::string_view Name(WaybillKind kind) {
  switch (kind) {
    case WaybillKind::kMother:
      return "mother";
    case WaybillKind::kChild:
      return "child";
    case WaybillKind::kSignBack:
      return "sign_back";
    case WaybillKind::kReturn:
      return "return";
  }
  return "mother";
}

/// The name of something that there may not be.
void WriteId(JsonWriter& json, std::string_view name, std::string_view id) {
  json.Key(name);
  if (id.empty()) {
    json.Null();
  } else {
    json.String(id);
  }
}

void WriteParty(JsonWriter& json, std::string_view name, const ShipmentParty& party) {
  json.Key(name)
      .BeginObject()
      .Member("name", party.name)
      .Member("phone", party.phone)
      .Member("company", party.company)
      .Member("province", party.province)
      .Member("city", party.city)
      .Member("district", party.district)
      .Member("address", party.address);
  WriteCoordinate(json, "latitude", party.latitude);
  WriteCoordinate(json, "longitude", party.longitude);
  json.Member("coordinate_system", kCoordinateSystem).EndObject();
}

/// Either may be null.
void WriteRider(JsonWriter& json, const TrackingNode* node, const RiderPosition* position) {
  static const RiderPosition kNowhere;
  const RiderPosition& place = position != nullptr ? *position : kNowhere;
  json.Key("rider")
      .BeginObject()
      .Member("name", node != nullptr ? std::string_view(node->rider_name) : "")
      .Member("phone", node != nullptr ? std::string_view(node->rider_phone) : "");
  WriteCoordinate(json, "latitude", place.latitude);
  WriteCoordinate(json, "longitude", place.longitude);
  json.Member("coordinate_system", place.coordinate_system).Member("at", place.at).EndObject();
}

void WriteWaybills(JsonWriter& json, const std::vector<Waybill>& waybills) {
  json.Key("waybills").BeginArray();
  for (const Waybill& waybill : waybills) {
    json.BeginObject().Member("no", waybill.no).Member("kind", Name(waybill.kind)).EndObject();
  }
  json.EndArray();
}

std::optional<Instant> TimeOf(const TrackingNode& node) { return node.at ? node.at : node.sent_at; }

/// Each step once, by time. Of copies that tell different times the latest holds.
std::vector<const TrackingNode*> Steps(const std::vector<TrackingNode>& nodes) {
  std::set<std::string_view> seen;
  std::vector<const TrackingNode*> steps;
  for (auto node = nodes.rbegin(); node != nodes.rend(); ++node) {
    if (seen.insert(node->key).second) steps.push_back(&*node);
  }
  std::ranges::sort(steps, {}, [](const TrackingNode* node) {
    return std::tuple(TimeOf(*node), std::string_view(node->key));
  });
  return steps;
}

void WriteTracking(JsonWriter& json, const std::vector<TrackingNode>& nodes) {
  json.Key("tracking").BeginArray();
  for (const TrackingNode* node : Steps(nodes)) {
    json.BeginObject().Member("key", node->key).Member("at", TimeOf(*node)).Key("status");
    if (node->status) {
      json.String(Name(*node->status));
    } else {
      json.Null();
    }
    json.Member("code", node->code)
        .Member("text", node->text)
        .Member("place", node->place)
        .EndObject();
  }
  json.EndArray();
}

void WriteQuote(JsonWriter& json, const CourierQuote* quote) {
  json.Key("quote");
  if (quote == nullptr) {
    json.Null();
    return;
  }
  json.BeginObject()
      .Member("fee", quote->fee)
      .Member("distance_m", quote->distance_m)
      .Member("deliver_at", quote->deliver_at)
      .EndObject();
}

void WriteFailure(JsonWriter& json, const ShipmentFailure* failure) {
  json.Key("failure");
  if (failure == nullptr) {
    json.Null();
    return;
  }
  json.BeginObject().Member("code", failure->code).Member("message", failure->message).EndObject();
}

/// `answer` may be to what was asked before.
void WriteAsks(JsonWriter& json, const std::optional<RiderAsks>& asks,
               const std::optional<RiderAnswer>& answer) {
  json.Key("rider_asks");
  if (!asks) {
    json.Null();
    return;
  }
  json.BeginObject().Member("reason", asks->reason).Member("at", asks->at).Key("answer");
  if (answer && answer->asked == *asks) {
    json.String(answer->agreed ? "agreed" : "refused");
  } else {
    json.Null();
  }
  json.EndObject();
}

void WriteAlerts(JsonWriter& json, const std::vector<ShipmentAlert>& alerts) {
  json.Key("alerts").BeginArray();
  for (const ShipmentAlert& alert : alerts) {
    json.BeginObject().Member("reason", Name(alert.reason)).Member("at", alert.at).EndObject();
  }
  json.EndArray();
}

/// What the courier told, else what was said before it did.
template <typename T>
std::optional<T> Or(const std::optional<T>& told, const std::optional<T>& said) {
  return told ? told : said;
}

}  // namespace

void ShipmentState::AppendBody(std::string& out) const {
  static const ShipmentIntent kNoIntent;
  static const ShipmentChoice kNoChoice;
  const ShipmentIntent& wanted = intent_ ? *intent_ : kNoIntent;
  const ShipmentChoice& chosen = choice_ ? *choice_ : kNoChoice;
  const CourierQuote quote = chosen.quote.value_or(CourierQuote{});
  const std::optional<std::int64_t> weight =
      intent_ ? std::optional(wanted.consignment.weight_g) : std::nullopt;
  JsonWriter json(out);
  WriteId(json, "platform", chosen.platform);
  WriteId(json, "connection", chosen.connection);
  WriteId(json, "platform_no", platform_no());
  WriteId(json, "order", wanted.order);
  WriteId(json, "store", wanted.store);
  json.Member("status", Name(status())).Member("currency", "CNY");
  WriteRider(json, deciding(), position_holds() ? &*position_ : nullptr);
  json.Member("fee", For(ShipmentField::kFee).fee)
      .Member("tip", For(ShipmentField::kTip).tip)
      .Member("cancel_fee", For(ShipmentField::kCancelFee).cancel_fee)
      .Member("distance_m", Or(For(ShipmentField::kDistance).distance_m, quote.distance_m))
      .Member("weight_g", Or(For(ShipmentField::kWeight).weight_g, weight));
  WriteParty(json, "sender", wanted.consignment.sender);
  WriteParty(json, "receiver", wanted.consignment.receiver);
  WriteWaybills(json, waybills_);
  WriteTracking(json, nodes_);
  WriteQuote(json, chosen.quote ? &quote : nullptr);
  json.Member("expected_at", expected_at())
      .Member("pickup_code", For(ShipmentField::kPickupCode).pickup_code)
      .Member("cancel_reason", For(ShipmentField::kCancelReason).cancel_reason);
  WriteAsks(json, asks_, answer_);
  WriteFailure(json, failure());
  WriteAlerts(json, alerts());
  WriteId(json, "predecessor", wanted.predecessor);
}

void ShipmentState::AppendTail(std::string& out) const {
  JsonWriter json(out);
  json.Key("extra");
  if (looks_.empty() || looks_.victor().extra.empty()) {
    json.BeginObject().EndObject();
  } else {
    json.Raw(looks_.victor().extra);
  }
  std::vector<Issue> issues = issues_;
  if (!looks_.empty()) std::ranges::copy(looks_.victor().issues, std::back_inserter(issues));
  if (overflown_) issues.push_back({.code = "tracking_overflow", .detail = {}});
  WriteIssues(json, issues);
}

}  // namespace weir::model
