// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>

#include "base/error.hpp"
#include "storage/storage.hpp"
#include "sync/shipment_request.hpp"

namespace weir::gateway {

/// The request with what its order tells where the caller did not: receiver, goods, their value,
/// store, remark and times. kNotFound when there is no such order; kRejected "invalid_parameter"
/// when somebody to receive it, or a courier to ask, is missing.
[[nodiscard]] boost::asio::awaitable<Result<sync::ShipmentRequest>> Complete(
    storage::Storage& storage, std::string merchant, sync::ShipmentRequest request);

}  // namespace weir::gateway
