// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "net/token_bucket.hpp"

namespace weir::webhooks {

/// When one endpoint may be sent something: how much at once, at which rate, and whether at all.
///
/// Its breaker opens when callbacks of five subjects in a row failed: one subject that always fails
/// is not the endpoint's fault. While it is open nothing passes but one probe at a time, first
/// after the shortest retry's pause, then twice that, up to a minute; the first success closes it.
/// What passes at once grows from one callback after a pause to 32.
///
/// One thread at a time.
class Throttle {
 public:
  static constexpr std::size_t kMostAtOnce = 32;
  static constexpr std::size_t kSubjectsToOpen = 5;

  /// `first_pause` is what the first probe waits for, at least a second. Both references outlive
  /// it.
  Throttle(std::optional<std::uint32_t> rate_per_second, std::chrono::seconds first_pause,
           Clock& clock, Random& random);

  /// Another rate; what is held stays held.
  void SetRate(std::optional<std::uint32_t> rate_per_second);
  /// It is another endpoint now: nothing is known against it.
  void StartOver();

  /// True, and a place is taken, when one may be sent now.
  [[nodiscard]] bool Enter();

  // Each gives back the place.
  void Delivered();
  /// True when this failure opens the breaker.
  bool Failed(const std::string& subject);
  void Paused(std::chrono::seconds duration);
  void Withdrawn();  ///< Nothing was sent.

  [[nodiscard]] bool is_open() const { return is_open_; }
  /// Nothing but a probe passes, or nothing at all until the pause is over.
  [[nodiscard]] bool is_holding() const;
  [[nodiscard]] std::size_t in_flight() const { return in_flight_; }

 private:
  void PlanProbe();

  std::optional<net::TokenBucket> bucket_;
  const std::chrono::nanoseconds first_pause_;
  Clock& clock_;
  Random& random_;
  std::size_t in_flight_ = 0;
  std::size_t at_once_ = kMostAtOnce;
  std::chrono::nanoseconds paused_until_{0};
  std::set<std::string> failing_;  ///< Subjects that failed since the last success.
  bool is_open_ = false;
  bool is_probing_ = false;
  std::chrono::nanoseconds probe_pause_{0};
  std::chrono::nanoseconds probe_at_{0};
};

}  // namespace weir::webhooks
