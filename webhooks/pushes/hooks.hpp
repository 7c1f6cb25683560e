// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "base/clock.hpp"
#include "base/swapped.hpp"
#include "connectors/roles.hpp"
#include "net/router.hpp"
#include "storage/refusals.hpp"
#include "sync/ingest.hpp"
#include "sync/push_delays.hpp"

/// Pushes in: `POST or GET /hooks/{connection}[/{topic}]`.
namespace weir::webhooks {

/// One connection that takes pushes.
struct PushConnection {
  std::string merchant;
  std::string platform;
  std::shared_ptr<const connectors::PushVerifier> verifier;
};

/// What has been met on a connection's hooks. Written by network threads, read from any.
struct PushCounters {
  std::atomic<std::uint64_t> accepted{0};  ///< Answered ok: stored, copies and probes.
  std::atomic<std::uint64_t> refused{0};   ///< The signature did not hold.
  std::atomic<std::uint64_t> failed{0};    ///< Asked to come again: not stored.
  sync::PushDelays delays;                 ///< Of those whose signature held.
};

class PushHooks {
 public:
  PushHooks(sync::Ingest& ingest, storage::Refusals& refusals, const Clock& clock);

  /// The connections by their ids, from now on: those of the same id count on, what is in flight
  /// goes where it began. While they are not all, an unknown one is asked to come again. Callable
  /// from any thread, one at a time.
  void Set(std::map<std::string, PushConnection> connections, bool are_all = true);

  /// Adds the hook routes. An unknown connection is answered 404.
  void Mount(net::Router& router);

  /// Verifies a refused push again with today's secret; if it holds it goes in like any other,
  /// with `asked` in its envelope.
  boost::asio::awaitable<Result<sync::Ingest::Outcome>> Redrive(storage::Refusal refusal,
                                                                std::string asked);

  [[nodiscard]] std::map<std::string, std::shared_ptr<const PushCounters>> counters() const;

 private:
  struct Hook {
    PushConnection to;
    std::shared_ptr<PushCounters> counters;
  };
  using Hooks = std::map<std::string, Hook, std::less<>>;
  boost::asio::awaitable<net::Response> Take(net::Request request, net::PathParameters path);
  boost::asio::awaitable<net::Response> Refuse(Hook hook, std::string connection, std::string topic,
                                               net::Request request, Error error);

  sync::Ingest& ingest_;
  storage::Refusals& refusals_;
  const Clock& clock_;
  Swapped<Hooks> hooks_;
  std::atomic<bool> are_all_{true};
};

}  // namespace weir::webhooks
