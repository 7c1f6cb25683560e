// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "simulators/courier.hpp"
#include "simulators/courier_fate.hpp"
#include "simulators/ledger.hpp"
#include "simulators/place.hpp"

namespace weir::simulators {

struct Rider {
  std::int64_t id = 0;
  std::string name;
  std::string phone;
};

/// Why a stage comes again.
enum class Repeat : std::uint8_t {
  kNone,
  kGivenUp,   ///< The rider gave it back: searching again.
  kHandedOn,  ///< The rider passed it on: assigned again, to another.
};

enum class Canceller : std::uint8_t { kNobody, kRider, kMerchant, kSystem };

struct Cancellation {
  Canceller by = Canceller::kNobody;
  std::string reason{};
  Fen fee = 0;           ///< What of the price is kept.
  bool expired = false;  ///< For want of a rider.
};

struct Tip {
  std::string serial;  ///< The caller's, where it gives one.
  Fen amount = 0;
  Instant at{};
};

/// One stage as it came.
struct Step {
  Stage stage = Stage::kSearching;
  Repeat repeat = Repeat::kNone;
  Instant at{};
  std::optional<Rider> rider{};
};

/// What a city courier carries from a shop to a receiver, whichever courier it is.
struct Delivery {
  std::string number;       ///< The caller's: unique.
  std::string platform_no;  ///< The courier's; another one for each life.
  std::string bill_no;      ///< Another one of the courier's, where it has two.
  std::string shop;
  std::string callback;     ///< Where the caller wants to be told of it; empty: where all are told.
  std::string finish_code;  ///< What the receiver tells the rider; empty: nothing.
  Fen goods_value = 0;
  std::int64_t grams = 0;
  Place from;
  Place to;
  std::int64_t metres = 0;
  Fen fee = 0;  ///< Of the carriage alone.
  Fen insurance = 0;
  std::vector<Tip> tips{};

  std::uint64_t seed = 0;  ///< Of what is drawn in this life.
  CourierFate fate{};
  Stage stage = Stage::kSearching;
  std::optional<Rider> rider{};
  std::optional<Leg> leg{};  ///< Of the rider, the last one.
  unsigned riders = 0;       ///< In this life.
  Cancellation cancellation{};
  std::optional<Instant> asked_off{};  ///< When the rider asked, while nobody has answered.
  std::vector<Step> steps{};           ///< Of all lives, oldest first.
  std::size_t first_step = 0;          ///< Of this life.
  std::uint32_t ordered = 1;
  std::uint64_t turn = 0;           ///< What was planned for an earlier turn does not happen.
  std::vector<std::string> told{};  ///< The bodies of its pushes, oldest first.
  std::vector<Event> events{};

  [[nodiscard]] bool live() const;
  [[nodiscard]] Fen tip() const;  ///< All tips together.
  [[nodiscard]] Fen price() const { return fee + insurance + tip(); }
  /// When this life came to `wanted` last.
  [[nodiscard]] std::optional<Instant> Reached(Stage wanted) const;
};

/// The delivery as it stood at `at`; at its first step where that is earlier. Money and the rider's
/// way are as they are.
[[nodiscard]] Delivery AsOf(Delivery delivery, Instant at);

/// Where its rider is; nullopt without one, and of what was called off.
[[nodiscard]] std::optional<Place> PositionOf(const Delivery& delivery, Instant at);

/// The canonical word.
[[nodiscard]] std::string_view WordOf(Stage stage);

/// `word` says each stage as the courier makes it known.
[[nodiscard]] ShipmentTruth TruthOf(const Delivery& delivery, std::string_view (*word)(Stage));

}  // namespace weir::simulators
