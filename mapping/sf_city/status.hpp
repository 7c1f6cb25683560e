// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/text.hpp"
#include "mapping/codes.hpp"
#include "model/words.hpp"

/// SF intra-city's statuses and kinds of callbacks, and our words: protocol §2.3 and §2.4.
namespace weir::mapping::sf_city {

inline constexpr std::int64_t kCreated = 1;
inline constexpr std::int64_t kCancelled = 2;
inline constexpr std::int64_t kDelivered = 17;
inline constexpr std::int64_t kGivenUp = 22;
inline constexpr std::int64_t kTrouble = 91;

struct StatusCode {
  std::int64_t code;
  std::optional<model::ShipmentStatus> status;  ///< Nothing: it is only told, nothing moves by it.
  bool of_rider = false;  ///< Whoever is named beside it carries the shipment from now on.
};
inline constexpr std::array kStatusCodes{
    // Nobody has taken it yet.
    StatusCode{.code = kCreated, .status = model::ShipmentStatus::kSearching},
    StatusCode{.code = kCancelled, .status = model::ShipmentStatus::kCancelled},
    // Also when another rider takes over.
    StatusCode{.code = 10, .status = model::ShipmentStatus::kAssigned, .of_rider = true},
    StatusCode{.code = 12, .status = model::ShipmentStatus::kAtPickup, .of_rider = true},
    // An old published feed has it where 15 stands today.
    StatusCode{.code = 14, .status = model::ShipmentStatus::kPickedUp, .of_rider = true},
    StatusCode{.code = 15, .status = model::ShipmentStatus::kPickedUp, .of_rider = true},
    StatusCode{.code = kDelivered, .status = model::ShipmentStatus::kDelivered, .of_rider = true},
    // The rider gave it back: a legal way back (merging §3).
    StatusCode{.code = kGivenUp, .status = model::ShipmentStatus::kSearching},
    // A suspicious order, refused.
    StatusCode{.code = 28, .status = model::ShipmentStatus::kCancelled},
    // Being cancelled: 2 follows, or it goes on.
    StatusCode{.code = 31, .status = std::nullopt},
    StatusCode{.code = kTrouble, .status = model::ShipmentStatus::kException, .of_rider = true},
};

/// Null for a status that is not known; `code` is decimal text.
[[nodiscard]] inline const StatusCode* FindStatus(std::string_view code) noexcept {
  const auto number = ParseInt(code);
  return number ? FindCode(kStatusCodes, *number) : nullptr;
}

/// Whether the person named beside a status is its rider: with others it may be anybody (a cancel's
/// is the customer service).
[[nodiscard]] inline bool NamesRider(std::string_view code) noexcept {
  const StatusCode* const known = FindStatus(code);
  return known != nullptr && known->of_rider;
}

struct CallbackKind {
  std::string_view word;                ///< `url_index`.
  std::optional<std::int64_t> implied;  ///< What it says where it names no status.
};
/// "rider_recall" is recalled, not verified.
inline constexpr std::array kCallbackKinds{
    CallbackKind{"rider_status", std::nullopt}, CallbackKind{"order_complete", kDelivered},
    CallbackKind{"sf_cancel", kCancelled},      CallbackKind{"rider_exception", kTrouble},
    CallbackKind{"rider_recall", kGivenUp},
};

}  // namespace weir::mapping::sf_city
