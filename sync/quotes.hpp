// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/timer.hpp"
#include "model/consignment.hpp"
#include "storage/storage.hpp"
#include "sync/errands.hpp"

namespace weir::sync {

/// What one courier said of one consignment.
struct CourierOffer {
  std::string connection;
  std::string platform;
  Result<model::CourierQuote> quote;
  bool late = false;  ///< No answer came in time.
};

/// What a consignment is to one courier: with its word for the shop it leaves from.
[[nodiscard]] boost::asio::awaitable<Result<model::Consignment>> ForCourier(
    storage::Storage& storage, std::string merchant, std::string connection, std::string store,
    model::Consignment consignment);

/// Asks couriers what it would cost. Callable from any thread.
class Quotes {
 public:
  /// All of it outlives it.
  Quotes(storage::Storage& storage, FindOrderReader readers, Timer& timer)
      : storage_(storage), readers_(std::move(readers)), timer_(timer) {}

  /// One offer for each of `connections`, in their order. All are asked at once; whoever has not
  /// answered after `patience` is late. Those that are paused, or no couriers, say so.
  boost::asio::awaitable<std::vector<CourierOffer>> Ask(std::string merchant, std::string store,
                                                        model::Consignment consignment,
                                                        std::vector<std::string> connections,
                                                        std::chrono::milliseconds patience) const;

 private:
  boost::asio::awaitable<Result<model::CourierQuote>> AskOne(std::string merchant,
                                                             std::string store,
                                                             model::Consignment consignment,
                                                             std::string connection) const;
  boost::asio::awaitable<CourierOffer> Offer(std::string merchant, std::string store,
                                             model::Consignment consignment, std::string connection,
                                             std::chrono::milliseconds patience) const;

  storage::Storage& storage_;
  FindOrderReader readers_;
  Timer& timer_;
};

}  // namespace weir::sync
