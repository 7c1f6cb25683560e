// SPDX-License-Identifier: Apache-2.0
#include "mapping/dada/answers.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>
#include <vector>

#include "mapping/content.hpp"
#include "mapping/dada/facts.hpp"
#include "mapping/dada/metres.hpp"
#include "mapping/decimal.hpp"
#include "mapping/field_reader.hpp"
#include "mapping/pages.hpp"
#include "mapping/rest.hpp"

namespace weir::mapping::dada {
namespace {

constexpr NameTable kReadNames({
    "acceptTime",
    "actualFee",
    "cancelTime",
    "createTime",
    "deductFee",
    "deliveryFee",
    "distance",
    "fetchTime",
    "finishTime",
    "orderId",
    "statusCode",
    "statusMsg",
    "tips",
    "transporterId",
    "transporterLat",
    "transporterLng",
    "transporterName",
    "transporterPhone",
});
using ReadFields = Members<kReadNames>;

/// What is answered to an order or a cancel.
constexpr NameTable kDoneNames({"deduct_fee", "distance", "fee", "tips"});
using DoneFields = Members<kDoneNames>;

constexpr NameTable kPositionNames({
    "orderId",
    "transporterLat",
    "transporterLng",
    "transporterName",
    "transporterPhone",
});

struct Rider {
  std::string_view id;
  std::string name;
  std::string phone;
};

/// A step that a read tells of by a time of its own; its status is that of the code.
struct TimedStep {
  ReadFields::Name time;
  std::int64_t code;
  bool has_rider;
};
constexpr std::array kTimedSteps{
    TimedStep{"createTime", kSearching, false}, TimedStep{"acceptTime", kAccepted, true},
    TimedStep{"fetchTime", kFetched, true},     TimedStep{"finishTime", kFinished, true},
    TimedStep{"cancelTime", kCancelled, false},
};

template <typename Fields>
std::optional<model::RiderPosition> TakePosition(Fields& fields, Instant asked_at) {
  auto latitude = ParseDegrees(fields.Take("transporterLat").text(), 90);
  auto longitude = ParseDegrees(fields.Take("transporterLng").text(), 180);
  if (!latitude || !longitude) return std::nullopt;
  model::RiderPosition position;
  position.at = asked_at;
  position.latitude = *std::move(latitude);
  position.longitude = *std::move(longitude);
  return position;
}

model::TrackingNode NodeAt(std::int64_t code, std::optional<Instant> at, Instant asked_at,
                           const Rider* rider) {
  model::TrackingNode node;
  node.code = fmt::format("{}", code);
  node.at = at;
  node.sent_at = asked_at;
  const StatusCode* const row = FindCode(kStatusCodes, code);
  if (row != nullptr) node.status = row->status;
  node.precedence = kOfStep;
  if (rider != nullptr) {
    node.rider_name = rider->name;
    node.rider_phone = rider->phone;
  }
  node.key = NodeKey(node.code, at, rider != nullptr ? rider->id : "");
  return node;
}

/// The state `step` came to where all stands at `code`: whether a return sets the time of the end
/// too is told nowhere, and what came back was not delivered. Nothing where it came to nothing yet.
std::optional<std::int64_t> ReachedBy(const TimedStep& step, std::optional<std::int64_t> code) {
  if (step.code != kFinished || !code) return step.code;
  if (*code == kReturning) return std::nullopt;
  return *code == kReturned ? kReturned : kFinished;
}

/// A step for each of the times, and one without a time where none of them tells of the state.
void TakeNodes(ReadFields& fields, Instant asked_at, model::ShipmentFacts& facts) {
  FieldReader reader(facts.look->issues);
  const Value code = fields.Take("statusCode");
  const auto number = reader.Integer("statusCode", code);
  const Rider rider{.id = fields.Take("transporterId").text(),
                    .name = std::string(fields.Take("transporterName").text()),
                    .phone = std::string(fields.Take("transporterPhone").text())};
  for (const TimedStep& step : kTimedSteps) {
    const auto came_to = ReachedBy(step, number);
    if (!came_to) continue;
    const auto at = reader.LocalTime(step.time.text, fields.Take(step.time), Zone::China());
    if (!at) continue;
    facts.nodes.push_back(NodeAt(*came_to, at, asked_at, step.has_rider ? &rider : nullptr));
  }
  const std::string_view text = fields.Take("statusMsg").text();
  if (code.empty()) return;
  const auto status = StatusOf(number, code.text(), facts);
  auto told = std::ranges::find(facts.nodes, status, &model::TrackingNode::status);
  if (told == facts.nodes.end() && number) {
    const bool has_rider = status && HasRider(*status);
    facts.nodes.push_back(NodeAt(*number, std::nullopt, asked_at, has_rider ? &rider : nullptr));
    told = std::prev(facts.nodes.end());
  }
  if (told != facts.nodes.end()) {
    told->text = text;
    told->precedence = kOfReadState;
  }
  const auto position = TakePosition(fields, asked_at);
  // Afterwards it stays where he was when he had done.
  if (status && HasRider(*status)) facts.position = position;
}

void TakeFees(ReadFields& fields, model::ShipmentLook& look) {
  FieldReader reader(look.issues);
  look.fee = fields.Has("actualFee") ? reader.Yuan("actualFee", fields.Take("actualFee"))
                                     : reader.Yuan("deliveryFee", fields.Take("deliveryFee"));
  look.tip = reader.Yuan("tips", fields.Take("tips"));
  look.distance_m = ReadMetres(reader, fields.Take("distance"));
  // What has not been cancelled costs nothing to cancel: that is not told yet.
  const auto deducted = reader.Yuan("deductFee", fields.Take("deductFee"));
  if (deducted && !deducted->is_zero()) look.cancel_fee = deducted;
}

Mapped One(model::ShipmentFacts facts) {
  Mapped mapped;
  mapped.shipments.push_back(std::move(facts));
  return mapped;
}

model::ShipmentLook LookAt(const std::vector<Member>& members, Instant asked_at) {
  model::ShipmentLook look;
  look.key.asked_at = asked_at;
  look.key.digest = ContentOf(members);
  return look;
}

Mapped MapRead(const Value& result, Instant asked_at) {
  if (!result.is_object()) return Malformed("The answer holds no order.");
  std::vector<Member> members = SortedMembersOf(result);
  model::ShipmentLook look = LookAt(members, asked_at);
  ReadFields fields(std::move(members));
  const std::string_view number = fields.Take("orderId").text();
  if (!IsPlatformId(number)) return Refused("missing_subject", "The answer names no order.");
  model::ShipmentFacts facts = FactsOf(number);
  TakeFees(fields, look);
  facts.look = std::move(look);
  TakeNodes(fields, asked_at, facts);
  facts.look->extra = RestOf(fields);
  return One(std::move(facts));
}

Mapped MapPositions(const Value& result, Instant asked_at) {
  if (!result.is_array()) return Malformed("The answer holds no list of places.");
  Mapped mapped;
  bool complete = true;
  for (const simdjson::dom::element element : result.array()) {
    const Value object(element);
    if (!object.is_object()) {
      complete = false;
      continue;
    }
    std::vector<Member> members = SortedMembersOf(object);
    model::ShipmentLook look = LookAt(members, asked_at);
    Members<kPositionNames> fields(std::move(members));
    const std::string_view number = fields.Take("orderId").text();
    complete = IsPlatformId(number) && complete;
    if (!IsPlatformId(number)) continue;
    model::ShipmentFacts facts = FactsOf(number);
    facts.position = TakePosition(fields, asked_at);
    // Who the rider is belongs to the step he took, which this does not tell.
    fields.Take("transporterName");
    fields.Take("transporterPhone");
    look.extra = RestOf(fields);
    if (!look.extra.empty()) facts.look = std::move(look);
    mapped.shipments.push_back(std::move(facts));
  }
  if (!complete) {
    mapped.unmappable = Unmappable{.reason = "missing_subject",
                                   .detail = "A place of the answer names no order.",
                                   .in_part = !mapped.shipments.empty()};
  }
  return mapped;
}

/// What the call itself did, as Dada has said that it was done.
struct Done {
  std::string_view topic;
  std::int64_t code;  ///< The state it is in from then on; 0: as before.
};
constexpr std::array kDone{
    Done{kAddTopic, kSearching},    Done{kAddQuotedTopic, kSearching},
    Done{kCancelTopic, kCancelled}, Done{kReturnTopic, kReturned},
    Done{kConfirmTopic, 0},         Done{kTipTopic, 0},
};

Mapped MapDone(const Done& done, const AnswerPage& page, const Payload& payload) {
  const auto document = JsonDocument::Parse(page.bytes);
  if (!document) return Malformed(document.error().message);
  if (!IsPlatformId(page.topic)) return Refused("missing_subject", "The page names no order.");
  const Value result = MemberAt(Value(document->root()), "result");
  std::vector<Member> members;
  if (result.is_object()) members = SortedMembersOf(result);
  model::ShipmentFacts facts = FactsOf(page.topic);
  model::ShipmentLook look = LookAt(members, payload.received_at);
  FieldReader reader(look.issues);
  DoneFields fields(std::move(members));
  // These two answers are empty: what was asked for holds.
  const Value asked(payload.topic.substr(done.topic.size()));
  look.fee = reader.Yuan("fee", done.topic == kAddQuotedTopic ? asked : fields.Take("fee"));
  look.tip = reader.Yuan("tips", done.topic == kTipTopic ? asked : fields.Take("tips"));
  look.cancel_fee = reader.Yuan("deduct_fee", fields.Take("deduct_fee"));
  look.distance_m = ReadMetres(reader, fields.Take("distance"));
  look.extra = RestOf(fields);
  if (done.code != 0) {
    facts.nodes.push_back(NodeAt(done.code, std::nullopt, payload.received_at, nullptr));
  }
  facts.look = std::move(look);
  return One(std::move(facts));
}

Mapped MapPage(const Payload& payload) {
  const auto pages = SplitPages(payload.bytes);
  if (!pages) return Malformed(pages.error().message);
  const auto* const done = std::ranges::find_if(kDone, [&payload](const Done& row) {
    return row.topic.ends_with('=') ? payload.topic.starts_with(row.topic)
                                    : payload.topic == row.topic;
  });
  if (done == kDone.end() || pages->size() != 1) {
    return Refused("unknown_topic", "Nobody maps this call's answer.");
  }
  return MapDone(*done, pages->front(), payload);
}

}  // namespace

Mapped MapAnswer(const Payload& payload) {
  if (payload.dialect == kPagesDialect) return MapPage(payload);
  if (payload.dialect != kAnswers) return Malformed("The payload's dialect is unknown.");
  const auto document = JsonDocument::Parse(payload.bytes);
  if (!document) return Malformed(document.error().message);
  const Value result = MemberAt(Value(document->root()), "result");
  if (payload.topic == kReadTopic) return MapRead(result, payload.received_at);
  if (payload.topic == kPositionTopic) return MapPositions(result, payload.received_at);
  return Refused("unknown_topic", "Nobody maps this call's answer.");
}

}  // namespace weir::mapping::dada
