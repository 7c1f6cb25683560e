// SPDX-License-Identifier: Apache-2.0
#include "base/fake_time.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace weir {

using std::chrono::nanoseconds;

FakeClock::FakeClock(Instant start) : wall_(start.time_since_epoch()) {}

Instant FakeClock::Now() const {
  const std::scoped_lock lock(mutex_);
  return Instant(std::chrono::floor<std::chrono::milliseconds>(wall_));
}

nanoseconds FakeClock::Monotonic() const {
  const std::scoped_lock lock(mutex_);
  return monotonic_;
}

void FakeClock::Advance(nanoseconds duration) {
  const std::scoped_lock lock(mutex_);
  wall_ += duration;
  monotonic_ += duration;
}

void FakeClock::Set(Instant at) {
  const std::scoped_lock lock(mutex_);
  monotonic_ += std::max(at.time_since_epoch() - wall_, nanoseconds(0));
  wall_ = at.time_since_epoch();
}

void FakeClock::Jump(std::chrono::milliseconds by) {
  const std::scoped_lock lock(mutex_);
  wall_ += by;
}

/// Who waits. Each waiter is an Asio timer that never expires and is cancelled when due, so that
/// executors and cancellation are Asio's own business.
struct FakeTimer::Queue {
  using Key = std::pair<nanoseconds, std::uint64_t>;
  using Waiter = std::shared_ptr<boost::asio::steady_timer>;

  std::mutex mutex;
  std::map<Key, Waiter> waiters;
  std::uint64_t next_number = 0;

  Key Add(nanoseconds due, Waiter waiter) {
    const std::scoped_lock lock(mutex);
    const Key key{due, next_number++};
    waiters.emplace(key, std::move(waiter));
    return key;
  }

  void Remove(Key key) {
    const std::scoped_lock lock(mutex);
    waiters.erase(key);
  }

  std::vector<Waiter> TakeDue(nanoseconds now) {
    const std::scoped_lock lock(mutex);
    std::vector<Waiter> due;
    while (!waiters.empty() && waiters.begin()->first.first <= now) {
      due.push_back(std::move(waiters.begin()->second));
      waiters.erase(waiters.begin());
    }
    return due;
  }
};

FakeTimer::FakeTimer(FakeClock& clock) : clock_(clock), queue_(std::make_shared<Queue>()) {}

FakeTimer::~FakeTimer() = default;

boost::asio::awaitable<void> FakeTimer::Wait(nanoseconds duration) {
  const auto cancellation = co_await boost::asio::this_coro::cancellation_state;
  if (cancellation.cancelled() != boost::asio::cancellation_type::none) {
    co_return;
  }
  const auto executor = co_await boost::asio::this_coro::executor;
  const auto waiter = std::make_shared<boost::asio::steady_timer>(
      executor, boost::asio::steady_timer::time_point::max());

  // Leaves the queue however the wait ends: due, cancelled or destroyed with its executor.
  struct Membership {
    std::shared_ptr<Queue> queue;
    Queue::Key key;
    ~Membership() { queue->Remove(key); }
  };
  const nanoseconds now = clock_.Monotonic();
  const nanoseconds due = now + std::clamp(duration, nanoseconds(0), nanoseconds::max() - now);
  const Membership membership{queue_, queue_->Add(due, waiter)};
  co_await waiter->async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
}

std::optional<nanoseconds> FakeTimer::NextDue() const {
  const std::scoped_lock lock(queue_->mutex);
  return queue_->waiters.empty() ? std::nullopt
                                 : std::optional(queue_->waiters.begin()->first.first);
}

std::size_t FakeTimer::RunDue() {
  const std::vector<Queue::Waiter> due = queue_->TakeDue(clock_.Monotonic());
  for (const Queue::Waiter& waiter : due) {
    // Through the executor: only there may the timer be touched.
    boost::asio::post(waiter->get_executor(), [waiter] { waiter->cancel(); });
  }
  return due.size();
}

std::size_t FakeTimer::Advance(nanoseconds duration) {
  clock_.Advance(duration);
  return RunDue();
}

void FakeTimer::RunFor(boost::asio::io_context& io, nanoseconds duration) {
  const nanoseconds end = clock_.Monotonic() + duration;
  const auto poll = [&io] {
    io.restart();
    io.poll();
  };
  poll();
  for (auto due = NextDue(); due && *due <= end; due = NextDue()) {
    Advance(std::max(*due - clock_.Monotonic(), nanoseconds(0)));
    poll();
  }
  Advance(std::max(end - clock_.Monotonic(), nanoseconds(0)));
  poll();
}

}  // namespace weir
