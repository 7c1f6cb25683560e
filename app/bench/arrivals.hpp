// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/clock.hpp"

namespace weir::app::bench {

/// When each of the bench's orders first came to somebody. One thread notes; any asks how many.
class Arrivals {
 public:
  /// Of `count` orders from `first` on.
  Arrivals(std::uint64_t first, std::uint64_t count) : first_(first), came_(count) {}

  /// All orders whose numbers stand behind `marker` in `text`, as of now.
  void Note(std::string_view text, std::string_view marker);
  /// Waits until `count` have come, at most `within`.
  void Await(std::uint64_t count, std::chrono::seconds within) const;

  [[nodiscard]] std::uint64_t seen() const { return seen_; }
  /// Monotonic, by order; zero for one that has not come. When nobody notes any more.
  [[nodiscard]] const std::vector<std::chrono::nanoseconds>& came() const { return came_; }

 private:
  const SystemClock clock_;
  const std::uint64_t first_;
  std::vector<std::chrono::nanoseconds> came_;
  std::atomic<std::uint64_t> seen_{0};
};

/// The platform's numbers that stand behind `marker` in `text`, in its order.
[[nodiscard]] std::vector<std::uint64_t> OrderIdsOf(std::string_view text, std::string_view marker);

}  // namespace weir::app::bench
