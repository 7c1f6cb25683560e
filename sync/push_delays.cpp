// SPDX-License-Identifier: Apache-2.0
#include "sync/push_delays.hpp"

#include <algorithm>
#include <limits>
#include <vector>

namespace weir::sync {
namespace {

constexpr unsigned kDelayBits = 32;

std::chrono::milliseconds Rank(const std::vector<std::int32_t>& sorted, std::size_t percent) {
  return std::chrono::milliseconds(sorted[(sorted.size() - 1) * percent / 100]);
}

}  // namespace

void PushDelays::Note(Instant sent_at, Instant received_at) noexcept {
  using Limits = std::numeric_limits<std::int32_t>;
  const auto delay =
      std::clamp<std::int64_t>((received_at - sent_at).count(), Limits::min(), Limits::max());
  const std::uint64_t noted = static_cast<std::uint64_t>(UnixSeconds(received_at)) << kDelayBits |
                              static_cast<std::uint32_t>(static_cast<std::int32_t>(delay));
  const std::size_t at = next_.fetch_add(1, std::memory_order_relaxed) % kMost;
  noted_[at].store(noted, std::memory_order_relaxed);
}

std::optional<PushDelays::Summary> PushDelays::Summarise(Instant now) const {
  const auto kept = std::chrono::duration_cast<std::chrono::seconds>(kKept).count();
  std::vector<std::int32_t> delays;
  for (const auto& slot : noted_) {
    const std::uint64_t noted = slot.load(std::memory_order_relaxed);
    const auto age = UnixSeconds(now) - static_cast<std::int64_t>(noted >> kDelayBits);
    if (noted == 0 || age < 0 || age > kept) continue;
    delays.push_back(static_cast<std::int32_t>(static_cast<std::uint32_t>(noted)));
  }
  if (delays.empty()) return std::nullopt;
  std::ranges::sort(delays);
  constexpr std::size_t kHalf = 50;
  constexpr std::size_t kNearlyAll = 99;
  return Summary{
      .least = Rank(delays, 0), .p50 = Rank(delays, kHalf), .p99 = Rank(delays, kNearlyAll)};
}

}  // namespace weir::sync
