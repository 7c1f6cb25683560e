// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "model/order_facts.hpp"
#include "storage/storage.hpp"

/// What those ask of orders who read beside the fold.
namespace weir::sync {

/// What a read of an order would bring.
enum class OrderNews : std::uint8_t {
  kNothing,  ///< Its record shows all that the read says.
  kMore,
  kOrder,  ///< The order itself: nothing has told of it.
};

boost::asio::awaitable<Result<OrderNews>> LookFor(storage::Storage& storage, std::string merchant,
                                                  model::OrderFacts facts);

/// The platform's ids of the connection's orders that are not at an end, newest first. Partial ones
/// are left out: whoever re-reads asks for them anyway.
boost::asio::awaitable<Result<std::vector<std::string>>> OpenOrders(storage::Storage& storage,
                                                                    std::string merchant,
                                                                    std::string platform,
                                                                    std::string connection);

}  // namespace weir::sync
