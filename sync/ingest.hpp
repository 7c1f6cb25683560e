// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <string>

#include "base/clock.hpp"
#include "connectors/roles.hpp"
#include "storage/storage.hpp"
#include "sync/backpressure.hpp"
#include "sync/dedupe.hpp"
#include "sync/windows.hpp"

namespace weir::sync {

/// Where a push came in.
struct PushOrigin {
  std::string merchant;
  std::string connection;
  std::string platform;
  std::string topic;
  std::string request;  ///< Who asked for it through the API; empty for a platform's own push.
  Instant received_at{};
};

/// The way in for everything that is appended: durable before anyone gets an answer.
class Ingest {
 public:
  Ingest(storage::Storage& storage, const Clock& clock, const Backpressure& backpressure,
         Dedupe::Options dedupe = {});

  enum class Outcome { kStored, kDuplicate };

  /// Returns once the push, or a copy of it, is durable. kRateLimited with retry_after while the
  /// gateway is too far behind or the disk too full; kInternal when the flush failed.
  boost::asio::awaitable<Result<Outcome>> Push(PushOrigin origin, connectors::VerifiedPush push);

  /// Appends one item a platform answered; durable on return.
  boost::asio::awaitable<Result<storage::Position>> Pulled(PushOrigin origin,
                                                           connectors::PulledItem item);

  /// Appends what became of a pull; durable on return.
  boost::asio::awaitable<Result<storage::Position>> Window(std::string merchant,
                                                           PulledWindow window);

  struct Counters {
    std::atomic<std::uint64_t> stored{0};
    std::atomic<std::uint64_t> duplicates{0};
    std::atomic<std::uint64_t> held_back{0};
    std::atomic<std::uint64_t> failed{0};
  };
  [[nodiscard]] const Counters& counters() const { return counters_; }

 private:
  storage::Storage& storage_;
  const Backpressure& backpressure_;
  Dedupe dedupe_;
  Counters counters_;
};

}  // namespace weir::sync
