// SPDX-License-Identifier: Apache-2.0
#include "storage/feed_watch.hpp"

#include <algorithm>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <mutex>
#include <unordered_map>
#include <utility>
#include <vector>

namespace weir::storage {

struct FeedWatch::Waiters {
  using Resume = std::move_only_function<void()>;
  struct Waiter {
    std::uint64_t number;
    std::uint64_t beyond;
    Resume resume;
  };
  struct Feed {
    std::uint64_t end = 0;
    std::vector<Waiter> waiting;
  };

  mutable std::mutex mutex;
  std::unordered_map<std::string, Feed> feeds;
  std::uint64_t last_number = 0;

  std::uint64_t NewNumber() {
    const std::lock_guard lock(mutex);
    return ++last_number;
  }

  /// Resumes at once when there is nothing to wait for.
  void Add(const std::string& merchant, Waiter waiter) {
    {
      const std::lock_guard lock(mutex);
      auto& feed = feeds[merchant];
      if (feed.end <= waiter.beyond) {
        feed.waiting.push_back(std::move(waiter));
        return;
      }
    }
    waiter.resume();
  }

  /// Takes out the waiters that `leaves` names and resumes them without the lock.
  template <typename Leaves>
  void Release(const std::string& merchant, std::uint64_t end, Leaves leaves) {
    std::vector<Waiter> released;
    {
      const std::lock_guard lock(mutex);
      auto& feed = feeds[merchant];
      feed.end = std::max(feed.end, end);
      std::vector<Waiter> staying;
      for (auto& waiter : feed.waiting) {
        (leaves(waiter, feed.end) ? released : staying).push_back(std::move(waiter));
      }
      feed.waiting.swap(staying);
    }
    for (auto& waiter : released) waiter.resume();
  }
};

namespace {

/// Resumes when the feed has grown beyond `seq` or the caller is cancelled; which of the two, the
/// caller sees for itself.
boost::asio::awaitable<void> Growth(std::shared_ptr<FeedWatch::Waiters> waiters,
                                    std::string merchant, std::uint64_t seq) {
  auto begin = [](auto handler, std::shared_ptr<FeedWatch::Waiters> shared, std::string whose,
                  std::uint64_t beyond) {
    const auto number = shared->NewNumber();
    auto slot = boost::asio::get_associated_cancellation_slot(handler);
    if (slot.is_connected()) {
      slot.assign([weak = std::weak_ptr(shared), whose, number](boost::asio::cancellation_type) {
        if (const auto alive = weak.lock()) {
          alive->Release(whose, 0, [number](const auto& waiter, std::uint64_t) {
            return waiter.number == number;
          });
        }
      });
    }
    auto home = boost::asio::prefer(boost::asio::get_associated_executor(handler),
                                    boost::asio::execution::outstanding_work.tracked);
    shared->Add(whose, {.number = number,
                        .beyond = beyond,
                        .resume = [home, handler = std::move(handler)]() mutable {
                          boost::asio::post(home, std::move(handler));
                        }});
  };
  co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void()>(
      begin, boost::asio::use_awaitable, std::move(waiters), std::move(merchant), seq);
}

}  // namespace

FeedWatch::FeedWatch(Timer& timer) : timer_(timer), waiters_(std::make_shared<Waiters>()) {}
FeedWatch::~FeedWatch() = default;

std::uint64_t FeedWatch::End(const std::string& merchant) const {
  const std::lock_guard lock(waiters_->mutex);
  const auto found = waiters_->feeds.find(merchant);
  return found == waiters_->feeds.end() ? 0 : found->second.end;
}

void FeedWatch::Publish(const std::string& merchant, std::uint64_t seq) {
  waiters_->Release(merchant, seq,
                    [](const auto& waiter, std::uint64_t end) { return waiter.beyond < end; });
}

boost::asio::awaitable<void> FeedWatch::WaitBeyond(std::string merchant, std::uint64_t seq,
                                                   std::chrono::milliseconds timeout) {
  using boost::asio::experimental::awaitable_operators::operator||;
  if (End(merchant) > seq || timeout <= std::chrono::milliseconds::zero()) co_return;
  co_await (Growth(waiters_, std::move(merchant), seq) || timer_.Wait(timeout));
}

}  // namespace weir::storage
