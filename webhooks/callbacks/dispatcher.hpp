// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/swapped.hpp"
#include "base/timer.hpp"
#include "net/transport.hpp"
#include "storage/callback_log.hpp"
#include "storage/storage.hpp"
#include "webhooks/callbacks/declared.hpp"
#include "webhooks/callbacks/subscriber.hpp"
#include "webhooks/callbacks/subscription.hpp"

/// Callbacks out: the feed, signed, to the endpoints of merchants.
namespace weir::webhooks {

/// What the dispatcher stands on; all of it outlives it.
struct DispatcherParts {
  storage::Storage& storage;
  storage::CallbackLog& log;
  net::Transport& public_only;  ///< Connects to public addresses only.
  net::Transport& anywhere;     ///< For subscriptions that allow private ones.
  Clock& clock;
  Timer& timer;
  Random& random;
  /// Everything happens there, one thing at a time.
  boost::asio::any_io_executor executor;
};

/// Which changes are to be sent again.
struct ReplayRange {
  std::uint64_t from = 1;
  std::uint64_t to = UINT64_MAX;
  std::vector<std::string> types;  ///< Within those of the subscription; empty: all of them.
  std::string subject;             ///< Empty: all.
};

/// All subscriptions of a gateway, as the view declares them. At least once: what a change's
/// callback came to is durable before the cursor passes it, so a process that dies repeats some,
/// with the same `webhook-id`, and forgets none.
class Dispatcher {
 public:
  /// So many changes one replay takes at most.
  static constexpr std::size_t kMostReplayed = 10'000;
  using Subscribers = std::vector<std::shared_ptr<Subscriber>>;

  Dispatcher(DispatcherParts parts, CallbackOptions options, FileSecrets secrets);
  ~Dispatcher();

  /// Delivers, and writes what came of it ten times a second, until Stop. On the executor, once,
  /// after the fold has reached the journal's end: nothing leaves before.
  boost::asio::awaitable<void> Run();

  /// Begins nothing more, waits up to `grace` for the attempts under way and writes what is known.
  /// On the executor.
  boost::asio::awaitable<void> Stop(std::chrono::milliseconds grace);

  // From any executor.
  /// Takes what the view declares: new subscriptions begin, changed ones go on as they are now,
  /// deleted ones end. One that is seen for the first time, or for the first time in the file, goes
  /// on from the feed's end, durably on return; so the first call comes before the first change of
  /// a start is published.
  boost::asio::awaitable<Result<void>> TakeSettings();
  /// The same, with what the configuration file says anew.
  boost::asio::awaitable<Result<void>> TakeFile(CallbackOptions options, FileSecrets secrets);
  /// A pending or parked callback is due now, a parked one with all its retries. kNotFound, or
  /// kConflict when it is delivered or its subscription is deleted.
  boost::asio::awaitable<Result<void>> Retry(std::string merchant, storage::CallbackKey key);
  /// Sends changes again, with the same ids and fresh signatures, in their order. Returns how many
  /// and up to which seq; beyond kMostReplayed the caller goes on from there. They are kept before
  /// it returns.
  struct Replayed {
    std::uint64_t callbacks = 0;
    std::uint64_t through = 0;
  };
  boost::asio::awaitable<Result<Replayed>> Replay(std::string merchant, std::string subscription,
                                                  ReplayRange range);
  /// See Subscriber::Test. kConflict when no secret is declared to sign it with.
  boost::asio::awaitable<Result<storage::CallbackAttempt>> Test(std::string merchant,
                                                                std::string subscription);

  /// Callable from any thread, which may look at their keys and figures.
  [[nodiscard]] std::shared_ptr<const Subscribers> subscribers() const {
    return subscribers_.Get();
  }

 private:
  [[nodiscard]] std::shared_ptr<Subscriber> Find(const std::string& merchant,
                                                 const std::string& id) const;
  boost::asio::awaitable<Result<void>> TakeHere();
  boost::asio::awaitable<Result<void>> TakeFileHere(CallbackOptions options, FileSecrets secrets);
  boost::asio::awaitable<Result<void>> Take(DeclaredSubscriptions declared);
  using Cursors = std::map<storage::SubscriptionKey, std::uint64_t>;
  boost::asio::awaitable<Result<Cursors>> ReadCursors(std::vector<storage::SubscriptionKey> keys);
  boost::asio::awaitable<Result<void>> Add(std::vector<DeclaredSubscription> fresh);
  boost::asio::awaitable<void> Begin(std::shared_ptr<Subscriber> subscriber);
  boost::asio::awaitable<void> Flush();
  boost::asio::awaitable<void> Tell();
  boost::asio::awaitable<Result<void>> RetryHere(std::string merchant, storage::CallbackKey key);
  boost::asio::awaitable<Result<Replayed>> ReplayHere(std::string merchant,
                                                      std::string subscription, ReplayRange range);
  boost::asio::awaitable<Result<storage::CallbackAttempt>> TestHere(std::string merchant,
                                                                    std::string subscription);

  DispatcherParts parts_;
  CallbackOptions options_;
  FileSecrets secrets_;
  Swapped<Subscribers> subscribers_;
  Subscribers ending_;                          ///< Deleted, with something still under way.
  std::vector<storage::SubscriptionKey> gone_;  ///< Deleted, and not yet written.
  storage::CallbackBatch unwritten_;
  bool taking_ = false;
  bool running_ = false;
  bool flushing_ = false;
  bool telling_ = false;
  bool stopping_ = false;
};

}  // namespace weir::webhooks
