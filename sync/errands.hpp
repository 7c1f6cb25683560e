// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "connectors/roles.hpp"
#include "storage/storage.hpp"
#include "sync/connection_health.hpp"
#include "sync/ingest.hpp"

/// Work the fold planned and somebody outside it does: folding itself never causes an effect.
namespace weir::sync {

/// Who reads of a connection, with the words its entries need; null what it cannot read.
struct OrderReader {
  std::string merchant;
  std::string platform;
  std::shared_ptr<connectors::OrderSource> orders;
  std::shared_ptr<connectors::ReviewSource> reviews{};
  std::shared_ptr<connectors::MenuSource> menus{};
  std::shared_ptr<connectors::StoreSource> stores{};
  std::shared_ptr<connectors::OrderLister> lists{};
  std::shared_ptr<connectors::OrderDesk> desk{};
  std::shared_ptr<connectors::Courier> courier{};
  std::shared_ptr<ConnectionHealth> health{};  ///< Null where nobody watches.
};

/// Finds the reader of a connection; null when the connection cannot read or is disabled.
using FindOrderReader = std::function<std::shared_ptr<const OrderReader>(
    const std::string& merchant, const std::string& connection)>;

/// Owns degraded and partial orders: reads their details until their records need it no more.
///
/// A read that fails is repeated after 5 s, 30 s, 2 min, 10 min, then hourly, with jitter; how
/// often it was tried is not kept over a restart. What is wished for anew after an answer is read
/// within a second. The answer is an entry like any other. What a
/// paused connection would be asked for waits until it is not.
class Rereads {
 public:
  Rereads(storage::Storage& storage, Ingest& ingest, FindOrderReader readers, const Clock& clock,
          Random& random);

  /// Does what is due now, at most 64 reads. Returns how many answers were stored.
  boost::asio::awaitable<Result<std::size_t>> Step();

 private:
  struct Tries {
    storage::Position cause;  ///< Of the wish they are for.
    std::size_t count = 0;
    std::chrono::nanoseconds not_before{};
  };
  /// What is due of connections that are not paused, earliest first.
  boost::asio::awaitable<Result<std::vector<storage::WorkRow>>> Due();
  boost::asio::awaitable<bool> ReadOne(storage::WorkRow work);

  storage::Storage& storage_;
  Ingest& ingest_;
  FindOrderReader readers_;
  const Clock& clock_;
  Random& random_;
  std::map<std::string, Tries> tries_;  ///< By merchant/subject.
};

/// Appends the `republish` entries that larger work is split into.
class Republisher {
 public:
  explicit Republisher(storage::Storage& storage) : storage_(storage) {}
  boost::asio::awaitable<Result<std::size_t>> Step();

 private:
  storage::Storage& storage_;
  storage::Position last_;  ///< The republish entry still to be folded.
};

}  // namespace weir::sync
