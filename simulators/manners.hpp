// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include "simulators/push_queue.hpp"

/// How simulated platforms behave, as far as they have it in common. Every number named a share is
/// a probability, 0 to 1.
namespace weir::simulators {

/// What becomes of orders.
struct Traffic {
  /// An order is placed at each such distance, from the first Due on; zero: by command only.
  std::chrono::milliseconds order_every{0};
  /// The mean time from one stage of an order's life to the next, which takes half to one and a
  /// half of it.
  std::chrono::milliseconds pace = std::chrono::seconds(60);
  bool auto_confirm =
      true;  ///< The shop accepts by itself; else through the API, or it is too late.
  bool auto_refund =
      true;  ///< Someone decides on refunds; else through the API, or it is agreed late.
  double unpaid = 0.02;     ///< Never paid.
  double cancelled = 0.08;  ///< Cancelled before the end.
  double refunded = 0.12;   ///< Of the others: with a refund, in full or in part.
  double urged = 0.05;
  double self_delivery = 0.2;
  double rider_trouble = 0.1;  ///< Of the platform's deliveries.
  double shop_rests = 0.005;   ///< Per order: its shop rests for one stage.
};

/// What goes wrong between the platform and the app.
struct Faults {
  double duplicated = 0;  ///< A push comes twice, half of those times byte for byte.
  double reordered = 0;   ///< A push is held back for up to `reordered_within`.
  std::chrono::milliseconds reordered_within = std::chrono::seconds(5);
  std::chrono::milliseconds delay{0};  ///< Before every push.
  double forged = 0;        ///< Beside a push comes a tampered copy with a wrong signature.
  double missing_paid = 0;  ///< The push of a paid order is never sent.
  double degraded = 0;      ///< An order's push lacks a part and says so.
  double api_failure = 0;   ///< An API call ends in a 5xx: half before it had effect, half after.
};

/// What the options of every platform have in common. Beside these it has `shops`, not empty, and
/// its own Traffic.
struct PlatformOptions {
  std::string app_secret;
  std::string push_url;  ///< Where pushes go: public URL + "/hooks/<connection>".
  std::uint64_t seed = 1;
  RetryPlan retry;
  unsigned calls_per_second = 0;      ///< Of each interface; 0: no limit.
  std::size_t keep_orders = 100'000;  ///< Beyond these the oldest are forgotten.
  std::size_t menu_items = 40;        ///< Per shop, at most 3,000.
  std::size_t reviews = 30;           ///< Per shop, of the last 90 days.
  Faults faults;
};

}  // namespace weir::simulators
