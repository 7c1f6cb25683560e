// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace weir::app::demo {

/// What the platforms' orders look like through the gateway's list.
struct OrderList {
  std::set<std::string> ids;
  std::uint64_t feed_end = 0;  ///< Weir-Seq as the list began: all up to here is in it.
};

/// A merchant's program that calls the gateway. Blocks; one thread at a time.
///
/// Errors: kTransport without an answer or for a 5xx, kRateLimited for 503, kUnauthorized for 401
/// and 403, kNotFound, kRejected for anything else, kMalformed for a body that is not what was
/// promised.
class GatewayClient {
 public:
  GatewayClient(const std::string& origin, const std::string& key);
  ~GatewayClient();
  GatewayClient(const GatewayClient&) = delete;
  GatewayClient& operator=(const GatewayClient&) = delete;

  /// The body of a 200.
  [[nodiscard]] Result<std::string> Get(const std::string& target);

  /// POST with a JSON body under an Idempotency-Key: the body of a 200 or 202.
  [[nodiscard]] Result<std::string> Post(const std::string& target, const std::string& body,
                                         const std::string& key);

  /// GET /v1/orders/{id}; nullopt for a 404.
  [[nodiscard]] Result<std::optional<nlohmann::json>> Order(const std::string& id);

  /// GET /v1/orders, page by page.
  [[nodiscard]] Result<OrderList> Orders();

  /// GET /v1/shipments, page by page, by their ids.
  [[nodiscard]] Result<std::map<std::string, nlohmann::json>> Shipments();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The sum over all labels of one metric of GET /metrics; 0 when the page does not have it.
[[nodiscard]] double MetricOf(std::string_view page, std::string_view name);

}  // namespace weir::app::demo
