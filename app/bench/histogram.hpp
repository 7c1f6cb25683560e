// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

namespace weir::app::bench {

/// Durations in log-linear buckets: 128 to each power of two, so that what is read back is at most
/// 1 % too long. Beyond an hour everything is an hour.
class Histogram {
 public:
  Histogram();

  void Note(std::chrono::nanoseconds duration);

  /// The duration that `share` (0 to 1) of all stay within; zero while there are none.
  [[nodiscard]] std::chrono::nanoseconds Within(double share) const;
  [[nodiscard]] std::chrono::nanoseconds longest() const { return longest_; }
  [[nodiscard]] std::uint64_t count() const { return count_; }

 private:
  std::vector<std::uint64_t> buckets_;
  std::uint64_t count_ = 0;
  std::chrono::nanoseconds longest_{0};
};

}  // namespace weir::app::bench
