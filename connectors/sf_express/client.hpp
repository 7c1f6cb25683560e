// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>

#include "connectors/roles.hpp"
#include "connectors/sf_express/credentials.hpp"

namespace weir::connectors::sf_express {

/// What is asked of a service.
struct ServiceCall {
  std::string service;
  std::string message;  ///< `msgData`, JSON.
  bool read = false;    ///< Twice does no more than once.
};

/// What came back, whatever it says.
struct Exchange {
  PulledItem item;               ///< The whole answer, under the service's code.
  std::optional<Error> refused;  ///< It says no.
};

/// Calls SF Express's services (protocol §1.1): builds, signs or brings a token, sends and unwraps.
/// `parts` outlive it. Callable from any thread.
class Client {
 public:
  Client(Credentials credentials, ConnectorParts parts);

  /// A token that is refused is renewed once.
  boost::asio::awaitable<Result<Exchange>> Ask(ServiceCall call);
  /// The same where a no is a failure.
  boost::asio::awaitable<Result<PulledItem>> Call(ServiceCall call);
  /// A file that an answer points to, with the word that opens it.
  boost::asio::awaitable<Result<std::string>> Download(std::string url, Secret token);

  [[nodiscard]] const Credentials& credentials() const { return credentials_; }

 private:
  boost::asio::awaitable<Result<Exchange>> AskWith(ServiceCall call, Secret token);
  /// `token` is empty where the call is signed.
  [[nodiscard]] net::Request RequestOf(const ServiceCall& call, const Secret& token, Instant now);

  Credentials credentials_;
  ConnectorParts parts_;
  std::atomic<std::uint64_t> calls_{0};
};

}  // namespace weir::connectors::sf_express
