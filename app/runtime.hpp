// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "app/config/config.hpp"
#include "app/core.hpp"
#include "base/clock.hpp"
#include "base/disk.hpp"
#include "base/random.hpp"
#include "base/timer.hpp"
#include "net/beast_transport.hpp"
#include "net/server.hpp"

namespace weir::app {

/// A gateway on the real world: the system's disk, clock and network, and every thread there is.
///
/// Threads: one per io_context for the network, one for callbacks, one for the journal's writer,
/// one for the fold, one beside the fold for checkpoints, two for reads. Nothing else in Weir makes
/// a thread.
class Runtime {
 public:
  /// Opens storage and binds the port; throws with what to do when that fails.
  /// `on_fatal` is called once, from any thread, when the fold must not go on.
  Runtime(Config config, std::function<void(const Error&)> on_fatal);
  ~Runtime();
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

  /// Starts the threads and serves.
  void Start();

  /// Takes what a configuration read anew says, beside serving; logs what became of it. What only a
  /// restart changes is named in the log and left as it is. From the thread that calls Stop.
  void Reload(Config config);

  /// Drains: refuses new connections, finishes running requests for `grace`, folds all that is
  /// durable, makes the view durable, ends every thread. Once.
  void Stop(std::chrono::milliseconds grace);

  [[nodiscard]] std::uint16_t port() const { return server_->port(); }
  [[nodiscard]] Core& core() { return *core_; }

 private:
  void RunWriter();
  void RunCheckpoints();
  void Maintain();
  void StopServer(std::chrono::milliseconds grace);

  boost::asio::awaitable<void> ReloadInTurn(Config config);

  const Config config_;
  const std::function<void(const Error&)> on_fatal_;
  SystemDisk disk_;
  SystemClock clock_;
  SystemTimer timer_;
  SystemRandom random_;
  boost::asio::thread_pool readers_;
  std::vector<std::unique_ptr<boost::asio::io_context>> networks_;
  boost::asio::io_context fold_context_{1};
  boost::asio::io_context callback_context_{1};
  net::BeastTransport transport_;
  net::BeastTransport public_only_;
  net::BeastTransport anywhere_;
  std::unique_ptr<Core> core_;
  std::unique_ptr<net::HttpServer> server_;
  std::vector<std::thread> threads_;
  std::thread fold_thread_;
  std::atomic<bool> fold_done_{false};
  bool reloading_ = false;  ///< On the first network thread.
  std::atomic<bool> stopping_{false};
  bool stopped_ = false;
};

}  // namespace weir::app
