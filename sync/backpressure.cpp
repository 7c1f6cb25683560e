// SPDX-License-Identifier: Apache-2.0
#include "sync/backpressure.hpp"

#include <algorithm>

namespace weir::sync {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;

constexpr nanoseconds kRefuseAt = std::chrono::seconds(60);
constexpr nanoseconds kHoldFrom = milliseconds(20);
constexpr nanoseconds kMaxHold = milliseconds(500);
// A lag of 100 ms holds a group for 1 ms; 50 s reach the maximum.
constexpr int kLagPerHold = 100;

}  // namespace

void Backpressure::NoteLag(std::uint64_t entries, nanoseconds age) {
  entries_.store(entries, std::memory_order_relaxed);
  const auto since = entries == 0 ? nanoseconds{0} : clock_.Monotonic() - age;
  oldest_since_.store(since.count(), std::memory_order_relaxed);
}

milliseconds Backpressure::lag() const {
  const std::int64_t since = oldest_since_.load(std::memory_order_relaxed);
  if (since == 0) return milliseconds{0};
  return std::chrono::duration_cast<milliseconds>(clock_.Monotonic() - nanoseconds(since));
}

const char* Backpressure::Refusal() const {
  if (disk_full() || disk_failing()) return "disk";
  return lag() >= kRefuseAt ? "lag" : nullptr;
}

nanoseconds Backpressure::Hold() const {
  const nanoseconds behind = lag();
  if (behind < kHoldFrom) return nanoseconds{0};
  return std::min(behind / kLagPerHold, kMaxHold);
}

}  // namespace weir::sync
