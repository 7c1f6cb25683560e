// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <memory>

#include "net/worker.hpp"

/// Inside the server: one connection from its first byte to its last.
namespace weir::net {

/// The server's sockets know their io_context by type, which saves an indirection per operation.
using ServerSocket =
    boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

/// Serves `socket`, which belongs to the worker's io_context, until it ends. Callable from any
/// thread; worker->load() already counts the connection.
void ServeConnection(std::shared_ptr<Worker> worker, ServerSocket socket);

}  // namespace weir::net
