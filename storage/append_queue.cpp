// SPDX-License-Identifier: Apache-2.0
#include "storage/append_queue.hpp"

#include <boost/asio/post.hpp>
#include <utility>

namespace weir::storage {
namespace {

/// Company enough: waiting longer would not make the flush cheaper.
constexpr std::size_t kCompany = 64;

/// Resumes waiters of one executor, on it. If one throws, the others are still told.
class Resume {
 public:
  Resume(boost::asio::any_io_executor executor, WaiterList waiters)
      : executor_(std::move(executor)), waiters_(std::move(waiters)) {}

  void operator()() {
    while (next_ < waiters_.size()) {
      const auto waiter = std::move(waiters_[next_++]);
      auto handler = std::move(waiter->handler);
      try {
        handler(std::move(waiter->outcome));
      } catch (...) {
        auto executor = executor_;
        boost::asio::post(executor, std::move(*this));
        throw;
      }
    }
  }

 private:
  boost::asio::any_io_executor executor_;
  WaiterList waiters_;
  std::size_t next_ = 0;
};

}  // namespace

void Complete(WaiterList waiters) {
  std::vector<std::pair<boost::asio::any_io_executor, WaiterList>> groups;
  for (auto& waiter : waiters) {
    std::size_t i = 0;
    while (i < groups.size() && groups[i].first != waiter->executor) ++i;
    if (i == groups.size()) groups.emplace_back(waiter->executor, WaiterList());
    groups[i].second.push_back(std::move(waiter));
  }
  for (auto& [executor, list] : groups) {
    boost::asio::post(executor, Resume(executor, std::move(list)));
  }
}

bool AppendQueue::Reserve(std::uint64_t weight) {
  const std::scoped_lock lock(mutex_);
  // What is larger than all the room may pass alone.
  if (weight_ != 0 && weight_ + weight > max_weight_) return false;
  weight_ += weight;
  return true;
}

void AppendQueue::Push(std::unique_ptr<Waiter> waiter) {
  bool wake = false;
  {
    const std::scoped_lock lock(mutex_);
    if (queue_.empty()) first_queued_ = clock_.Monotonic();
    queue_.push_back(std::move(waiter));
    wake = wake_at_ != 0 && queue_.size() >= wake_at_;
    if (wake) wake_at_ = 0;
  }
  if (wake) changed_.notify_one();
}

WaiterList AppendQueue::Take(std::uint64_t max_bytes) {
  WaiterList taken;
  std::uint64_t bytes = 0;
  const std::scoped_lock lock(mutex_);
  taken.reserve(queue_.size());
  while (!queue_.empty()) {
    const auto& next = *queue_.front();
    if (!taken.empty() && bytes + next.frames.size() > max_bytes) break;
    bytes += next.frames.size();
    weight_ -= next.weight;
    taken.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return taken;
}

void AppendQueue::WaitForWork(std::chrono::nanoseconds last_flush) {
  std::unique_lock lock(mutex_);
  Sleep(lock, 1, std::nullopt);
  if (!queue_.empty() && last_flush < window_) {
    const auto waited = clock_.Monotonic() - first_queued_;
    if (waited < window_) Sleep(lock, kCompany, window_ - waited);
  }
  woken_ = false;
}

void AppendQueue::Wake() {
  {
    const std::scoped_lock lock(mutex_);
    woken_ = true;
  }
  changed_.notify_one();
}

void AppendQueue::Sleep(std::unique_lock<std::mutex>& lock, std::size_t until_queued,
                        std::optional<std::chrono::nanoseconds> at_most) {
  const auto ready = [&] { return woken_ || queue_.size() >= until_queued; };
  wake_at_ = until_queued;
  if (at_most) {
    changed_.wait_for(lock, *at_most, ready);
  } else {
    changed_.wait(lock, ready);
  }
  wake_at_ = 0;
}

}  // namespace weir::storage
