// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "model/shipment_state.hpp"

namespace weir::model {
namespace {

using std::chrono::minutes;

/// Riders are heard of every few minutes, parcels once a day.
constexpr minutes kSilenceOfRiders{30};
constexpr minutes kSilenceOfParcels{24 * 60};
/// Beyond a year nobody waits; and a sum of times stays one.
constexpr minutes kLongestSilence{366 * 24 * 60};

/// How long a courier may be silent.
minutes SilenceOf(const ShipmentIntent* intent, const ShipmentChoice* choice) {
  if (intent != nullptr && intent->stuck_after_minutes > 0) {
    return minutes(std::min<std::int64_t>(intent->stuck_after_minutes, kLongestSilence.count()));
  }
  const bool parcel = choice != nullptr && choice->platform == "sf_express";
  return parcel ? kSilenceOfParcels : kSilenceOfRiders;
}

std::optional<Instant> TimeOf(const TrackingNode& node) { return node.at ? node.at : node.sent_at; }

bool HasRider(const TrackingNode& node) {
  return node.status && *node.status >= ShipmentStatus::kAssigned &&
         *node.status <= ShipmentStatus::kOutForDelivery;
}

/// Adds that a step said `status`, at the earliest time of those that did.
void AddTold(const std::vector<TrackingNode>& nodes, ShipmentStatus status, AlertReason reason,
             std::vector<ShipmentAlert>& alerts) {
  std::optional<Instant> earliest;
  for (const TrackingNode& node : nodes) {
    const auto at = TimeOf(node);
    if (node.status == status && at && (!earliest || *at < *earliest)) earliest = at;
  }
  if (earliest) alerts.push_back({.reason = reason, .since = *earliest, .at = *earliest});
}

Instant SaturatedSum(Instant at, minutes within) {
  return at > Instant::max() - within ? Instant::max() : at + within;
}

}  // namespace

std::string_view Name(AlertReason reason) noexcept {
  switch (reason) {
    case AlertReason::kLate:
      return "late";
    case AlertReason::kStuck:
      return "stuck";
    case AlertReason::kException:
      return "exception";
    case AlertReason::kReturning:
      return "returning";
    case AlertReason::kFailed:
      return "failed";
  }
  return "";
}

std::optional<Instant> ShipmentState::expected_at() const {
  if (const auto told = For(ShipmentField::kExpectedAt).expected_at) return told;
  if (choice_ && choice_->quote && choice_->quote->deliver_at) return choice_->quote->deliver_at;
  return intent_ ? intent_->consignment.deliver_at : std::nullopt;
}

std::optional<ShipmentAlert> ShipmentState::NextLate() const {
  const auto is_late = [](const ShipmentAlert& alert) {
    return alert.reason == AlertReason::kLate;
  };
  if (std::ranges::any_of(alerts_, is_late) || status() == ShipmentStatus::kReturning) return {};
  std::optional<Instant> due = expected_at();
  if (intent_ && intent_->consignment.deliver_at) {
    due = std::min(*due, *intent_->consignment.deliver_at);
  }
  if (!due) return {};
  return ShipmentAlert{.reason = AlertReason::kLate, .since = *due, .at = *due};
}

std::optional<ShipmentAlert> ShipmentState::NextStuck(Instant created_at) const {
  Instant heard = created_at;
  for (const TrackingNode& node : nodes_) heard = std::max(heard, TimeOf(node).value_or(heard));
  if (position_) heard = std::max(heard, position_->at.value_or(heard));
  const auto said = [heard](const ShipmentAlert& alert) {
    return alert.reason == AlertReason::kStuck && alert.since == heard;
  };
  if (std::ranges::any_of(alerts_, said)) return {};
  return ShipmentAlert{.reason = AlertReason::kStuck,
                       .since = heard,
                       .at = SaturatedSum(heard, SilenceOf(intent(), choice()))};
}

std::optional<Instant> ShipmentState::NextAlert(Instant created_at) const {
  if (!live()) return {};
  const auto late = NextLate();
  const auto stuck = NextStuck(created_at);
  if (late && stuck) return std::min(late->at, stuck->at);
  if (!late && !stuck) return {};
  return late ? late->at : stuck->at;
}

void ShipmentState::RaiseAlerts(Instant created_at, Instant now) {
  if (!live()) return;
  for (auto next : {NextLate(), NextStuck(created_at)}) {
    if (!next || next->at > now) continue;
    next->at = now;
    alerts_.push_back(*next);
  }
  while (alerts_.size() > kMaxAlerts) {
    // That it is late is said once for all.
    const auto stuck = std::ranges::find(alerts_, AlertReason::kStuck, &ShipmentAlert::reason);
    alerts_.erase(stuck);
  }
}

std::vector<ShipmentAlert> ShipmentState::alerts() const {
  std::vector<ShipmentAlert> all = alerts_;
  AddTold(nodes_, ShipmentStatus::kException, AlertReason::kException, all);
  AddTold(nodes_, ShipmentStatus::kReturning, AlertReason::kReturning, all);
  if (std::ranges::any_of(nodes_, HasRider)) {
    AddTold(nodes_, ShipmentStatus::kFailed, AlertReason::kFailed, all);
  }
  std::ranges::sort(all, {},
                    [](const ShipmentAlert& alert) { return std::pair(alert.at, alert.reason); });
  return all;
}

}  // namespace weir::model
