// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "simulators/yuan.hpp"

/// What is true on a platform's side, for an audit to compare with.
namespace weir::simulators {

/// Something the platform tells the app by a push, and how far that got.
struct Event {
  std::string topic;
  std::string what;  ///< "status 4", "logistics 20", "refund 7001 applied"...
  Instant at{};
  bool suppressed = false;  ///< Never sent, on purpose.
  unsigned sent = 0;        ///< Attempts, duplicates and repeats included, forgeries not.
  unsigned answered_ok = 0;
};

struct RefundTruth {
  std::string id;  ///< As the canonical model names it.
  bool partial = false;
  Fen amount = 0;
  std::vector<std::string_view> steps;
  std::string_view status;  ///< The canonical word after the last step.
};

struct OrderTruth {
  std::string id;
  std::string view_id;
  std::string shop;
  std::int64_t day_seq = 0;
  Instant created{};  ///< To the second, as on the wire.
  Fen total = 0;
  Fen original = 0;
  Fen discounts = 0;
  std::optional<Fen> commission;  ///< None where the platform does not say it.
  std::optional<Fen> income;
  std::int64_t lines = 0;
  int platform_status = 0;    ///< The platform's own number for it.
  std::string_view status;    ///< Canonical: "placed", "accepted" ... "expired".
  std::string_view delivery;  ///< Canonical; empty without the platform's delivery.
  std::vector<RefundTruth> refunds;
  Fen refunded = 0;  ///< Sum of the refunds paid out.
  std::vector<Event> events;

  /// The app has answered ok to something about this order, so it must know it.
  [[nodiscard]] bool announced() const;
  /// The app has answered ok to every event at least once, but for those never sent.
  [[nodiscard]] bool settled() const;
};

/// Everything that was counted since the start.
struct Counts {
  std::uint64_t orders = 0;
  std::uint64_t pushes = 0;  ///< Attempts, without forgeries.
  std::uint64_t answered_ok = 0;
  std::uint64_t failed = 0;      ///< Attempts answered otherwise, or not at all but reported so.
  std::uint64_t repeated = 0;    ///< Attempts after a failed one.
  std::uint64_t duplicated = 0;  ///< Deliveries sent a second time without need.
  std::uint64_t given_up = 0;
  std::uint64_t suppressed = 0;
  std::uint64_t degraded = 0;
  std::uint64_t forged = 0;
  std::uint64_t forged_accepted = 0;  ///< Must stay 0: forgeries the app answered ok.
  std::uint64_t outstanding = 0;      ///< Deliveries not yet settled, now.
  std::uint64_t calls = 0;
  std::uint64_t calls_refused = 0;
};

}  // namespace weir::simulators
