// SPDX-License-Identifier: Apache-2.0
#include "net/token_bucket.hpp"

#include <algorithm>

namespace weir::net {

TokenBucket::TokenBucket(std::chrono::nanoseconds interval, std::uint32_t burst, const Clock& clock)
    : interval_(interval), burst_(burst), clock_(clock), full_at_(clock.Monotonic().count()) {}

std::chrono::nanoseconds TokenBucket::Take(std::uint32_t tokens) {
  const std::int64_t now = clock_.Monotonic().count();
  const std::int64_t capacity = interval_.count() * burst_;
  const std::int64_t cost = interval_.count() * std::min(tokens, burst_);
  std::int64_t full_at = full_at_.load(std::memory_order_relaxed);
  for (;;) {
    const std::int64_t then = std::max(full_at, now) + cost;
    if (then - now > capacity) {
      return std::chrono::nanoseconds(then - now - capacity);
    }
    if (full_at_.compare_exchange_weak(full_at, then, std::memory_order_relaxed)) {
      return {};
    }
  }
}

std::uint32_t TokenBucket::available() const {
  const std::int64_t now = clock_.Monotonic().count();
  const std::int64_t missing =
      std::max<std::int64_t>(full_at_.load(std::memory_order_relaxed) - now, 0);
  const std::int64_t spent = (missing + interval_.count() - 1) / interval_.count();
  return burst_ - static_cast<std::uint32_t>(std::min<std::int64_t>(spent, burst_));
}

}  // namespace weir::net
