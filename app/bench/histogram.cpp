// SPDX-License-Identifier: Apache-2.0
#include "app/bench/histogram.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace weir::app::bench {
namespace {

using std::chrono::nanoseconds;

constexpr unsigned kSubBits = 7;
constexpr std::uint64_t kSub = 1U << kSubBits;
constexpr nanoseconds kLongest = std::chrono::hours(1);

// Below 2 * kSub each value has its own bucket; above, the highest kSubBits + 1 bits tell.
std::size_t BucketOf(std::uint64_t value) {
  const auto width = static_cast<unsigned>(std::bit_width(value));
  const unsigned shift = width > kSubBits + 1 ? width - kSubBits - 1 : 0;
  return shift * kSub + (value >> shift);
}

std::uint64_t HighestOf(std::size_t bucket) {
  if (bucket < 2 * kSub) return bucket;
  const std::uint64_t shift = bucket / kSub - 1;
  return ((bucket - shift * kSub + 1) << shift) - 1;
}

}  // namespace

Histogram::Histogram() : buckets_(BucketOf(kLongest.count()) + 1) {}

void Histogram::Note(nanoseconds duration) {
  duration = std::clamp(duration, nanoseconds(0), kLongest);
  ++buckets_[BucketOf(static_cast<std::uint64_t>(duration.count()))];
  ++count_;
  longest_ = std::max(longest_, duration);
}

nanoseconds Histogram::Within(double share) const {
  const auto wanted = std::max<std::uint64_t>(
      1, static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count_))));
  std::uint64_t seen = 0;
  for (std::size_t bucket = 0; bucket < buckets_.size(); ++bucket) {
    seen += buckets_[bucket];
    if (seen >= wanted) {
      return std::min(longest_, nanoseconds(static_cast<std::int64_t>(HighestOf(bucket))));
    }
  }
  return longest_;
}

}  // namespace weir::app::bench
