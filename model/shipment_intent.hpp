// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "model/consignment.hpp"

/// What is known of a shipment because it was decided here, not told by a courier.
namespace weir::model {

/// What somebody wants: the beginning of a shipment.
struct ShipmentIntent {
  std::string order;  ///< The record's id of what it carries; may be empty.
  std::string store;  ///< That it leaves from; may be empty.
  Consignment consignment;
  std::string plan;         ///< JSON of whoever chooses couriers, opaque here; may be empty.
  std::string predecessor;  ///< The shipment it takes the place of; may be empty.
  /// After so many minutes without news it is stuck; 0: what is usual for its courier.
  std::int64_t stuck_after_minutes = 0;
  friend bool operator==(const ShipmentIntent&, const ShipmentIntent&) = default;
};

/// Who is to carry it.
struct ShipmentChoice {
  std::string platform;
  std::string connection;
  std::optional<CourierQuote> quote;  ///< What the courier said it would cost, where it was asked.
  friend bool operator==(const ShipmentChoice&, const ShipmentChoice&) = default;
};

/// Why it never came into being.
struct ShipmentFailure {
  std::string code;     ///< The courier's, or one of ours.
  std::string message;  ///< One sentence without personal data.
  friend bool operator==(const ShipmentFailure&, const ShipmentFailure&) = default;
};

/// As bytes, for entries and records, and back. Decode never trusts its input: kMalformed for any
/// other text.
void Encode(std::string& out, const ShipmentIntent& intent);
void Encode(std::string& out, const ShipmentChoice& choice);
void Encode(std::string& out, const ShipmentFailure& failure);
[[nodiscard]] Result<ShipmentIntent> DecodeShipmentIntent(std::string_view bytes);
[[nodiscard]] Result<ShipmentChoice> DecodeShipmentChoice(std::string_view bytes);
[[nodiscard]] Result<ShipmentFailure> DecodeShipmentFailure(std::string_view bytes);

}  // namespace weir::model
