// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "base/instant.hpp"

namespace weir::simulators {

/// How a platform repeats a push that was not answered well: first after retries[0], ... then
/// never.
struct RetryPlan {
  std::chrono::milliseconds timeout = std::chrono::seconds(3);
  std::vector<std::chrono::milliseconds> retries = {
      std::chrono::seconds(30), std::chrono::seconds(60), std::chrono::seconds(120),
      std::chrono::seconds(300)};
};

/// Deliveries waiting for their time, and attempts waiting for their answer. An attempt without an
/// answer within the time-out failed at its deadline; what is said of it later is ignored.
template <typename Content>
class PushQueue {
 public:
  struct Attempt {
    std::uint64_t id = 0;
    Instant at{};                      ///< When it was due, which is not after `now`.
    unsigned number = 0;               ///< 0 for the first.
    const Content* content = nullptr;  ///< Valid until the queue is touched again.
  };
  struct Settled {
    Content content;
    bool ok = false;
    bool last = false;  ///< No further attempt follows.
  };

  /// Told of each retried delivery whose last attempt failed.
  using OnGivenUp = std::function<void(const Content&)>;

  explicit PushQueue(RetryPlan plan, OnGivenUp on_given_up = {})
      : plan_(std::move(plan)), on_given_up_(std::move(on_given_up)) {}

  /// Plans a delivery; without `retried` its first attempt is its only one.
  void Add(Content content, Instant at, bool retried) {
    Put(at, {.content = std::move(content), .number = 0, .retried = retried});
  }

  /// Takes the oldest attempt due by `now`.
  [[nodiscard]] std::optional<Attempt> Take(Instant now) {
    Expire(now);
    if (waiting_.empty() || waiting_.begin()->first.first > now) {
      return std::nullopt;
    }
    auto node = waiting_.extract(waiting_.begin());
    const std::uint64_t id = ++last_id_;
    const Instant deadline = now + plan_.timeout;
    auto& flight = flying_.emplace(id, Flight{std::move(node.mapped()), deadline}).first->second;
    deadlines_.emplace(deadline, id);
    return Attempt{id, node.key().first, flight.delivery.number, &flight.delivery.content};
  }

  /// Ends an attempt; a failed one is planned again while the plan has a next time. nullopt when
  /// the attempt is unknown or timed out.
  std::optional<Settled> Settle(std::uint64_t id, bool ok, Instant now) {
    Expire(now);
    const auto found = flying_.find(id);
    if (found == flying_.end()) {
      return std::nullopt;
    }
    Settled settled{found->second.delivery.content, ok, true};
    deadlines_.erase({found->second.deadline, id});
    settled.last = ok || !PlanNext(std::move(found->second.delivery), now);
    flying_.erase(found);
    return settled;
  }

  /// The next attempt or the next deadline.
  [[nodiscard]] std::optional<Instant> NextDue() const {
    std::optional<Instant> next;
    if (!waiting_.empty()) {
      next = waiting_.begin()->first.first;
    }
    if (!deadlines_.empty() && (!next || deadlines_.begin()->first < *next)) {
      next = deadlines_.begin()->first;
    }
    return next;
  }

  /// Deliveries not yet answered well nor given up.
  [[nodiscard]] std::size_t outstanding() const { return waiting_.size() + flying_.size(); }
  /// Retried deliveries whose last attempt failed.
  [[nodiscard]] std::uint64_t given_up() const { return given_up_; }
  [[nodiscard]] const RetryPlan& plan() const { return plan_; }

 private:
  struct Delivery {
    Content content;
    unsigned number = 0;
    bool retried = true;
  };
  struct Flight {
    Delivery delivery;
    Instant deadline;
  };

  void Put(Instant at, Delivery delivery) {
    waiting_.emplace(std::pair(at, ++last_place_), std::move(delivery));
  }

  bool PlanNext(Delivery delivery, Instant failed_at) {
    if (!delivery.retried || delivery.number >= plan_.retries.size()) {
      if (delivery.retried) {
        ++given_up_;
        if (on_given_up_) on_given_up_(delivery.content);
      }
      return false;
    }
    const Instant at = failed_at + plan_.retries[delivery.number];
    ++delivery.number;
    Put(at, std::move(delivery));
    return true;
  }

  void Expire(Instant now) {
    while (!deadlines_.empty() && deadlines_.begin()->first <= now) {
      const auto [deadline, id] = *deadlines_.begin();
      deadlines_.erase(deadlines_.begin());
      auto node = flying_.extract(id);
      PlanNext(std::move(node.mapped().delivery), deadline);
    }
  }

  RetryPlan plan_;
  OnGivenUp on_given_up_;
  std::map<std::pair<Instant, std::uint64_t>, Delivery> waiting_;
  std::map<std::uint64_t, Flight> flying_;
  std::set<std::pair<Instant, std::uint64_t>> deadlines_;
  std::uint64_t last_id_ = 0;
  std::uint64_t last_place_ = 0;
  std::uint64_t given_up_ = 0;
};

}  // namespace weir::simulators
