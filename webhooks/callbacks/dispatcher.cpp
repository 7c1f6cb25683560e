// SPDX-License-Identifier: Apache-2.0
#include "webhooks/callbacks/dispatcher.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "storage/change_types.hpp"
#include "webhooks/callbacks/message.hpp"

namespace weir::webhooks {
namespace {

using boost::asio::awaitable;
using std::chrono::milliseconds;
using storage::CallbackAttempt;

constexpr milliseconds kTick{100};
constexpr milliseconds kGlance{10};
constexpr std::chrono::seconds kBeginAgainAfter{1};
constexpr std::size_t kReplayPage = 500;

}  // namespace

Dispatcher::Dispatcher(DispatcherParts parts, CallbackOptions options,
                       std::vector<Subscription> subscriptions)
    : parts_(std::move(parts)), options_(std::move(options)) {
  for (Subscription& subscription : subscriptions) {
    net::Transport& transport = subscription.allow_private ? parts_.anywhere : parts_.public_only;
    subscribers_.push_back(
        std::make_unique<Subscriber>(std::move(subscription), options_,
                                     SubscriberParts{.storage = parts_.storage,
                                                     .transport = transport,
                                                     .clock = parts_.clock,
                                                     .timer = parts_.timer,
                                                     .random = parts_.random,
                                                     .executor = parts_.executor}));
  }
}

Dispatcher::~Dispatcher() = default;

Subscriber* Dispatcher::Find(const std::string& merchant, const std::string& id) const {
  const auto found = std::ranges::find_if(subscribers_, [&](const auto& subscriber) {
    return subscriber->subscription().merchant == merchant && subscriber->subscription().id == id;
  });
  return found == subscribers_.end() ? nullptr : found->get();
}

awaitable<Result<void>> Dispatcher::Prepare() {
  if (subscribers_.empty()) co_return Result<void>{};
  auto known = co_await parts_.log.Subscriptions();
  if (!known) co_return std::unexpected(known.error());
  storage::CallbackBatch fresh;
  for (const auto& subscriber : subscribers_) {
    const Subscription& subscription = subscriber->subscription();
    const auto row = std::ranges::find_if(*known, [&](const storage::SubscriptionRow& each) {
      return each.merchant == subscription.merchant && each.id == subscription.id;
    });
    if (row != known->end()) {
      subscriber->Restore(*row);
      continue;
    }
    const std::uint64_t end = parts_.storage.FeedEnd(subscription.merchant);
    spdlog::info("event=subscription_begins subscription={} after={}", subscription.id, end);
    fresh.subscriptions.push_back(
        {.merchant = subscription.merchant, .id = subscription.id, .cursor = end});
    subscriber->Restore(fresh.subscriptions.back());
  }
  if (fresh.subscriptions.empty()) co_return Result<void>{};
  co_return co_await parts_.log.Write(std::move(fresh));
}

awaitable<bool> Dispatcher::Begin() {
  for (const auto& subscriber : subscribers_) {
    const Subscription& subscription = subscriber->subscription();
    auto pending = co_await parts_.log.Pending(subscription.merchant, subscription.id);
    while (!pending && !stopping_) {
      spdlog::error("event=callback_read_failed subscription={} error=\"{}\"", subscription.id,
                    pending.error().message);
      co_await parts_.timer.Wait(kBeginAgainAfter);
      pending = co_await parts_.log.Pending(subscription.merchant, subscription.id);
    }
    if (stopping_) co_return false;
    subscriber->Begin(std::move(*pending));
  }
  co_return true;
}

awaitable<void> Dispatcher::Run() {
  if (subscribers_.empty() || !co_await Begin()) co_return;
  while (!stopping_) {
    co_await parts_.timer.Wait(kTick);
    for (const auto& subscriber : subscribers_) subscriber->Step();
    co_await Flush();
  }
}

// What could not be written goes before what came later; the subscribers stop by themselves when
// too much gathers behind it.
awaitable<void> Dispatcher::Flush() {
  if (flushing_) co_return;
  flushing_ = true;
  if (unwritten_.subscriptions.empty() && unwritten_.callbacks.empty()) {
    for (const auto& subscriber : subscribers_) subscriber->Collect(unwritten_);
  }
  if (!unwritten_.subscriptions.empty() || !unwritten_.callbacks.empty()) {
    const auto written = co_await parts_.log.Write(unwritten_);
    if (written) {
      unwritten_ = {};
    } else {
      spdlog::error("event=callback_write_failed error=\"{}\"", written.error().message);
    }
  }
  flushing_ = false;
}

awaitable<void> Dispatcher::Stop(milliseconds grace) {
  stopping_ = true;
  for (const auto& subscriber : subscribers_) subscriber->Stop();
  const auto end = parts_.clock.Monotonic() + grace;
  const auto busy = [this] {
    return flushing_ || std::ranges::any_of(subscribers_, [](const auto& subscriber) {
             return subscriber->in_flight() > 0;
           });
  };
  while (busy() && parts_.clock.Monotonic() < end) co_await parts_.timer.Wait(kGlance);
  co_await Flush();
}

awaitable<Result<void>> Dispatcher::Retry(std::string merchant, storage::CallbackKey key) {
  return boost::asio::co_spawn(parts_.executor, RetryHere(std::move(merchant), std::move(key)),
                               boost::asio::use_awaitable);
}

awaitable<Result<void>> Dispatcher::RetryHere(std::string merchant, storage::CallbackKey key) {
  Subscriber* subscriber = Find(merchant, key.subscription);
  if (subscriber == nullptr) {
    co_return Fail(ErrorKind::kConflict, "the subscription is not configured any more");
  }
  co_await Flush();
  auto row = co_await parts_.log.Get(merchant, key);
  if (!row) co_return std::unexpected(row.error());
  if (!*row) co_return Fail(ErrorKind::kNotFound, "no such callback is kept");
  if ((*row)->status == storage::CallbackStatus::kDelivered) {
    co_return Fail(ErrorKind::kConflict, "it is delivered; a replay sends it again");
  }
  std::vector<storage::CallbackRow> rows;
  rows.push_back(std::move(**row));
  subscriber->Add(std::move(rows));
  co_return Result<void>{};
}

awaitable<Result<Dispatcher::Replayed>> Dispatcher::Replay(std::string merchant,
                                                           std::string subscription,
                                                           ReplayRange range) {
  return boost::asio::co_spawn(
      parts_.executor, ReplayHere(std::move(merchant), std::move(subscription), std::move(range)),
      boost::asio::use_awaitable);
}

awaitable<Result<Dispatcher::Replayed>> Dispatcher::ReplayHere(std::string merchant,
                                                               std::string subscription,
                                                               ReplayRange range) {
  Subscriber* subscriber = Find(merchant, subscription);
  if (subscriber == nullptr) co_return Fail(ErrorKind::kNotFound, "no such subscription");
  const Subscription& wants = subscriber->subscription();
  Replayed replayed{.callbacks = 0, .through = std::max<std::uint64_t>(range.from, 1) - 1};
  const std::uint64_t to = std::min(range.to, parts_.storage.FeedEnd(merchant));
  while (replayed.through < to && replayed.callbacks < kMostReplayed) {
    auto page =
        co_await parts_.storage.ReadChanges(merchant, replayed.through, kReplayPage, range.types);
    if (!page) co_return std::unexpected(page.error());
    std::vector<storage::CallbackRow> rows;
    for (const storage::ChangeRow& change : page->changes) {
      if (change.seq > to || (!range.subject.empty() && change.subject != range.subject)) continue;
      if (!storage::IsAskedFor(change.type, wants.types) || !IsWanted(wants, change)) continue;
      rows.push_back({.merchant = merchant,
                      .key = {.seq = change.seq, .subscription = subscription},
                      .id = change.Id(),
                      .type = change.type,
                      .subject = change.subject,
                      .attempts = {}});
    }
    replayed.callbacks += rows.size();
    subscriber->Add(std::move(rows));
    if (page->next <= replayed.through) break;
    replayed.through = page->next;
  }
  replayed.through = std::min(replayed.through, to);
  spdlog::info("event=callbacks_replayed subscription={} from={} through={} callbacks={}",
               subscription, range.from, replayed.through, replayed.callbacks);
  co_await Flush();
  co_return replayed;
}

awaitable<Result<CallbackAttempt>> Dispatcher::Test(std::string merchant,
                                                    std::string subscription) {
  return boost::asio::co_spawn(parts_.executor,
                               TestHere(std::move(merchant), std::move(subscription)),
                               boost::asio::use_awaitable);
}

awaitable<Result<CallbackAttempt>> Dispatcher::TestHere(std::string merchant,
                                                        std::string subscription) {
  Subscriber* subscriber = Find(merchant, subscription);
  if (subscriber == nullptr) co_return Fail(ErrorKind::kNotFound, "no such subscription");
  co_return co_await subscriber->Test();
}

}  // namespace weir::webhooks
