// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/config/config.hpp"
#include "app/connections.hpp"
#include "base/clock.hpp"
#include "base/disk.hpp"
#include "base/random.hpp"
#include "base/timer.hpp"
#include "gateway/api.hpp"
#include "gateway/keys.hpp"
#include "net/router.hpp"
#include "net/transport.hpp"
#include "scheduler/ticker.hpp"
#include "storage/embedded/callback_file.hpp"
#include "storage/embedded/embedded_storage.hpp"
#include "storage/embedded/refusal_log.hpp"
#include "storage/leases.hpp"
#include "sync/backpressure.hpp"
#include "sync/commands.hpp"
#include "sync/errands.hpp"
#include "sync/fold_queue.hpp"
#include "sync/folder.hpp"
#include "sync/ingest.hpp"
#include "sync/pulls.hpp"
#include "sync/rules.hpp"
#include "sync/start.hpp"
#include "webhooks/callbacks/dispatcher.hpp"
#include "webhooks/pushes/hooks.hpp"

namespace weir::app {

/// Everything the gateway takes from outside itself; real in `weir serve`, simulated in tests.
struct Outside {
  Disk& disk;
  Clock& clock;
  Timer& timer;
  Random& random;
  net::Transport& transport;
  /// Where storage reads block.
  boost::asio::any_io_executor readers;
  /// Where callbacks leave from: one thread. Unset: `readers`, which then is one.
  boost::asio::any_io_executor callbacks{};
  /// For callbacks: connects to public addresses only, or anywhere; null: `transport`.
  net::Transport* public_only = nullptr;
  net::Transport* anywhere = nullptr;
};

struct CoreOptions {
  std::uint32_t fold_version = sync::kFoldVersion;
  /// The maps of entries that are read back from the journal; a push that has just come brings the
  /// facts its connector made. Null: every platform of the registry.
  const sync::Mappers* journal_mappers = nullptr;
  storage::JournalOptions journal{};
  storage::CheckpointOptions checkpoint{};
  std::size_t cached_orders = sync::kCachedOrders;
};

/// A whole gateway without threads and sockets: made of objects whose steps somebody else takes.
///
/// Whoever owns it keeps stepping journal() (on the writer's thread), runs FoldLoop, ErrandLoop and
/// CallbackLoop as coroutines, steps the checkpointer, and hands requests to router(). Requests may
/// be handled from the moment of construction: pushes are taken at once, the API answers `busy`
/// until ready.
class Core {
 public:
  /// Opens storage. Throws std::runtime_error with what to do when it cannot be opened, ConfigError
  /// when a connection's options are refused.
  Core(const Config& config, Outside outside, CoreOptions options = {});
  ~Core();
  Core(const Core&) = delete;
  Core& operator=(const Core&) = delete;

  /// Brings the view to the journal's end, enters this program's epoch, declares the settings, then
  /// folds what comes until Stop(). Returns an error only when going on would be wrong: the view
  /// belongs to another process, or a start that must not happen (see sync::CheckEpoch).
  boost::asio::awaitable<Result<void>> FoldLoop();

  /// Re-reads, ticks, republishing, the disk's guard and, beside those, pulls, once the fold has
  /// caught up; until Stop().
  boost::asio::awaitable<void> ErrandLoop();

  /// Callbacks to merchants, once the fold has caught up; until StopCallbacks(). Runs, as that
  /// does, on Outside::callbacks.
  boost::asio::awaitable<void> CallbackLoop();
  /// Waits up to `grace` for the attempts under way and writes what came of them.
  boost::asio::awaitable<void> StopCallbacks(std::chrono::milliseconds grace);

  /// Takes another configuration's merchants, keys, stores, connections, subscriptions and callback
  /// options, with a `setting` entry for each difference of what is declared; what its file does
  /// not declare any more is disabled. Returns how many differed, once that is in use.
  /// ConfigError's words as kRejected when a connection's options are refused, kConflict while
  /// starting: then nothing has changed. One at a time, while FoldLoop runs.
  boost::asio::awaitable<Result<std::size_t>> Reload(Config config);

  /// Ends the fold's and the errands' loop at their next turn. The fold ends once it has folded all
  /// that is durable.
  void Stop();

  [[nodiscard]] const net::Router& router() const { return router_; }
  [[nodiscard]] storage::Journal& journal() { return storage_->journal(); }
  [[nodiscard]] storage::Checkpointer& checkpointer() { return storage_->checkpointer(); }
  [[nodiscard]] storage::EmbeddedStorage& storage() { return *storage_; }
  [[nodiscard]] const sync::Backpressure& backpressure() const { return backpressure_; }
  [[nodiscard]] gateway::Readiness readiness() const;
  /// Fails readiness without stopping anything: the first step of a drain.
  void BeginDrain() { draining_ = true; }

 private:
  /// Makes that what the view declares is in use, as it stands at the call or later.
  boost::asio::awaitable<Result<void>> UseSettings();
  /// A failure is logged, and the errands try again.
  boost::asio::awaitable<void> TryToUseSettings();
  void MountRoutes();
  boost::asio::awaitable<Result<std::string>> RedriveRefusal(storage::Refusal refusal,
                                                             std::string request);
  boost::asio::awaitable<Result<void>> StartFold();
  void WatchDisk();
  boost::asio::awaitable<void> Errands();
  boost::asio::awaitable<void> SmallErrandLoop();
  boost::asio::awaitable<void> PullLoop();
  boost::asio::awaitable<void> CommandLoop(std::chrono::milliseconds pause);
  [[nodiscard]] gateway::MetricSource Metrics() const;

  Outside outside_;
  std::string folder_;
  std::vector<sync::DeclaredSettings> declared_;
  sync::FoldQueue queue_;
  std::unique_ptr<storage::EmbeddedStorage> storage_;
  std::unique_ptr<storage::RefusalLog> refusals_;
  std::unique_ptr<storage::CallbackFile> callback_log_;
  sync::Backpressure backpressure_;
  sync::CanonicalRules rules_;
  sync::Folder folder_loop_;
  sync::Ingest ingest_;
  webhooks::PushHooks hooks_;
  storage::LeaseTable lease_table_;  ///< This process has the folder for itself.
  storage::LocalLeases leases_;
  sync::HealthBook healths_;
  sync::Tokens tokens_;
  ConnectionTable connections_;
  sync::Rereads rereads_;
  sync::Republisher republisher_;
  sync::Pulls pulls_;
  sync::Commands commands_;
  scheduler::Ticker ticker_;
  webhooks::Dispatcher dispatcher_;
  gateway::KeyRing keys_;
  net::Router router_;
  std::atomic<std::uint64_t> used_setting_{0};  ///< The last `setting` entry that was looked at.
  std::atomic<bool> ready_{false};
  std::atomic<bool> draining_{false};
  std::atomic<bool> stopping_{false};
};

}  // namespace weir::app
