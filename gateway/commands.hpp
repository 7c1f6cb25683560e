// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/timer.hpp"
#include "gateway/call.hpp"
#include "gateway/writing.hpp"
#include "storage/storage.hpp"
#include "sync/command_record.hpp"

namespace weir::gateway {

/// What callers want done on a platform, and what became of it. Everything outlives the router.
struct CommandEndpointParts {
  storage::Storage& storage;
  Writing writing;
  const Clock& clock;
  Timer& timer;
};

[[nodiscard]] std::vector<EndpointRow> CommandEndpoints(const CommandEndpointParts& parts);

/// A command to be, and whose connection carries it out; that may be open.
struct PlannedCommand {
  sync::CommandRequest request;
  std::string connection;
  std::string platform;
};

/// Makes the command that a call asks for, unless one stands under its key already.
using MakeCommand = std::function<boost::asio::awaitable<Result<PlannedCommand>>()>;

/// Appends the command and answers with it: as it is, or after `?wait=` seconds or its end,
/// whichever comes first.
[[nodiscard]] boost::asio::awaitable<net::Response> Submit(CommandEndpointParts parts, Call call,
                                                           MakeCommand make);

}  // namespace weir::gateway
