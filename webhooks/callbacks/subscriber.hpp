// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/timer.hpp"
#include "net/transport.hpp"
#include "storage/callback_log.hpp"
#include "storage/storage.hpp"
#include "sync/subscriptions.hpp"
#include "webhooks/callbacks/declared.hpp"
#include "webhooks/callbacks/lanes.hpp"
#include "webhooks/callbacks/outcome.hpp"
#include "webhooks/callbacks/subscription.hpp"
#include "webhooks/callbacks/throttle.hpp"

namespace weir::webhooks {

/// What a subscriber stands on; all of it outlives it. The executor runs one thing at a time.
struct SubscriberParts {
  storage::Storage& storage;
  net::Transport& public_only;  ///< Connects to public addresses only.
  net::Transport& anywhere;     ///< For subscriptions that allow private ones.
  Clock& clock;
  Timer& timer;
  Random& random;
  boost::asio::any_io_executor executor;
};

/// How a subscription does. Written by its executor, read from any thread.
struct SubscriptionFigures {
  std::atomic<std::uint64_t> delivered{0};
  std::atomic<std::uint64_t> failed{0};   ///< Attempts.
  std::atomic<std::uint64_t> parked{0};   ///< Callbacks given up for now.
  std::atomic<std::uint64_t> lost{0};     ///< Changes gone from the feed before they were sent.
  std::atomic<std::uint64_t> pending{0};  ///< Stored ones.
  std::atomic<std::uint64_t> cursor{0};
  std::atomic<bool> holding{false};
  std::atomic<bool> disabled{false};
};

/// Delivers the feed to one endpoint.
///
/// It reads the feed behind its cursor, keeps the changes of a subject in their order and sends
/// those of different subjects side by side. What has to wait (its attempt failed, or one before it
/// in its lane did) becomes a stored row, so that the cursor goes on; what is loaded when the
/// breaker opens too. So a dead endpoint holds rows and no memory, and it stops reading. What
/// happened is collected and written by the dispatcher: a change behind the cursor is delivered or
/// kept in a row, whatever moment the process dies at.
///
/// All methods but key() and figures() run on the executor.
class Subscriber {
 public:
  /// It goes on behind `cursor`.
  Subscriber(DeclaredSubscription declared, std::uint64_t cursor, const CallbackOptions& options,
             SubscriberParts parts);

  /// Begins to read and to send, `pending` first. Once.
  void Begin(std::vector<storage::CallbackRow> pending);
  /// As it is declared now, from the next message on. What the view says of its delivery counts
  /// when it says something new: what the endpoint has said since is not in it yet.
  void Change(DeclaredSubscription declared);
  /// Time has passed: what is due is sent.
  void Step();
  /// Nothing is begun any more.
  void Stop() { stopping_ = true; }
  /// Nothing of it is under way.
  [[nodiscard]] bool is_quiet() const;

  /// What became of its delivery and no entry says yet.
  [[nodiscard]] const std::optional<sync::DeliverySetting>& untold() const { return untold_; }
  void Told() { untold_.reset(); }

  /// Moves what is to be written to `batch`.
  void Collect(storage::CallbackBatch& batch);

  /// These are due now, whatever became of them before; those still under way are passed over.
  void Add(std::vector<storage::CallbackRow> rows);
  /// Sends one message of type "test" at once, outside of every order, and records nothing. An
  /// endpoint that answered 410 and takes it is sent to again.
  boost::asio::awaitable<storage::CallbackAttempt> Test();

  [[nodiscard]] const storage::SubscriptionKey& key() const { return key_; }
  [[nodiscard]] const Subscription& subscription() const { return subscription_; }
  [[nodiscard]] const SubscriptionFigures& figures() const { return figures_; }
  [[nodiscard]] std::size_t in_flight() const { return throttle_.in_flight(); }

 private:
  /// Sends and reads what can be; whatever changes what that is calls it.
  void Work();
  void TakeTurn();
  [[nodiscard]] bool WantsMore();
  boost::asio::awaitable<void> Read();
  boost::asio::awaitable<void> TakePage(std::size_t limit);
  void Take(storage::ChangeRow change);
  boost::asio::awaitable<void> Deliver(Delivery delivery);
  boost::asio::awaitable<Result<void>> Load(Delivery& delivery);
  boost::asio::awaitable<Outcome> Send(std::string id, std::string body,
                                       storage::CallbackAttempt& attempt);
  void Settle(Delivery delivery, const Outcome& outcome, storage::CallbackAttempt attempt);
  void SettleFailure(Delivery delivery, storage::CallbackAttempt attempt);
  void Park(Delivery delivery, std::vector<storage::CallbackAttempt> attempts);
  void PutOff(Delivery delivery, std::chrono::nanoseconds pause, storage::CallbackAttempt attempt);
  void SetDisabled(std::string_view reason);
  void Shelve(Delivery& delivery);
  void ShelveAll();
  void Record(const Delivery& delivery, storage::CallbackStatus status, Instant due_at,
              std::vector<storage::CallbackAttempt> attempts);
  void Keep(Delivery& delivery);
  void Forget(const Delivery& delivery);
  [[nodiscard]] storage::SubscriptionRow Row() const;

  const storage::SubscriptionKey key_;
  Subscription subscription_;
  std::string disabled_;  ///< Why nothing is sent; empty while it is.
  std::string declared_disabled_;
  std::uint64_t delivery_version_ = 0;
  std::optional<sync::DeliverySetting> untold_;
  const CallbackOptions& options_;
  SubscriberParts parts_;
  Throttle throttle_;
  Lanes lanes_;
  SubscriptionFigures figures_;
  std::uint64_t read_to_ = 0;
  std::set<std::uint64_t> unsettled_;  ///< Read, and neither delivered nor stored.
  std::vector<storage::CallbackRow> updates_;
  storage::SubscriptionRow written_;
  std::size_t testing_ = 0;
  bool working_ = false;  ///< In Work.
  bool more_ = false;     ///< Work was called meanwhile.
  bool running_ = false;
  bool reading_ = false;
  bool stopping_ = false;
};

}  // namespace weir::webhooks
