// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/intrusive/list.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "net/server.hpp"

/// Inside the server: what the connections of one network thread share.
namespace weir::net {

/// What the whole server shares; constant while it runs, the counters aside.
struct ServerShared {
  ServerOptions options;
  HttpServer::Handle handle;
  Clock& clock;
  Timer& timer;
  std::optional<boost::asio::ssl::context> tls;
  ServerCounters counters;
};

/// A connection as its worker sees it.
class Connection : public boost::intrusive::list_base_hook<
                       boost::intrusive::link_mode<boost::intrusive::auto_unlink>> {
 public:
  virtual ~Connection() = default;
  virtual void CancelWaiting() = 0;  ///< Ends the read or write under way.
  virtual void Abort() = 0;          ///< Ends it all, a running handler too.

  std::chrono::nanoseconds deadline = std::chrono::nanoseconds::max();
  bool timed_out = false;
  bool is_idle = true;  ///< Between requests.
};

/// One network thread's share of the server. Used on that thread only, load() aside.
///
/// Time-outs cost nothing per read: a connection notes its deadline by the worker's coarse clock,
/// and one timer sweeps all of them.
class Worker : public std::enable_shared_from_this<Worker> {
 public:
  Worker(boost::asio::io_context& io, std::shared_ptr<ServerShared> shared, std::string id_prefix);

  void Start();
  /// No further request is begun. `ended` is called on this thread when the last connection ended.
  void Drain(std::function<void()> ended);
  void AbortAll();

  void Enter(Connection& connection);
  void Leave(Connection& connection);
  void SetDeadline(Connection& connection, std::chrono::nanoseconds limit) const;

  [[nodiscard]] std::string NextRequestId();
  [[nodiscard]] bool is_draining() const { return is_draining_; }
  [[nodiscard]] boost::asio::io_context& io() { return io_; }
  [[nodiscard]] ServerShared& shared() { return *shared_; }
  /// Connections held or on their way; the acceptor counts them in, from its own thread.
  [[nodiscard]] std::atomic<std::size_t>& load() { return load_; }

 private:
  static boost::asio::awaitable<void> Sweep(std::shared_ptr<Worker> self);
  void SweepOnce();
  void EndIfDrained();

  boost::asio::io_context& io_;
  std::shared_ptr<ServerShared> shared_;
  std::string id_prefix_;
  std::uint64_t next_id_ = 0;
  std::atomic<std::size_t> load_{0};
  std::chrono::nanoseconds now_;
  boost::intrusive::list<Connection, boost::intrusive::constant_time_size<false>> connections_;
  boost::asio::cancellation_signal stop_sweep_;
  std::function<void()> ended_;
  bool is_draining_ = false;
};

}  // namespace weir::net
