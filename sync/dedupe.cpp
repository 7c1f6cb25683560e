// SPDX-License-Identifier: Apache-2.0
#include "sync/dedupe.hpp"

#include <utility>

namespace weir::sync {

Dedupe::Dedupe(const Clock& clock, Options options) : clock_(clock), options_(options) {}

Dedupe::Verdict Dedupe::Admit(const ContentDigest& key, std::optional<Instant> sent_at) {
  const auto now = clock_.Monotonic();
  Shard& shard = ShardOf(key);
  const std::scoped_lock lock(shard.mutex);
  Expire(shard, now);
  const auto [found, fresh] = shard.states.try_emplace(key);
  State& state = found->second;
  if (fresh) {
    state.since = now;
    state.sent_at = sent_at;
    shard.by_age.emplace_back(now, key);
    return Verdict::kFirst;
  }
  if (sent_at && (!state.sent_at || *sent_at < *state.sent_at)) {
    state.sent_at = sent_at;
    return Verdict::kFirst;
  }
  return state.durable ? Verdict::kDurable : Verdict::kInFlight;
}

void Dedupe::Settle(const ContentDigest& key, Result<void> outcome) {
  Shard& shard = ShardOf(key);
  std::vector<Resume<Result<void>>> waiters;
  {
    const std::scoped_lock lock(shard.mutex);
    const auto found = shard.states.find(key);
    if (found == shard.states.end()) return;
    waiters = std::exchange(found->second.waiters, {});
    if (outcome) {
      found->second.durable = true;
    } else {
      shard.states.erase(found);
    }
  }
  for (auto& waiter : waiters) waiter(outcome);
}

boost::asio::awaitable<Result<void>> Dedupe::Wait(ContentDigest key) {
  co_return co_await Suspend<Result<void>>([this, key](Resume<Result<void>> resume) {
    Shard& shard = ShardOf(key);
    std::unique_lock lock(shard.mutex);
    const auto found = shard.states.find(key);
    if (found != shard.states.end() && !found->second.durable) {
      found->second.waiters.push_back(std::move(resume));
      return;
    }
    // Settled between the two calls: a key that is gone was not stored.
    const bool stored = found != shard.states.end();
    lock.unlock();
    resume(stored ? Result<void>{} : Fail(ErrorKind::kInternal, "the copy was not stored"));
  });
}

// In-flight keys are younger than any window in practice; one that is not stays until it settles.
void Dedupe::Expire(Shard& shard, std::chrono::nanoseconds now) {
  const std::size_t room = options_.max_keys / kShards;
  while (!shard.by_age.empty()) {
    const auto& [since, key] = shard.by_age.front();
    if (now - since < options_.window && shard.by_age.size() <= room) return;
    const auto found = shard.states.find(key);
    if (found != shard.states.end() && found->second.since == since) {
      if (!found->second.durable) return;
      shard.states.erase(found);
    }
    shard.by_age.pop_front();
  }
}

}  // namespace weir::sync
