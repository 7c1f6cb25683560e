// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace weir::net {

/// The completion token of every Asio operation in Weir: errors come as values,
/// `auto [error, n] = co_await socket.async_read_some(buffer, kAwait);`.
inline constexpr auto kAwait = boost::asio::as_tuple(boost::asio::use_awaitable);

}  // namespace weir::net
