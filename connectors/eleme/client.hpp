// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "connectors/eleme/credentials.hpp"
#include "connectors/eleme/signer.hpp"
#include "connectors/roles.hpp"
#include "net/transport.hpp"

namespace weir::connectors::eleme {

/// Calls Ele.me's API (protocol §1.2): builds, signs, sends and unwraps. `parts` outlive it.
class Client final : public OrderSource {
 public:
  Client(Credentials credentials, ConnectorParts parts);

  /// eleme.order.getOrder. kNotFound also when Ele.me answers with nothing.
  boost::asio::awaitable<Result<PulledItem>> GetOrder(std::string platform_order_id) override;

  /// Any action, with its parameters as a JSON object ("{}" for none). Those of actions.hpp are
  /// reads: they must be given what that table names, and the client stack may repeat them. A
  /// token that is refused is renewed once. The item's topic is the action, its payload the whole
  /// answer.
  boost::asio::awaitable<Result<PulledItem>> Call(std::string action, std::string params_json);

 private:
  struct Answer {
    PulledItem item;
    bool has_result = false;
  };
  boost::asio::awaitable<Result<Answer>> CallFor(std::string action, std::string params_json);
  boost::asio::awaitable<Result<Answer>> Ask(std::string action, std::vector<Param> params,
                                             Secret token);
  [[nodiscard]] net::Request RequestOf(std::string_view action, const std::vector<Param>& params,
                                       const Secret& token, Instant now);

  Credentials credentials_;
  ConnectorParts parts_;
  std::atomic<std::uint64_t> calls_{0};
};

}  // namespace weir::connectors::eleme
