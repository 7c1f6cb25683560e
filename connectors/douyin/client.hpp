// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "connectors/douyin/credentials.hpp"
#include "connectors/roles.hpp"
#include "net/transport.hpp"

namespace weir::connectors::douyin {

/// A call's arguments, in the order they are sent.
using Arguments = std::vector<std::pair<std::string, std::string>>;

/// Calls Douyin's API (protocol A2): builds, sends, unwraps, and renews a token that is refused,
/// once. `parts` outlive it.
class Client {
 public:
  Client(Credentials credentials, ConnectorParts parts);

  /// A read. `path` has no slash at its ends, and is the item's topic; the item's payload is the
  /// whole answer.
  boost::asio::awaitable<Result<PulledItem>> Get(std::string path, Arguments arguments);

  /// A call with a JSON body. Only a call that does no more twice than once is `idempotent`.
  boost::asio::awaitable<Result<PulledItem>> Post(std::string path, std::string body,
                                                  bool idempotent);

  [[nodiscard]] const std::string& account_id() const { return credentials_.account_id; }

 private:
  boost::asio::awaitable<Result<PulledItem>> Call(net::Request request, std::string topic);
  boost::asio::awaitable<Result<PulledItem>> Ask(net::Request request, std::string topic,
                                                 Secret token);
  [[nodiscard]] std::string UrlOf(std::string_view path) const;

  Credentials credentials_;
  ConnectorParts parts_;
};

}  // namespace weir::connectors::douyin
