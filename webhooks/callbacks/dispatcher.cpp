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

/// Says that somebody is at it, as long as it lives.
class Turn {
 public:
  explicit Turn(bool& taken) : taken_(taken) { taken_ = true; }
  ~Turn() { taken_ = false; }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

 private:
  bool& taken_;
};

}  // namespace

Dispatcher::Dispatcher(DispatcherParts parts, CallbackOptions options, FileSecrets secrets)
    : parts_(std::move(parts)), options_(std::move(options)), secrets_(std::move(secrets)) {}

Dispatcher::~Dispatcher() = default;

std::shared_ptr<Subscriber> Dispatcher::Find(const std::string& merchant,
                                             const std::string& id) const {
  const auto all = subscribers_.Get();
  const storage::SubscriptionKey key{merchant, id};
  const auto found = std::ranges::find(
      *all, key, [](const auto& subscriber) -> const auto& { return subscriber->key(); });
  return found == all->end() ? nullptr : *found;
}

awaitable<Result<void>> Dispatcher::TakeSettings() {
  return boost::asio::co_spawn(parts_.executor, TakeHere(), boost::asio::use_awaitable);
}

awaitable<Result<void>> Dispatcher::TakeFile(CallbackOptions options, FileSecrets secrets) {
  return boost::asio::co_spawn(parts_.executor,
                               TakeFileHere(std::move(options), std::move(secrets)),
                               boost::asio::use_awaitable);
}

awaitable<Result<void>> Dispatcher::TakeFileHere(CallbackOptions options, FileSecrets secrets) {
  options_ = std::move(options);
  secrets_ = std::move(secrets);
  co_return co_await TakeHere();
}

// One at a time, each reading what the view says once it is its turn: the last one knows the last.
awaitable<Result<void>> Dispatcher::TakeHere() {
  while (taking_) co_await parts_.timer.Wait(kGlance);
  const Turn turn(taking_);
  auto declared = co_await ReadDeclared(parts_.storage, secrets_);
  if (!declared) co_return std::unexpected(declared.error());
  co_return co_await Take(std::move(*declared));
}

awaitable<Result<void>> Dispatcher::Take(DeclaredSubscriptions declared) {
  Subscribers going;
  const auto present = subscribers_.Get();
  for (const auto& subscriber : *present) {
    if (std::ranges::find(declared.deleted, subscriber->key()) == declared.deleted.end()) {
      going.push_back(subscriber);
      continue;
    }
    spdlog::info("event=subscription_ends subscription={}", subscriber->key().id);
    subscriber->Stop();
    ending_.push_back(subscriber);
    gone_.push_back(subscriber->key());
  }
  // A process that died may not have written what it had ended.
  if (!running_) gone_ = declared.deleted;
  subscribers_.Set(std::move(going));
  std::vector<DeclaredSubscription> fresh;
  for (DeclaredSubscription& each : declared.all) {
    if (const auto known = Find(each.key.merchant, each.key.id)) {
      known->Change(std::move(each));
    } else {
      fresh.push_back(std::move(each));
    }
  }
  co_return co_await Add(std::move(fresh));
}

// Where subscriptions go on: those seen for the first time, and those of the file that the view is
// about to declare, from the feed's end as it is now, durably.
awaitable<Result<Dispatcher::Cursors>> Dispatcher::ReadCursors(
    std::vector<storage::SubscriptionKey> keys) {
  auto known = co_await parts_.log.Subscriptions();
  if (!known) co_return std::unexpected(known.error());
  Cursors cursors;
  for (const storage::SubscriptionRow& row : *known) {
    cursors.emplace(storage::SubscriptionKey{row.merchant, row.id}, row.cursor);
  }
  for (const auto& [key, secrets] : secrets_) keys.push_back(key);
  storage::CallbackBatch begun;
  for (const storage::SubscriptionKey& key : keys) {
    const std::uint64_t end = parts_.storage.FeedEnd(key.merchant);
    if (!cursors.emplace(key, end).second) continue;
    spdlog::info("event=subscription_begins subscription={} after={}", key.id, end);
    begun.subscriptions.push_back({.merchant = key.merchant, .id = key.id, .cursor = end});
  }
  if (begun.empty()) co_return cursors;
  if (auto written = co_await parts_.log.Write(std::move(begun)); !written) {
    co_return std::unexpected(written.error());
  }
  co_return cursors;
}

awaitable<Result<void>> Dispatcher::Add(std::vector<DeclaredSubscription> fresh) {
  if (fresh.empty() && running_) co_return Result<void>{};
  std::vector<storage::SubscriptionKey> keys;
  keys.reserve(fresh.size());
  for (const DeclaredSubscription& each : fresh) keys.push_back(each.key);
  const auto cursors = co_await ReadCursors(std::move(keys));
  if (!cursors) co_return std::unexpected(cursors.error());
  Subscribers added;
  for (DeclaredSubscription& each : fresh) {
    const std::uint64_t cursor = cursors->at(each.key);
    added.push_back(std::make_shared<Subscriber>(std::move(each), cursor, options_,
                                                 SubscriberParts{.storage = parts_.storage,
                                                                 .public_only = parts_.public_only,
                                                                 .anywhere = parts_.anywhere,
                                                                 .clock = parts_.clock,
                                                                 .timer = parts_.timer,
                                                                 .random = parts_.random,
                                                                 .executor = parts_.executor}));
  }
  Subscribers all = *subscribers_.Get();
  all.insert(all.end(), added.begin(), added.end());
  subscribers_.Set(std::move(all));
  for (const auto& subscriber : added) {
    if (running_) co_await Begin(subscriber);
  }
  co_return Result<void>{};
}

