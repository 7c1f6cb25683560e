// SPDX-License-Identifier: Apache-2.0
#include "webhooks/callbacks/subscriber.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <exception>
#include <utility>

#include "base/text.hpp"
#include "webhooks/callbacks/message.hpp"

namespace weir::webhooks {
namespace {

using std::chrono::milliseconds;
using std::chrono::nanoseconds;
using std::chrono::seconds;
using storage::CallbackAttempt;
using storage::CallbackStatus;

// Changes read at once, and how many may be loaded.
constexpr std::size_t kPage = 256;
constexpr std::size_t kMostLoaded = 512;
// Callbacks that wait in rows; with so many no more are read.
constexpr std::uint64_t kMostPending = 10'000;
// What may wait to be written: beyond that, storage is in trouble and nothing is sent.
constexpr std::size_t kMostUnwritten = 4096;
constexpr seconds kReadAgainAfter{1};
constexpr seconds kLookUp{1};
constexpr const char* kGone = "gone";

void Rethrow(std::exception_ptr thrown) {
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace

Subscriber::Subscriber(DeclaredSubscription declared, std::uint64_t cursor,
                       const CallbackOptions& options, SubscriberParts parts)
    : key_(declared.key),
      subscription_(std::move(declared.subscription)),
      declared_disabled_(declared.disabled),
      delivery_version_(declared.delivery_version),
      options_(options),
      parts_(std::move(parts)),
      throttle_(subscription_.rate_per_second, options.retries.front(), parts_.clock,
                parts_.random),
      read_to_(cursor),
      written_{.merchant = key_.merchant, .id = key_.id, .cursor = cursor} {
  figures_.cursor = cursor;
  SetDisabled(declared_disabled_);
}

void Subscriber::Change(DeclaredSubscription declared) {
  const bool is_elsewhere = declared.subscription.url != subscription_.url;
  if (declared.subscription.rate_per_second != subscription_.rate_per_second) {
    throttle_.SetRate(declared.subscription.rate_per_second);
  }
  subscription_ = std::move(declared.subscription);
  if (is_elsewhere) throttle_.StartOver();
  const bool says_something_new =
      declared.disabled != declared_disabled_ || declared.delivery_version != delivery_version_;
  declared_disabled_ = std::move(declared.disabled);
  delivery_version_ = declared.delivery_version;
  if (says_something_new) {
    untold_.reset();
    SetDisabled(declared_disabled_);
  }
  Work();
}

bool Subscriber::is_quiet() const {
  return throttle_.in_flight() == 0 && !reading_ && testing_ == 0;
}

void Subscriber::Begin(std::vector<storage::CallbackRow> pending) {
  const std::uint64_t end = parts_.storage.FeedEnd(key_.merchant);
  if (read_to_ > end) {
    spdlog::error("event=callback_cursor_ahead subscription={} cursor={} feed_end={}", key_.id,
                  read_to_, end);
    read_to_ = end;
  }
  const Instant now = parts_.clock.Now();
  for (storage::CallbackRow& row : pending) {
    const std::string subject = row.subject;
    const nanoseconds pause = std::max<nanoseconds>(row.due_at - now, nanoseconds(0));
    const bool is_first = !lanes_.HasSubject(subject);
    lanes_.Put({.seq = row.key.seq,
                .id = std::move(row.id),
                .type = std::move(row.type),
                .subject = subject,
                .tries = row.tries,
                .is_stored = true,
                .change = std::nullopt});
    ++figures_.pending;
    if (is_first && pause.count() > 0) {
      lanes_.HoldBack(subject, parts_.clock.Monotonic() + pause);
    }
  }
  running_ = true;
  Work();
}

void Subscriber::Step() {
  lanes_.Wake(parts_.clock.Monotonic());
  Work();
}

void Subscriber::Work() {
  // An answer that comes at once comes from within a turn, which must not begin another inside.
  if (std::exchange(working_, true)) {
    more_ = true;
    return;
  }
  do {
    more_ = false;
    TakeTurn();
  } while (more_);
  working_ = false;
}

void Subscriber::TakeTurn() {
  if (!running_ || stopping_ || !disabled_.empty()) return;
  if (throttle_.is_open() && !lanes_.HasDue()) lanes_.HurryFirst();
  while (updates_.size() < kMostUnwritten && lanes_.HasDue() && throttle_.Enter()) {
    boost::asio::co_spawn(parts_.executor, Deliver(*lanes_.Next()), Rethrow);
  }
  figures_.holding = throttle_.is_holding();
  if (reading_ || !WantsMore()) return;
  reading_ = true;
  boost::asio::co_spawn(parts_.executor, Read(), Rethrow);
}

bool Subscriber::WantsMore() {
  // With nothing at hand an open breaker needs one to try the endpoint with.
  if (throttle_.is_open()) return lanes_.size() == 0 && throttle_.in_flight() == 0;
  return !throttle_.is_holding() && unsettled_.size() < kMostLoaded &&
         updates_.size() < kMostUnwritten && figures_.pending < kMostPending;
}

boost::asio::awaitable<void> Subscriber::Read() {
  co_await TakePage(throttle_.is_open() ? 1 : kPage);
  reading_ = false;
  Work();
}

boost::asio::awaitable<void> Subscriber::TakePage(std::size_t limit) {
  auto page =
      co_await parts_.storage.ReadChanges(key_.merchant, read_to_, limit, subscription_.types);
  if (!page) {
    spdlog::error("event=callback_read_failed subscription={} error=\"{}\"", key_.id,
                  page.error().message);
    co_await parts_.timer.Wait(kReadAgainAfter);
    co_return;
  }
  if (page->first > read_to_ + 1) {
    spdlog::error("event=callbacks_lost subscription={} from={} to={}", key_.id, read_to_ + 1,
                  page->first - 1);
    figures_.lost += page->first - 1 - read_to_;
    read_to_ = page->first - 1;
  }
  const bool moved = page->next > read_to_;
  for (storage::ChangeRow& change : page->changes) {
    if (IsWanted(subscription_, change)) Take(std::move(change));
  }
  read_to_ = std::max(read_to_, page->next);
  if (!moved) co_await parts_.storage.WaitBeyond(key_.merchant, read_to_, kLookUp);
}

void Subscriber::Take(storage::ChangeRow change) {
  // One that was replayed by hand is on its way already.
  if (lanes_.Has(change.subject, change.seq)) return;
  const std::string subject = change.subject;
  Delivery delivery{.seq = change.seq,
                    .id = change.Id(),
                    .type = change.type,
                    .subject = subject,
                    .tries = 0,
                    .is_stored = false,
                    .change = std::nullopt};
  unsettled_.insert(delivery.seq);
  if (lanes_.IsWaiting(subject) || throttle_.is_open() || !disabled_.empty()) {
    Shelve(delivery);
  } else {
    delivery.change = std::move(change);
  }
  lanes_.Put(std::move(delivery));
}

boost::asio::awaitable<void> Subscriber::Deliver(Delivery delivery) {
  auto loaded = co_await Load(delivery);
  if (!loaded) {
    throttle_.Withdrawn();
    if (loaded.error().kind == ErrorKind::kNotFound) {
      spdlog::error("event=callback_lost subscription={} id={}", key_.id, delivery.id);
      ++figures_.lost;
      Park(std::move(delivery), {{.at = parts_.clock.Now(), .outcome = "expired"}});
    } else {
      spdlog::error("event=callback_read_failed subscription={} error=\"{}\"", key_.id,
                    loaded.error().message);
      lanes_.Wait(std::move(delivery), parts_.clock.Monotonic() + kReadAgainAfter);
    }
    co_return;
  }
  CallbackAttempt attempt;
  std::string body = BodyOf(subscription_, delivery.id, *delivery.change);
  const Outcome outcome = co_await Send(delivery.id, std::move(body), attempt);
  Settle(std::move(delivery), outcome, std::move(attempt));
  Work();
}

boost::asio::awaitable<Result<void>> Subscriber::Load(Delivery& delivery) {
  if (delivery.change) co_return Result<void>{};
  auto changes = co_await parts_.storage.ReadChangesAt(key_.merchant, {delivery.seq});
  if (!changes) co_return std::unexpected(changes.error());
  if (changes->empty()) co_return Fail(ErrorKind::kNotFound, "the feed no longer has the change");
  delivery.change = std::move(changes->front());
  co_return Result<void>{};
}

boost::asio::awaitable<Outcome> Subscriber::Send(std::string id, std::string body,
                                                 CallbackAttempt& attempt) {
  const auto began = parts_.clock.Monotonic();
  attempt.at = parts_.clock.Now();
  net::Transport& transport = subscription_.allow_private ? parts_.anywhere : parts_.public_only;
  const auto answer = co_await transport.Send(
      MakeRequest(subscription_, id, std::move(body), attempt.at), options_.timeout);
  const auto took = parts_.clock.Monotonic() - began;
  Outcome outcome = Judge(answer, took >= options_.timeout, parts_.clock.Now());
  attempt.duration = std::chrono::round<milliseconds>(took);
  attempt.status = outcome.status;
  attempt.outcome = outcome.word;
  attempt.answer = std::move(outcome.answer);
  co_return outcome;
}

void Subscriber::Settle(Delivery delivery, const Outcome& outcome, CallbackAttempt attempt) {
  if (outcome.verdict == Verdict::kDelivered) {
    const bool was_open = throttle_.is_open();
    throttle_.Delivered();
    if (was_open) spdlog::info("event=endpoint_back subscription={}", key_.id);
    ++figures_.delivered;
    Record(delivery, CallbackStatus::kDelivered, parts_.clock.Now(), {std::move(attempt)});
    Forget(delivery);
    lanes_.Done(delivery.subject);
    return;
  }
  ++figures_.failed;
  if (outcome.verdict == Verdict::kFailed) {
    SettleFailure(std::move(delivery), std::move(attempt));
    return;
  }
  const seconds pause =
      std::max(outcome.retry_after.value_or(options_.retries.front()), seconds(1));
  if (outcome.verdict == Verdict::kGone) {
    throttle_.Withdrawn();
    PutOff(std::move(delivery), nanoseconds(0), std::move(attempt));
    if (!disabled_.empty()) return;
    untold_ = sync::DeliverySetting{.subscription = key_.id,
                                    .disabled = kGone,
                                    .endpoint = sync::EndpointMark(subscription_.url)};
    SetDisabled(kGone);
  } else {
    throttle_.Paused(pause);
    PutOff(std::move(delivery), pause, std::move(attempt));
  }
}

void Subscriber::SettleFailure(Delivery delivery, CallbackAttempt attempt) {
  // A probe that fails says nothing about its callback: an endpoint may be down for longer than a
  // row of retries, and nothing is given up for that.
  if (!throttle_.is_open()) ++delivery.tries;
  spdlog::info(
      "event=callback_failed subscription={} id={} subject={} outcome={} status={} tries={}",
      key_.id, delivery.id, delivery.subject, attempt.outcome, attempt.status, delivery.tries);
  const bool opens = throttle_.Failed(delivery.subject);
  if (delivery.tries > options_.retries.size()) {
    spdlog::error("event=callback_parked subscription={} id={} subject={}", key_.id, delivery.id,
                  delivery.subject);
    ++figures_.parked;
    Park(std::move(delivery), {std::move(attempt)});
  } else {
    const std::size_t row = std::max<std::size_t>(delivery.tries, 1) - 1;
    PutOff(std::move(delivery), WithJitter(options_.retries.at(row), parts_.random),
           std::move(attempt));
  }
  if (!opens) return;
  spdlog::error("event=endpoint_failing subscription={} held=true", key_.id);
  ShelveAll();
}

void Subscriber::Park(Delivery delivery, std::vector<CallbackAttempt> attempts) {
  Record(delivery, CallbackStatus::kParked, parts_.clock.Now(), std::move(attempts));
  Forget(delivery);
  lanes_.Done(delivery.subject);
}

void Subscriber::PutOff(Delivery delivery, nanoseconds pause, CallbackAttempt attempt) {
  const Instant due = parts_.clock.Now() + std::chrono::ceil<milliseconds>(pause);
  Record(delivery, CallbackStatus::kPending, due, {std::move(attempt)});
  Keep(delivery);
  const std::string subject = delivery.subject;
  lanes_.Wait(std::move(delivery), parts_.clock.Monotonic() + pause);
  lanes_.ForEachOf(subject, [this](Delivery& behind) { Shelve(behind); });
}

void Subscriber::SetDisabled(std::string_view reason) {
  if (reason == disabled_) return;
  disabled_ = reason;
  figures_.disabled = !disabled_.empty();
  if (disabled_.empty()) {
    spdlog::info("event=subscription_enabled subscription={}", key_.id);
    return;
  }
  spdlog::log(disabled_ == kGone ? spdlog::level::err : spdlog::level::info,
              "event=subscription_disabled subscription={} reason={}", key_.id, disabled_);
  ShelveAll();
}

void Subscriber::Shelve(Delivery& delivery) {
  if (delivery.is_stored) return;
  Record(delivery, CallbackStatus::kPending, parts_.clock.Now(), {});
  Keep(delivery);
}

void Subscriber::ShelveAll() {
  lanes_.ForEach([this](Delivery& delivery) { Shelve(delivery); });
}

void Subscriber::Record(const Delivery& delivery, CallbackStatus status, Instant due_at,
                        std::vector<CallbackAttempt> attempts) {
  updates_.push_back({.merchant = key_.merchant,
                      .key = {.seq = delivery.seq, .subscription = key_.id},
                      .id = delivery.id,
                      .type = delivery.type,
                      .subject = delivery.subject,
                      .status = status,
                      .tries = delivery.tries,
                      .due_at = due_at,
                      .attempts = std::move(attempts)});
}

/// A row has it now.
void Subscriber::Keep(Delivery& delivery) {
  if (!delivery.is_stored) ++figures_.pending;
  delivery.is_stored = true;
  delivery.change.reset();
  unsettled_.erase(delivery.seq);
}

/// Nobody has to think of it any more.
void Subscriber::Forget(const Delivery& delivery) {
  if (delivery.is_stored) --figures_.pending;
  unsettled_.erase(delivery.seq);
}

storage::SubscriptionRow Subscriber::Row() const {
  return {.merchant = key_.merchant,
          .id = key_.id,
          .cursor = unsettled_.empty() ? read_to_ : *unsettled_.begin() - 1};
}

void Subscriber::Collect(storage::CallbackBatch& batch) {
  if (!running_) return;
  storage::SubscriptionRow row = Row();
  figures_.cursor = row.cursor;
  if (row != written_) {
    written_ = row;
    batch.subscriptions.push_back(std::move(row));
  }
  std::ranges::move(updates_, std::back_inserter(batch.callbacks));
  updates_.clear();
}

void Subscriber::Add(std::vector<storage::CallbackRow> rows) {
  for (storage::CallbackRow& row : rows) {
    if (lanes_.Has(row.subject, row.key.seq)) {
      lanes_.Hurry(row.subject);
      continue;
    }
    const std::string subject = row.subject;
    Delivery delivery{.seq = row.key.seq,
                      .id = std::move(row.id),
                      .type = std::move(row.type),
                      .subject = subject,
                      .tries = 0,
                      .is_stored = false,
                      .change = std::nullopt};
    Shelve(delivery);
    lanes_.Put(std::move(delivery));
    lanes_.Hurry(subject);
  }
  Work();
}

boost::asio::awaitable<CallbackAttempt> Subscriber::Test() {
  const std::string id = "test-" + ToBase32(parts_.random.Below(UINT64_MAX));
  storage::ChangeRow change;
  change.type = "test";
  change.at = parts_.clock.Now();
  change.data = "{}";
  CallbackAttempt attempt;
  ++testing_;
  const Outcome outcome = co_await Send(id, BodyOf(subscription_, id, change), attempt);
  --testing_;
  if (outcome.verdict == Verdict::kDelivered && disabled_ == kGone) {
    untold_ = sync::DeliverySetting{.subscription = key_.id, .disabled = {}, .endpoint = {}};
    SetDisabled("");
    Work();
  }
  co_return attempt;
}

}  // namespace weir::webhooks
