// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "simulators/courier.hpp"

namespace weir::simulators::sf_express {

/// One step that is planned for a parcel.
struct Step {
  std::string_view op_code;
  std::string_view text;
  std::string_view status;  ///< Canonical; empty: it moves nothing.
  std::string_view reason{};
};

/// One node of a waybill's way.
struct Node {
  std::string id;
  std::string waybill;
  Instant at{};  ///< To the second, as on the wire.
  std::string place;
  std::string text;
  std::string op_code;
  std::string reason;
};

struct Parcel {
  std::string number;                 ///< The caller's.
  std::string waybill;                ///< The mother's.
  std::vector<std::string> children;  ///< Of a shipment of several parcels.
  std::vector<std::string> phones;    ///< The last four digits of both parties'.
  std::string from = "深圳市";
  std::string to = "北京市";
  std::int64_t weight_g = 1000;
  std::uint32_t ordered = 1;
  Instant created{};
  Instant ended{};
  bool picked_up = false;
  bool live = true;
  std::string_view status = "created";
  std::vector<std::string> way;
  std::vector<Node> nodes;
  std::vector<Event> events;  ///< One for each node.
  std::vector<Step> plan;     ///< What is to come, in order.
  std::uint64_t plan_no = 0;  ///< Of the plan in force.
};

/// What it costs: the same whoever asks.
[[nodiscard]] Fen FeeOf(std::int64_t weight_g);

[[nodiscard]] ShipmentTruth TruthOf(const Parcel& parcel);

}  // namespace weir::simulators::sf_express
