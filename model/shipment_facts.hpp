// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/money.hpp"
#include "model/order_facts.hpp"
#include "model/review_facts.hpp"
#include "model/words.hpp"

/// What one payload of a courier says of one shipment, before anything is merged. Mapping makes
/// these; the fold merges them into model/shipment_state.hpp.
namespace weir::model {

/// One step of a shipment's way, as `tracking` shows it.
struct TrackingNode {
  /// Tells the same step from another within its shipment, however often and by whichever way it
  /// is told, e.g. "SF1234567890123/50/2026-11-22 11:00:00/已收取快件".
  std::string key;
  std::optional<Instant> at;       ///< The courier's time of it.
  std::optional<Instant> sent_at;  ///< Of the push, or of our request.
  /// What it says of the shipment; nothing where it only adds to what is known: it is shown and
  /// moves no status.
  std::optional<ShipmentStatus> status;
  std::string code;   ///< The courier's word or number.
  std::string text;   ///< For people, as the courier writes it.
  std::string place;  ///< A city, an outlet.
  /// The life it belongs to where a courier may start a shipment anew under the same number (Dada's
  /// client_id); empty: whichever is current.
  std::string life;
  /// Among nodes of one time the greater decides, before the rank of their status.
  std::uint8_t precedence = 0;
  std::string rider_name;
  std::string rider_phone;
  friend auto operator<=>(const TrackingNode&, const TrackingNode&) = default;
};

/// Where the rider was.
struct RiderPosition {
  std::optional<Instant> at;  ///< The courier's time, else when it was asked for.
  std::string latitude;       ///< Plain degrees as decimal text.
  std::string longitude;
  std::string coordinate_system = "GCJ02";
  friend auto operator<=>(const RiderPosition&, const RiderPosition&) = default;
};

enum class WaybillKind : std::uint8_t { kMother = 1, kChild, kSignBack, kReturn };

struct Waybill {
  std::string no;
  WaybillKind kind = WaybillKind::kMother;
  friend auto operator<=>(const Waybill&, const Waybill&) = default;
};

/// What a payload tells of the shipment as a whole. What one look does not tell, an earlier one
/// may.
struct ShipmentLook {
  LookKey key;
  std::string platform_no;  ///< The courier's number for the whole shipment.
  std::optional<Money> fee;
  std::optional<Money> tip;
  std::optional<Money> cancel_fee;  ///< What cancelling cost.
  std::optional<std::int64_t> distance_m;
  std::optional<std::int64_t> weight_g;  ///< As the courier bills it.
  std::optional<Instant> expected_at;    ///< When it should arrive.
  std::string pickup_code;               ///< What the rider shows or is asked for at the shop.
  std::string cancel_reason;
  std::string extra;          ///< Members that no field above took, a JSON object; may be empty.
  std::vector<Issue> issues;  ///< Found while mapping.
  friend bool operator==(const ShipmentLook&, const ShipmentLook&) = default;
};

/// What the rider asks the merchant to decide: to be let off this shipment.
struct RiderAsks {
  std::string platform_no;  ///< The courier's number, which the answer may have to name.
  std::string reason;
  std::optional<Instant> at;
  friend auto operator<=>(const RiderAsks&, const RiderAsks&) = default;
};

/// All that one payload says of one shipment.
struct ShipmentFacts {
  std::string platform;
  /// The number we gave it: its record's id. Empty where the payload names a waybill only.
  std::string number;
  std::string waybill;  ///< A number of the courier's that the payload goes by; may be empty.
  std::optional<ShipmentLook> look;
  std::vector<TrackingNode> nodes;
  std::vector<Waybill> waybills;
  std::optional<RiderPosition> position;
  std::optional<RiderAsks> asks;
  std::vector<Issue> issues;  ///< E.g. "unknown_status"; kept with the record for ever.
  /// Of an erased entry, as in OrderFacts.
  std::optional<Effect> effect{};
};

}  // namespace weir::model
