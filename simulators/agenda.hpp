// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>

#include "base/instant.hpp"

namespace weir::simulators {

/// The earlier of two times that may be missing.
[[nodiscard]] constexpr std::optional<Instant> Earlier(std::optional<Instant> a,
                                                       std::optional<Instant> b) {
  return a && b ? (*a < *b ? a : b) : (a ? a : b);
}

/// What is planned, each thing for its time; things of one time in the order they were planned.
template <typename Item>
class Agenda {
 public:
  struct Due {
    Instant at{};
    Item item;
  };

  void Add(Instant at, Item item) { items_.emplace(std::pair(at, ++last_), std::move(item)); }

  /// Takes out the oldest thing due by `now`. Doing it may plan more, also for now.
  [[nodiscard]] std::optional<Due> Take(Instant now) {
    if (items_.empty() || items_.begin()->first.first > now) {
      return std::nullopt;
    }
    auto node = items_.extract(items_.begin());
    return Due{node.key().first, std::move(node.mapped())};
  }

  [[nodiscard]] std::optional<Instant> NextDue() const {
    return items_.empty() ? std::nullopt : std::optional(items_.begin()->first.first);
  }

 private:
  std::map<std::pair<Instant, std::uint64_t>, Item> items_;
  std::uint64_t last_ = 0;
};

/// Things that come at an even distance, from the first time it is asked on, until it is stopped.
class Arrivals {
 public:
  /// `every` zero or below: nothing ever comes.
  explicit Arrivals(std::chrono::milliseconds every) : every_(every) {}

  [[nodiscard]] std::optional<Instant> Take(Instant now) {
    if (stopped_ || every_ <= std::chrono::milliseconds::zero()) {
      return std::nullopt;
    }
    const Instant next = next_.value_or(now);
    next_ = next;
    if (next > now) {
      return std::nullopt;
    }
    next_ = next + every_;
    return next;
  }

  void Stop() {
    stopped_ = true;
    next_.reset();
  }

  [[nodiscard]] std::optional<Instant> NextDue() const { return next_; }

 private:
  std::chrono::milliseconds every_;
  std::optional<Instant> next_;
  bool stopped_ = false;
};

}  // namespace weir::simulators
