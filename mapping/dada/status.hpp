// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "mapping/codes.hpp"
#include "model/words.hpp"

/// Dada's codes and our words: protocol §8 and §9, projected by the rules of merging.
namespace weir::mapping::dada {

struct StatusCode {
  std::int64_t code;
  std::optional<model::ShipmentStatus> status;  ///< Nothing: shown, and moves no status.
};
/// `order_status` of a callback, `statusCode` of a read. 3 is told when the goods leave the shop.
inline constexpr std::array kStatusCodes{
    StatusCode{1, model::ShipmentStatus::kSearching},
    StatusCode{8, model::ShipmentStatus::kSearching},  // one rider is asked by name
    StatusCode{2, model::ShipmentStatus::kAssigned},
    StatusCode{100, model::ShipmentStatus::kAtPickup},
    StatusCode{3, model::ShipmentStatus::kPickedUp},
    StatusCode{4, model::ShipmentStatus::kDelivered},
    StatusCode{5, model::ShipmentStatus::kCancelled},
    StatusCode{7, model::ShipmentStatus::kCancelled},  // of former years: nobody took it in time
    StatusCode{9, model::ShipmentStatus::kReturning},
    StatusCode{10, model::ShipmentStatus::kReturned},
    StatusCode{1000, model::ShipmentStatus::kFailed},
    StatusCode{6, std::nullopt},  // the goods of an after-sale are at the shop
};

inline constexpr std::int64_t kSearching = 1;
inline constexpr std::int64_t kAccepted = 2;
inline constexpr std::int64_t kFetched = 3;
inline constexpr std::int64_t kFinished = 4;
inline constexpr std::int64_t kCancelled = 5;
inline constexpr std::int64_t kReturning = 9;
inline constexpr std::int64_t kReturned = 10;

/// What decides among steps of one second: that it was called off, then one that is said to be a
/// repeated one, then the state that a read tells, then all others.
inline constexpr std::uint8_t kOfStep = 0;
inline constexpr std::uint8_t kOfReadState = 1;
inline constexpr std::uint8_t kOfRepeat = 2;
inline constexpr std::uint8_t kOfCancel = 3;

/// Whether a rider has the shipment: then the place a read tells is his.
[[nodiscard]] constexpr bool HasRider(model::ShipmentStatus status) noexcept {
  using enum model::ShipmentStatus;
  return status == kAssigned || status == kAtPickup || status == kPickedUp || status == kReturning;
}

struct ShopStatus {
  std::string_view code;
  std::string_view state;
};
/// `shopStatus` of a message (§7.5).
inline constexpr std::array kShopStatuses{ShopStatus{"1", "online"}, ShopStatus{"0", "offline"}};

}  // namespace weir::mapping::dada
