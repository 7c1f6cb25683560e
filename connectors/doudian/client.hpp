// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>

#include "connectors/doudian/credentials.hpp"
#include "connectors/roles.hpp"

namespace weir::connectors::doudian {

/// Calls Doudian's API (protocol B1): builds, signs, sends and unwraps. `parts` outlive it.
class Client {
 public:
  Client(Credentials credentials, ConnectorParts parts)
      : credentials_(std::move(credentials)), parts_(std::move(parts)) {}

  /// A read of the interface `method`, with its parameters as a JSON object ("{}" for none). The
  /// client stack may repeat it. A token that is refused is renewed once. The item's topic is the
  /// method, its payload the whole answer. kNotFound when the answer brings nothing.
  boost::asio::awaitable<Result<PulledItem>> Read(std::string method, std::string params_json);

  [[nodiscard]] const Credentials& credentials() const { return credentials_; }

 private:
  boost::asio::awaitable<Result<PulledItem>> Ask(std::string method, std::string param_json,
                                                 Secret token);

  Credentials credentials_;
  ConnectorParts parts_;
};

}  // namespace weir::connectors::doudian
