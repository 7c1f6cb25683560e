// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "connectors/eleme/credentials.hpp"
#include "connectors/roles.hpp"

namespace weir::connectors::eleme::retail {

/// Calls the retail platform's API (protocol §2): builds, signs, sends and unwraps. What `parts`
/// refers to outlives it.
class Client final : public OrderSource {
 public:
  Client(Credentials credentials, ConnectorParts parts);

  /// order.get. kNotFound also when the answer holds nothing.
  boost::asio::awaitable<Result<PulledItem>> GetOrder(std::string platform_order_id) override;

  /// Any command, with its body, which is JSON and is sent as it is. order.get, shop.get and
  /// sku.list are reads, which the client stack may repeat. The item's topic is the command, its
  /// payload the whole answer.
  boost::asio::awaitable<Result<PulledItem>> Call(std::string cmd, std::string body_json);

 private:
  struct Answer {
    PulledItem item;
    bool has_data = false;
  };
  boost::asio::awaitable<Result<Answer>> CallFor(std::string cmd, std::string body_json);
  boost::asio::awaitable<Result<Answer>> Ask(std::string cmd, std::string body_json, Secret token);
  [[nodiscard]] net::Request RequestOf(std::string_view cmd, std::string_view body_json,
                                       const Secret& token, Instant now);
  [[nodiscard]] std::string NextTicket(Instant now);

  Credentials credentials_;
  ConnectorParts parts_;
  std::atomic<std::uint64_t> calls_{0};
};

}  // namespace weir::connectors::eleme::retail
