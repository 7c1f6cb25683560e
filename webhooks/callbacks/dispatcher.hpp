// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/timer.hpp"
#include "net/transport.hpp"
#include "storage/callback_log.hpp"
#include "storage/storage.hpp"
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

/// All subscriptions of a gateway. At least once: what a change's callback came to is durable
/// before the cursor passes it, so a process that dies repeats some, with the same `webhook-id`,
/// and forgets none.
class Dispatcher {
 public:
  /// So many changes one replay takes at most.
  static constexpr std::size_t kMostReplayed = 10'000;

  Dispatcher(DispatcherParts parts, CallbackOptions options,
             std::vector<Subscription> subscriptions);
  ~Dispatcher();

  /// Before the first change of this start is published: a subscription seen for the first time
  /// goes on from here, durably, whatever happens next.
  boost::asio::awaitable<Result<void>> Prepare();

  /// Delivers, and writes what came of it ten times a second, until Stop. On the executor, once,
  /// after the fold has reached the journal's end: nothing leaves before.
  boost::asio::awaitable<void> Run();

  /// Begins nothing more, waits up to `grace` for the attempts under way and writes what is known.
  /// On the executor.
  boost::asio::awaitable<void> Stop(std::chrono::milliseconds grace);

  // From any executor.
  /// A pending or parked callback is due now, a parked one with all its retries. kNotFound, or
  /// kConflict when it is delivered or its subscription is not configured any more.
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
  /// See Subscriber::Test. An endpoint that takes it is enabled again.
  boost::asio::awaitable<Result<storage::CallbackAttempt>> Test(std::string merchant,
                                                                std::string subscription);

  /// Callable from any thread; constant but for their figures.
  [[nodiscard]] const std::vector<std::unique_ptr<Subscriber>>& subscribers() const {
    return subscribers_;
  }

 private:
  [[nodiscard]] Subscriber* Find(const std::string& merchant, const std::string& id) const;
  boost::asio::awaitable<bool> Begin();
  boost::asio::awaitable<void> Flush();
  boost::asio::awaitable<Result<void>> RetryHere(std::string merchant, storage::CallbackKey key);
  boost::asio::awaitable<Result<Replayed>> ReplayHere(std::string merchant,
                                                      std::string subscription, ReplayRange range);
  boost::asio::awaitable<Result<storage::CallbackAttempt>> TestHere(std::string merchant,
                                                                    std::string subscription);

  DispatcherParts parts_;
  const CallbackOptions options_;
  std::vector<std::unique_ptr<Subscriber>> subscribers_;
  storage::CallbackBatch unwritten_;
  bool flushing_ = false;
  bool stopping_ = false;
};

}  // namespace weir::webhooks
