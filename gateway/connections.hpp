// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gateway/call.hpp"
#include "gateway/settings.hpp"
#include "gateway/writing.hpp"
#include "storage/storage.hpp"
#include "sync/connection_health.hpp"
#include "sync/push_delays.hpp"

namespace weir::gateway {

/// Whether a connection of a merchant can be made of these. kRejected "invalid_parameter" with what
/// is wrong, without a secret.
using CheckConnection =
    std::function<Result<void>(const std::string& merchant, const sync::ConnectionSetting&)>;

/// What a connection's calls and pushes have shown since the start.
struct Standing {
  sync::ConnectionHealth::Report calls;
  std::optional<sync::PushDelays::Summary> pushes;  ///< Of late; nothing when none came.
};
using StandingNow = std::function<Standing(const std::string& merchant, const std::string& id)>;

/// What the calls about connections stand on.
struct ConnectionParts {
  storage::Storage& storage;
  Writing writing;
  CheckConnection check;
  StandingNow standing;
};

/// GET, POST, PATCH and DELETE of /v1/connections.
[[nodiscard]] std::vector<EndpointRow> ConnectionEndpoints(const ConnectionParts& parts);

/// One that is not deleted, with the tag of what is declared of it; kNotFound. Secrets are never
/// shown.
[[nodiscard]] Result<Shown> ShowConnection(const ConnectionParts& parts, const Call& call,
                                           const Settings& settings, const std::string& id);

// What changes one: each is an entry, and what it declares is in use when the answer comes.
boost::asio::awaitable<net::Response> CreateConnection(ConnectionParts parts, Call call);
boost::asio::awaitable<net::Response> ChangeConnection(ConnectionParts parts, Call call);
boost::asio::awaitable<net::Response> DeleteConnection(ConnectionParts parts, Call call);

}  // namespace weir::gateway
