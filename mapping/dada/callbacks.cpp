// SPDX-License-Identifier: Apache-2.0
#include "mapping/dada/callbacks.hpp"

#include <chrono>
#include <utility>
#include <vector>

#include "mapping/content.hpp"
#include "mapping/dada/facts.hpp"
#include "mapping/field_reader.hpp"
#include "mapping/rest.hpp"

namespace weir::mapping::dada {
namespace {

constexpr NameTable kStatusNames({
    "cancel_from",
    "cancel_reason",
    "client_id",
    "dm_id",
    "dm_mobile",
    "dm_name",
    "order_id",
    "order_status",
    "repeat_reason_type",
    "signature",
    "update_time",
});
using StatusFields = Members<kStatusNames>;

constexpr NameTable kAskNames({"cancelReason", "dadaOrderId", "orderId"});
using AskFields = Members<kAskNames>;

/// Seconds, or milliseconds where it is so long (protocol §7.1), which are cut: all of Dada's times
/// are compared by the second.
std::optional<Instant> ReadUpdateTime(FieldReader& reader, const Value& value) {
  constexpr std::int64_t kFirstOfMilliseconds = 100'000'000'000;
  const auto count = reader.Integer("update_time", value);
  if (!count) return std::nullopt;
  if (*count < kFirstOfMilliseconds) return reader.Seconds("update_time", value);
  const auto at = reader.Milliseconds("update_time", value);
  return at ? std::optional<Instant>(std::chrono::floor<std::chrono::seconds>(*at)) : std::nullopt;
}

/// Reads have no time of the platform's to be compared by, so callbacks and they are compared by
/// when each was true: a callback is sent when it happens.
model::ShipmentLook LookAt(std::optional<Instant> at, const ContentDigest& content) {
  model::ShipmentLook look;
  look.key.asked_at = at.value_or(Instant());
  look.key.digest = content;
  return look;
}

model::TrackingNode TakeNode(StatusFields& fields, std::optional<Instant> at,
                             model::ShipmentFacts& facts, FieldReader& reader) {
  model::TrackingNode node;
  const Value status = fields.Take("order_status");
  node.code = status.text();
  node.status = StatusOf(reader.Integer("order_status", status), node.code, facts);
  node.at = at;
  const std::string_view rider = fields.Take("dm_id").text();
  const std::string_view repeat = fields.Take("repeat_reason_type").text();
  node.key = NodeKey(node.code, at, rider, repeat);
  node.precedence = node.status == model::ShipmentStatus::kCancelled ? kOfCancel
                    : repeat.empty() || repeat == "0"                ? kOfStep
                                                                     : kOfRepeat;
  node.life = facts.waybill;
  node.rider_name = fields.Take("dm_name").text();
  node.rider_phone = fields.Take("dm_mobile").text();
  return node;
}

Mapped MapRidersAsk(const Structure& body, std::optional<Instant> at,
                    const ContentDigest& content) {
  AskFields fields(SortedMembersOf(body.root()));
  const std::string_view number = fields.Take("orderId").text();
  if (!IsPlatformId(number)) return Refused("missing_subject", "The message names no order.");
  model::ShipmentFacts facts = FactsOf(number);
  facts.waybill = fields.Take("dadaOrderId").text();
  facts.asks = model::RiderAsks{.platform_no = facts.waybill,
                                .reason = std::string(fields.Take("cancelReason").text()),
                                .at = at};
  if (fields.has_rest()) {
    facts.look = LookAt(at, content);
    facts.look->extra = RestOf(fields);
  }
  Mapped mapped;
  mapped.shipments.push_back(std::move(facts));
  return mapped;
}

Mapped MapShopState(const Structure& body, std::optional<Instant> sent_at,
                    const ContentDigest& content) {
  const Value& shop = body.root();
  const std::string_view number = MemberAt(shop, "shopNo").text();
  const std::string_view code = MemberAt(shop, "shopStatus").text();
  if (!IsPlatformId(number) || code.empty()) {
    return Refused("missing_subject", "The message names no shop.");
  }
  std::vector<model::Issue> unused;
  const ShopStatus* const known = FindCode(kShopStatuses, code);
  model::StoreFact fact;
  fact.aspect = known != nullptr ? model::StoreAspect::kListing : model::StoreAspect::kOther;
  fact.platform_shop = number;
  fact.state = known != nullptr ? known->state : code;
  constexpr std::string_view kNotApproved = "2";
  const bool refused = MemberAt(shop, "approveStatus").text() == kNotApproved;
  fact.reason = MemberAt(shop, refused ? "approveStatusDesc" : "shopStatusDesc").text();
  fact.at = FieldReader(unused).Seconds("notifyTimeInSec", MemberAt(shop, "notifyTimeInSec"));
  fact.sent_at = sent_at;
  fact.digest = content;
  Mapped mapped;
  mapped.stores.push_back(std::move(fact));
  return mapped;
}

}  // namespace

Mapped MapStatus(const Push& push) {
  StatusFields fields(push.members());
  const std::string_view number = fields.Take("order_id").text();
  if (!IsPlatformId(number)) return Refused("missing_subject", "The callback names no order.");
  fields.Take("signature");
  model::ShipmentFacts facts = FactsOf(number);
  facts.waybill = fields.Take("client_id").text();
  std::vector<model::Issue> issues;
  FieldReader reader(issues);
  const auto at = ReadUpdateTime(reader, fields.Take("update_time"));
  model::ShipmentLook look = LookAt(at, push.Content());
  look.platform_no = facts.waybill;
  look.cancel_reason = fields.Take("cancel_reason").text();
  if (fields.Peek("cancel_from").text() == "0") fields.Take("cancel_from");
  model::TrackingNode node = TakeNode(fields, at, facts, reader);
  node.text = look.cancel_reason;
  look.extra = RestOf(fields);
  look.issues = std::move(issues);
  facts.nodes.push_back(std::move(node));
  facts.look = std::move(look);
  Mapped mapped;
  mapped.shipments.push_back(std::move(facts));
  return mapped;
}

Mapped MapMessage(const Push& push) {
  const std::string_view type = push.At("messageType").text();
  if (type != "1" && type != "4") {
    return Refused("unknown_topic",
                   fmt::format("Nothing describes messages of type {}.", type.substr(0, 8)));
  }
  const auto body = Structure::Open(push.At("messageBody"));
  if (!body || !body->root().is_object()) return Malformed("messageBody is no JSON object.");
  std::vector<model::Issue> unused;
  const auto sent_at = FieldReader(unused).Seconds("createTime", push.At("createTime"));
  return type == "1" ? MapRidersAsk(*body, sent_at, push.Content())
                     : MapShopState(*body, sent_at, push.Content());
}

}  // namespace weir::mapping::dada
