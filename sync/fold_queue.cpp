// SPDX-License-Identifier: Apache-2.0
#include "sync/fold_queue.hpp"

#include <utility>

namespace weir::sync {
namespace {

// What an entry with its facts weighs, roughly: facts are about as large as the payload they came
// from, and a payload that was dropped for them is counted the same.
std::size_t Weigh(const storage::DurableEntry& entry) {
  constexpr std::size_t kFactsOfOneOrder = 4096;
  return sizeof(entry) + entry.entry.payload.size() + (entry.attachment ? kFactsOfOneOrder : 0);
}

}  // namespace

FoldQueue::FoldQueue(const Clock& clock, std::size_t max_bytes)
    : clock_(clock), max_bytes_(max_bytes) {}

void FoldQueue::OnDurable(std::vector<storage::DurableEntry> group) {
  const auto now = clock_.Monotonic();
  std::unique_lock lock(mutex_);
  for (storage::DurableEntry& entry : group) {
    last_offset_ = entry.entry.position.offset;
    const std::size_t bytes = Weigh(entry);
    // A gap inside the queue would hide that entries are missing: once one is let go, the rest is.
    const bool continues = held_.empty() || held_.back().entry.entry.position.offset + 1 ==
                                                entry.entry.position.offset;
    if (!continues || held_bytes_ + bytes > max_bytes_) continue;
    held_bytes_ += bytes;
    held_.push_back({std::move(entry), bytes, now});
  }
  WakeLocked(lock);
}

std::vector<storage::DurableEntry> FoldQueue::Take(std::uint64_t next, std::size_t limit) {
  std::vector<storage::DurableEntry> taken;
  const std::scoped_lock lock(mutex_);
  while (!held_.empty() && taken.size() < limit) {
    Held& front = held_.front();
    const std::uint64_t offset = front.entry.entry.position.offset;
    if (offset > next) break;
    held_bytes_ -= front.bytes;
    if (offset == next) {
      taken.push_back(std::move(front.entry));
      ++next;
    }
    held_.pop_front();
  }
  return taken;
}

boost::asio::awaitable<void> FoldQueue::WaitFor(std::uint64_t next) {
  co_await Suspend<>([this, next](Resume<> resume) {
    std::unique_lock lock(mutex_);
    if (woken_ || last_offset_ >= next) {
      woken_ = false;
      lock.unlock();
      resume();
      return;
    }
    waiter_ = std::move(resume);
  });
}

void FoldQueue::Wake() {
  std::unique_lock lock(mutex_);
  woken_ = !waiter_;
  WakeLocked(lock);
}

std::uint64_t FoldQueue::last_offset() const {
  const std::scoped_lock lock(mutex_);
  return last_offset_;
}

std::chrono::nanoseconds FoldQueue::OldestAge() const {
  const std::scoped_lock lock(mutex_);
  return held_.empty() ? std::chrono::nanoseconds{0} : clock_.Monotonic() - held_.front().since;
}

void FoldQueue::WakeLocked(std::unique_lock<std::mutex>& lock) {
  auto waiter = std::exchange(waiter_, nullptr);
  lock.unlock();
  if (waiter) waiter();
}

}  // namespace weir::sync
