// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/digest.hpp"
#include "mapping/sf_express/event.hpp"
#include "mapping/sf_express/push.hpp"

/// The ways of waybills (protocol §1.9, §1.12, §1.13): one fact for each waybill, its nodes with
/// the key mailno/opCode/acceptTime/remark, whichever way they came.
namespace weir::mapping::sf_express {

/// Of a push of kind kRoutes. A node without any number is left out, and `complete` false.
struct PushedRoutes {
  std::vector<model::ShipmentFacts> shipments;
  bool complete = true;
};
[[nodiscard]] PushedRoutes MapRoutes(const Push& push, const ContentDigest& content);

/// Of an answer's `msgData`. A waybill without nodes is unknown to SF Express, or hidden from who
/// does not know a phone number: it says nothing.
[[nodiscard]] std::vector<model::ShipmentFacts> MapRoutes(const Value& message, const Asked& asked);

}  // namespace weir::mapping::sf_express
