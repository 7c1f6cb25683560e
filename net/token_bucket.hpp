// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

#include "base/clock.hpp"

namespace weir::net {

/// A rate limit: `burst` tokens at most, refilled one every `interval`. Starts full.
///
/// Kept as the one moment when the bucket will be full again (the generic cell rate algorithm), so
/// it needs no lock and no timer. Callable from any thread.
class TokenBucket {
 public:
  /// `interval` and `burst` are positive; `clock` outlives the bucket.
  TokenBucket(std::chrono::nanoseconds interval, std::uint32_t burst, const Clock& clock);

  /// Takes `tokens` (at most burst) and returns zero; or takes nothing and returns how long until
  /// that many are there.
  [[nodiscard]] std::chrono::nanoseconds Take(std::uint32_t tokens = 1);

  [[nodiscard]] std::uint32_t available() const;  ///< Whole tokens now.

 private:
  std::chrono::nanoseconds interval_;
  std::uint32_t burst_;
  const Clock& clock_;
  std::atomic<std::int64_t> full_at_;  ///< Monotonic nanoseconds.
};

}  // namespace weir::net
