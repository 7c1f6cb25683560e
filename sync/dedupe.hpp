// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/clock.hpp"
#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/instant.hpp"
#include "base/suspend.hpp"

namespace weir::sync {

/// Remembers what came in lately, so that a copy of a push is neither stored nor folded again.
///
/// A copy whose sending timestamp is earlier than the one held is no copy: it tells that the fact
/// happened earlier, and passes. Memory only: after a restart copies fold to nothing instead.
/// Thread-safe.
class Dedupe {
 public:
  struct Options {
    std::chrono::nanoseconds window = std::chrono::minutes(10);
    std::size_t max_keys = 1U << 19;  ///< Beyond it the oldest are forgotten early.
  };

  Dedupe(const Clock& clock, Options options);

  enum class Verdict {
    kFirst,     ///< Store it, then call Settle.
    kInFlight,  ///< A copy is being stored: Wait for it.
    kDurable,   ///< A copy is durable: answer at once.
  };

  [[nodiscard]] Verdict Admit(const ContentDigest& key, std::optional<Instant> sent_at);

  /// The outcome of what Admit called kFirst: waiters get it; a failure forgets the key.
  void Settle(const ContentDigest& key, Result<void> outcome);

  /// Waits for the copy in flight; well when it has been settled meanwhile.
  boost::asio::awaitable<Result<void>> Wait(ContentDigest key);

 private:
  struct KeyHash {
    std::size_t operator()(const ContentDigest& key) const noexcept { return key.low; }
  };
  struct State {
    std::chrono::nanoseconds since{};
    std::optional<Instant> sent_at;
    bool durable = false;
    std::vector<Resume<Result<void>>> waiters;
  };
  struct Shard {
    std::mutex mutex;
    std::unordered_map<ContentDigest, State, KeyHash> states;
    std::deque<std::pair<std::chrono::nanoseconds, ContentDigest>> by_age;
  };
  static constexpr std::size_t kShards = 16;

  Shard& ShardOf(const ContentDigest& key) { return shards_[key.high % kShards]; }
  void Expire(Shard& shard, std::chrono::nanoseconds now);

  const Clock& clock_;
  const Options options_;
  std::array<Shard, kShards> shards_;
};

}  // namespace weir::sync
