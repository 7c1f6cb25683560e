// SPDX-License-Identifier: Apache-2.0
#include "simulators/delivery.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <ranges>
#include <utility>

namespace weir::simulators {
namespace {

constexpr auto kWords =
    std::to_array<std::string_view>({"failed", "searching", "assigned", "at_pickup", "picked_up",
                                     "delivered", "returning", "returned", "cancelled"});

}  // namespace

bool Delivery::live() const {
  switch (stage) {
    case Stage::kSearching:
    case Stage::kAssigned:
    case Stage::kAtPickup:
    case Stage::kPickedUp:
    case Stage::kReturning:
      return true;
    default:
      return false;
  }
}

Fen Delivery::tip() const {
  return std::accumulate(tips.begin(), tips.end(), Fen{0},
                         [](Fen sum, const Tip& tip) { return sum + tip.amount; });
}

std::optional<Instant> Delivery::Reached(Stage wanted) const {
  const auto life =
      std::ranges::subrange(steps.begin() + static_cast<std::ptrdiff_t>(first_step), steps.end());
  const auto latest_first = life | std::views::reverse;
  const auto found = std::ranges::find(latest_first, wanted, &Step::stage);
  return found == latest_first.end() ? std::nullopt : std::optional(found->at);
}

Delivery AsOf(Delivery delivery, Instant at) {
  std::vector<Step>& steps = delivery.steps;
  while (steps.size() > delivery.first_step + 1 && steps.back().at > at) steps.pop_back();
  delivery.stage = steps.back().stage;
  delivery.rider = steps.back().rider;
  if (delivery.stage != Stage::kCancelled) delivery.cancellation = {};
  return delivery;
}

std::optional<Place> PositionOf(const Delivery& delivery, Instant at) {
  switch (delivery.stage) {
    case Stage::kAtPickup:
    case Stage::kReturned:
      return delivery.from;
    case Stage::kDelivered:
      return delivery.to;
    case Stage::kAssigned:
    case Stage::kPickedUp:
    case Stage::kReturning:
      return delivery.leg ? std::optional(PlaceOn(*delivery.leg, at)) : std::nullopt;
    default:
      return std::nullopt;
  }
}

std::string_view WordOf(Stage stage) { return kWords.at(std::to_underlying(stage)); }

ShipmentTruth TruthOf(const Delivery& delivery, std::string_view (*word)(Stage)) {
  ShipmentTruth truth{.number = delivery.number,
                      .platform_no = delivery.platform_no,
                      .status = word(delivery.stage),
                      .live = delivery.live(),
                      .ordered = delivery.ordered,
                      .fee = delivery.fee,
                      .tip = delivery.tip(),
                      .cancel_fee = delivery.cancellation.fee,
                      .created = delivery.steps.front().at,
                      .way = {},
                      .events = delivery.events};
  if (!delivery.live()) truth.ended = delivery.steps.back().at;
  for (const Step& step : delivery.steps) truth.way.emplace_back(word(step.stage));
  return truth;
}

}  // namespace weir::simulators
