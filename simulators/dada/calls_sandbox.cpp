// SPDX-License-Identifier: Apache-2.0
#include "simulators/dada/calls.hpp"
#include "simulators/members.hpp"

/// The sandbox has no riders: callers move their orders by hand (protocol notes 6).
namespace weir::simulators::dada {
namespace {

Outcome Move(const Call& call, bool (CourierLife::*act)(Delivery&, Instant)) {
  const auto delivery = DeliveryOf(call);
  if (!delivery) {
    return std::unexpected(delivery.error());
  }
  if (!(call.parts.life.*act)(**delivery, call.now)) {
    return std::unexpected(code::kStateChanged);
  }
  return std::string(kNothing);
}

Outcome End(const Call& call, bool with_rider, Cancellation cancellation) {
  const auto delivery = DeliveryOf(call);
  if (!delivery) {
    return std::unexpected(delivery.error());
  }
  const Stage stage = (*delivery)->stage;
  const bool may_end = stage == Stage::kSearching || (with_rider && stage == Stage::kAssigned);
  if (!may_end) {
    return std::unexpected(code::kStateChanged);
  }
  call.parts.life.Cancel(**delivery, std::move(cancellation), call.now);
  return std::string(kNothing);
}

}  // namespace

Outcome SimulateAccept(const Call& call) { return Move(call, &CourierLife::Assign); }
Outcome SimulateFetch(const Call& call) { return Move(call, &CourierLife::PickUp); }
Outcome SimulateFinish(const Call& call) { return Move(call, &CourierLife::HandOver); }

Outcome SimulateCancel(const Call& call) {
  const std::string reason = TextIn(call.params, "reason");
  return End(call, /*with_rider=*/true,
             {.by = Canceller::kSystem, .reason = reason.empty() ? "系统取消" : reason});
}

Outcome SimulateExpire(const Call& call) {
  return End(call, /*with_rider=*/false,
             {.by = Canceller::kSystem, .reason = "系统过期", .expired = true});
}

}  // namespace weir::simulators::dada