awaitable<void> Dispatcher::Begin(std::shared_ptr<Subscriber> subscriber) {
  const storage::SubscriptionKey& key = subscriber->key();
  auto pending = co_await parts_.log.Pending(key.merchant, key.id);
  while (!pending && !stopping_) {
    spdlog::error("event=callback_read_failed subscription={} error=\"{}\"", key.id,
                  pending.error().message);
    co_await parts_.timer.Wait(kBeginAgainAfter);
    pending = co_await parts_.log.Pending(key.merchant, key.id);
  }
  if (!stopping_) subscriber->Begin(std::move(*pending));
}

awaitable<void> Dispatcher::Run() {
  running_ = true;
  const auto first = subscribers_.Get();
  for (const auto& subscriber : *first) co_await Begin(subscriber);
  while (!stopping_) {
    co_await parts_.timer.Wait(kTick);
    const auto all = subscribers_.Get();
    for (const auto& subscriber : *all) subscriber->Step();
    std::erase_if(ending_, [](const auto& subscriber) { return subscriber->is_quiet(); });
    co_await Flush();
    co_await Tell();
  }
}

// What could not be written goes before what came later; the subscribers stop by themselves when
// too much gathers behind it.
awaitable<void> Dispatcher::Flush() {
  if (flushing_) co_return;
  flushing_ = true;
  if (unwritten_.empty()) {
    const auto all = subscribers_.Get();
    for (const auto& subscriber : *all) subscriber->Collect(unwritten_);
    unwritten_.gone = std::exchange(gone_, {});
  }
  if (!unwritten_.empty()) {
    const auto written = co_await parts_.log.Write(unwritten_);
    if (written) {
      unwritten_ = {};
    } else {
      spdlog::error("event=callback_write_failed error=\"{}\"", written.error().message);
    }
  }
  flushing_ = false;
}

// What endpoints said of their delivery becomes an entry; one that is lost with the process is said
// again.
awaitable<void> Dispatcher::Tell() {
  if (std::exchange(telling_, true)) co_return;
  const auto all = subscribers_.Get();
  for (const auto& subscriber : *all) {
    if (!subscriber->untold()) continue;
    std::vector<storage::NewEntry> entries(1);
    entries[0].envelope.kind = storage::EntryKind::kSetting;
    entries[0].envelope.merchant = subscriber->key().merchant;
    entries[0].envelope.received_at = parts_.clock.Now();
    entries[0].payload = EncodeSetting(*subscriber->untold());
    const auto position = co_await parts_.storage.Append(std::move(entries));
    if (position) {
      subscriber->Told();
    } else {
      spdlog::error("event=delivery_not_told subscription={} error=\"{}\"", subscriber->key().id,
                    position.error().message);
    }
  }
  telling_ = false;
}

awaitable<void> Dispatcher::Stop(milliseconds grace) {
  stopping_ = true;
  const auto all = subscribers_.Get();
  for (const auto& subscriber : *all) subscriber->Stop();
  const auto end = parts_.clock.Monotonic() + grace;
  const auto is_busy = [](const auto& subscriber) { return subscriber->in_flight() > 0; };
  const auto busy = [&] {
    return flushing_ || std::ranges::any_of(*all, is_busy) || std::ranges::any_of(ending_, is_busy);
  };
  while (busy() && parts_.clock.Monotonic() < end) co_await parts_.timer.Wait(kGlance);
  co_await Flush();
  co_await Tell();
}

awaitable<Result<void>> Dispatcher::Retry(std::string merchant, storage::CallbackKey key) {
  return boost::asio::co_spawn(parts_.executor, RetryHere(std::move(merchant), std::move(key)),
                               boost::asio::use_awaitable);
}

awaitable<Result<void>> Dispatcher::RetryHere(std::string merchant, storage::CallbackKey key) {
  const auto subscriber = Find(merchant, key.subscription);
  if (!subscriber) co_return Fail(ErrorKind::kConflict, "the subscription is deleted");
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
  const auto subscriber = Find(merchant, subscription);
  if (!subscriber) co_return Fail(ErrorKind::kNotFound, "no such subscription");
  const Subscription wants = subscriber->subscription();
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
  const auto subscriber = Find(merchant, subscription);
  if (!subscriber) co_return Fail(ErrorKind::kNotFound, "no such subscription");
  if (subscriber->subscription().keys.empty()) {
    co_return Fail(ErrorKind::kConflict, "its block is gone from the configuration file");
  }
  co_return co_await subscriber->Test();
}

}  // namespace weir::webhooks
