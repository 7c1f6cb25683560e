// SPDX-License-Identifier: Apache-2.0
#include "model/shipment_state.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <tuple>
#include <utility>

#include "model/shipment_codec.hpp"

namespace weir::model {
namespace {

constexpr std::uint8_t kVersion = 1;

/// What was decided twice over comes from one entry folded anew: any fixed order will do.
template <typename T>
void KeepGreater(std::optional<T>& kept, T told) {
  if (!kept || (*kept != told && EncodesAbove(told, *kept))) kept = std::move(told);
}

template <typename T>
void TakeGreater(T& kept, const T& told) {
  if (kept < told) kept = told;
}

void TakeEarlier(std::optional<Instant>& kept, std::optional<Instant> told) {
  if (told && (!kept || *told < *kept)) kept = told;
}

std::tuple<std::optional<Instant>, std::string_view> PlaceOf(const TrackingNode& node) {
  return {node.at, node.key};
}

/// What one copy leaves out another may tell.
void Join(TrackingNode& kept, const TrackingNode& copy) {
  TakeEarlier(kept.sent_at, copy.sent_at);
  // Of two copies the one that knows better what it means: both as one.
  if (std::tie(kept.precedence, kept.status) < std::tie(copy.precedence, copy.status)) {
    kept.precedence = copy.precedence;
    kept.status = copy.status;
  }
  TakeGreater(kept.code, copy.code);
  TakeGreater(kept.text, copy.text);
  TakeGreater(kept.place, copy.place);
  TakeGreater(kept.life, copy.life);
  TakeGreater(kept.rider_name, copy.rider_name);
  TakeGreater(kept.rider_phone, copy.rider_phone);
}

auto AgeOf(const RiderAsks& asks) { return std::tie(asks.at, asks.platform_no, asks.reason); }

auto AgeOf(const RiderPosition& position) {
  return std::tie(position.at, position.latitude, position.longitude, position.coordinate_system);
}

auto AgeOf(const RiderAnswer& answer) {
  return std::tuple_cat(AgeOf(answer.asked), std::tie(answer.agreed));
}

template <typename T>
void KeepLatest(std::optional<T>& kept, T told) {
  if (!kept || AgeOf(*kept) < AgeOf(told)) kept = std::move(told);
}

/// The life that began last; empty when no step names one.
std::string_view CurrentLife(const std::vector<TrackingNode>& nodes) {
  std::map<std::string_view, std::optional<Instant>> beginnings;
  for (const TrackingNode& node : nodes) {
    if (!node.life.empty()) TakeEarlier(beginnings[node.life], node.at);
  }
  std::string_view current;
  std::optional<Instant> latest;
  for (const auto& [life, begins] : beginnings) {
    if (begins >= latest) std::tie(current, latest) = std::pair(life, begins);
  }
  return current;
}

bool IsEnd(ShipmentStatus status) {
  return status == ShipmentStatus::kDelivered || status == ShipmentStatus::kReturning ||
         status == ShipmentStatus::kReturned;
}

bool IsBeforeRider(ShipmentStatus status) {
  return status == ShipmentStatus::kCreated || status == ShipmentStatus::kSearching;
}

/// Among steps that all have a time of the courier, or all have none.
bool IsLater(const TrackingNode& a, const TrackingNode& b) {
  const auto place = [](const TrackingNode& node) {
    return std::tuple(node.at ? node.at : node.sent_at, node.precedence, node.status,
                      std::string_view(node.key));
  };
  return place(a) > place(b);
}

}  // namespace

// Tips are raised, never lowered: of two looks of one moment that with the greater is the later.
bool Outranks(const ShipmentLook& a, const ShipmentLook& b) {
  if (a.key == b.key) return a != b && EncodesAbove(a, b);
  const auto rank = [](const ShipmentLook& look) {
    return std::tie(look.key.updated_at, look.key.asked_at, look.tip, look.key.digest,
                    look.key.generation);
  };
  return rank(a) > rank(b);
}

// The same look, read by a later map: what the earlier one made of it does not count.
bool Replaces(const ShipmentLook& a, const ShipmentLook& b) {
  return a.key.digest == b.key.digest && a.key.asked_at == b.key.asked_at &&
         a.key.generation > b.key.generation;
}

Supply Supplied(const ShipmentLook& look) {
  Supply supply;
  const auto mark = [&supply](ShipmentField field, bool given) {
    supply.Mark(std::to_underlying(field), given);
  };
  mark(ShipmentField::kPlatformNo, !look.platform_no.empty());
  mark(ShipmentField::kFee, look.fee.has_value());
  mark(ShipmentField::kTip, look.tip.has_value());
  mark(ShipmentField::kCancelFee, look.cancel_fee.has_value());
  mark(ShipmentField::kDistance, look.distance_m.has_value());
  mark(ShipmentField::kWeight, look.weight_g.has_value());
  mark(ShipmentField::kExpectedAt, look.expected_at.has_value());
  mark(ShipmentField::kPickupCode, !look.pickup_code.empty());
  mark(ShipmentField::kCancelReason, !look.cancel_reason.empty());
  return supply;
}

void ShipmentState::Create(ShipmentIntent intent) { KeepGreater(intent_, std::move(intent)); }

void ShipmentState::Choose(ShipmentChoice choice) { KeepGreater(choice_, std::move(choice)); }

void ShipmentState::Fail(ShipmentFailure failure) { KeepGreater(failure_, std::move(failure)); }

void ShipmentState::Answer(bool agreed) {
  if (asks_) KeepLatest(answer_, RiderAnswer{.asked = *asks_, .agreed = agreed});
}

void ShipmentState::Merge(ShipmentFacts facts) {
  if (facts.look) looks_.Add(*std::move(facts.look));
  for (TrackingNode& node : facts.nodes) Add(std::move(node));
  for (Waybill& waybill : facts.waybills) Add(std::move(waybill));
  if (facts.position) KeepLatest(position_, *std::move(facts.position));
  if (facts.asks) KeepLatest(asks_, *std::move(facts.asks));
  for (Issue& issue : facts.issues) {
    const auto at = std::ranges::lower_bound(issues_, issue);
    if (at == issues_.end() || *at != issue) issues_.insert(at, std::move(issue));
  }
}

void ShipmentState::Add(TrackingNode node) {
  const auto at = std::ranges::lower_bound(nodes_, PlaceOf(node), {}, PlaceOf);
  if (at != nodes_.end() && PlaceOf(*at) == PlaceOf(node)) {
    Join(*at, node);
    return;
  }
  nodes_.insert(at, std::move(node));
  if (nodes_.size() > kMaxNodes) {
    nodes_.erase(nodes_.begin());
    overflown_ = true;
  }
}

void ShipmentState::Add(Waybill waybill) {
  const auto at = std::ranges::lower_bound(waybills_, waybill.no, {}, &Waybill::no);
  if (at != waybills_.end() && at->no == waybill.no) {
    at->kind = std::max(at->kind, waybill.kind);
    return;
  }
  waybills_.insert(at, std::move(waybill));
  if (waybills_.size() > kMaxWaybills) waybills_.pop_back();
}

const ShipmentLook& ShipmentState::For(ShipmentField field) const {
  static const ShipmentLook kNothing;
  return looks_.empty() ? kNothing : looks_.For(std::to_underlying(field));
}

const std::optional<Money>& ShipmentState::tip() const { return For(ShipmentField::kTip).tip; }

const std::string& ShipmentState::platform_no() const {
  return For(ShipmentField::kPlatformNo).platform_no;
}

std::optional<ShipmentStatus> ShipmentState::Said(const TrackingNode& node) const {
  if (waybills_.empty()) return node.status;
  const std::string_view no = std::string_view(node.key).substr(0, node.key.find('/'));
  const auto waybill = std::ranges::lower_bound(waybills_, no, {}, &Waybill::no);
  if (waybill == waybills_.end() || waybill->no != no || !node.status) return node.status;
  switch (waybill->kind) {
    case WaybillKind::kMother:
      return node.status;
    case WaybillKind::kReturn:
      return node.status == ShipmentStatus::kDelivered ? ShipmentStatus::kReturned
                                                       : ShipmentStatus::kReturning;
    case WaybillKind::kChild:
    case WaybillKind::kSignBack:
      break;
  }
  return std::nullopt;
}

const TrackingNode* ShipmentState::deciding() const {
  const std::string_view current = CurrentLife(nodes_);
  const auto tells = [this, current](const TrackingNode& node) {
    return Said(node) && (node.life.empty() || node.life == current);
  };
  const bool timed = std::ranges::any_of(
      nodes_, [&tells](const TrackingNode& node) { return node.at && tells(node); });
  const auto counts = [&tells, timed](const TrackingNode& node) {
    return tells(node) && node.at.has_value() == timed;
  };
  const bool delivered = std::ranges::any_of(nodes_, [this, &counts](const TrackingNode& node) {
    return counts(node) && Said(node) == ShipmentStatus::kDelivered;
  });
  const TrackingNode* latest = nullptr;
  for (const TrackingNode& node : nodes_) {
    if (!counts(node) || (delivered && !IsEnd(*Said(node)))) continue;
    if (latest == nullptr || IsLater(node, *latest)) latest = &node;
  }
  return latest;
}

ShipmentStatus ShipmentState::status() const {
  if (const TrackingNode* const node = deciding()) return *Said(*node);
  return failure_ ? ShipmentStatus::kFailed : ShipmentStatus::kCreated;
}

bool ShipmentState::live() const {
  const ShipmentStatus now = status();
  return now != ShipmentStatus::kDelivered && now != ShipmentStatus::kReturned &&
         now != ShipmentStatus::kCancelled && now != ShipmentStatus::kFailed;
}

const RiderAsks* ShipmentState::open_ask() const {
  const bool answered = asks_ && answer_ && answer_->asked == *asks_;
  return asks_ && !answered ? &*asks_ : nullptr;
}

// Where somebody was before one was searched for anew is not where the next one is.
bool ShipmentState::position_holds() const {
  if (!position_ || IsBeforeRider(status())) return false;
  return std::ranges::none_of(nodes_, [this](const TrackingNode& node) {
    return node.status && IsBeforeRider(*node.status) && node.at && node.at > position_->at;
  });
}

void ShipmentState::Encode(std::string& out) const {
  BinaryWriter(out).U8(kVersion);
  Encoder encode(out);
  encode(intent_, choice_, failure_, nodes_, overflown_, looks_, waybills_, position_, asks_,
         answer_, issues_, alerts_);
}

bool ShipmentState::IsCanonical() const {
  const auto ascends = [](const auto& values, auto place) {
    return std::ranges::adjacent_find(values, std::ranges::greater_equal{}, place) == values.end();
  };
  return ascends(nodes_, PlaceOf) && ascends(waybills_, &Waybill::no) &&
         ascends(issues_, std::identity{}) && nodes_.size() <= kMaxNodes &&
         waybills_.size() <= kMaxWaybills && alerts_.size() <= kMaxAlerts &&
         (!overflown_ || nodes_.size() == kMaxNodes);
}

Result<ShipmentState> ShipmentState::Decode(std::string_view bytes) {
  if (bytes.empty() || static_cast<std::uint8_t>(bytes.front()) != kVersion) {
    return weir::Fail(ErrorKind::kMalformed,
                      "A stored shipment is empty or of an unknown version.");
  }
  ShipmentState state;
  Decoder decoder(bytes.substr(1));
  decoder(state.intent_, state.choice_, state.failure_, state.nodes_, state.overflown_,
          state.looks_, state.waybills_, state.position_, state.asks_, state.answer_, state.issues_,
          state.alerts_);
  if (!decoder.done() || !state.IsCanonical()) {
    return weir::Fail(ErrorKind::kMalformed, "A stored shipment is damaged.");
  }
  return state;
}

}  // namespace weir::model
