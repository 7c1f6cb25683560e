// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/secret.hpp"
#include "connectors/connection.hpp"

namespace weir::connectors::douyin {

/// What a connection to Douyin's life services is told, checked.
struct Credentials {
  std::string client_key;  ///< The application's name; it travels in every push.
  Secret client_secret;
  std::string account_id;  ///< The merchant's root account.
  std::string base_url;    ///< Without a slash at its end.
};

/// Where a shop's menu is read (protocol A11).
enum class MenuQuery {
  kGoods,   ///< What the account sells: goods/product/online/query.
  kDishes,  ///< What is ordered in the shop and for picking up: goods/foodorder/dish/list.
};

/// What the platform's pages leave open, as this connection decides it.
struct Options {
  /// Whether tokens are asked of stable_client_token, which gives all who ask the same one.
  bool stable_token = true;
  /// The member and the value by which the answer to a refund's application says "processing".
  std::string refund_result = "result";
  std::string refund_processing = "2";
  /// The order queries that are asked for one order, in turn: "hermes", "trade", "akte", "retail".
  std::vector<std::string> order_queries = {"hermes", "trade"};
  MenuQuery menu = MenuQuery::kGoods;
  /// What our couriers' riders are told under, the platform's number of who carries.
  std::string rider_source = "7";
};

/// kMalformed, with a sentence for the operator, when a credential is missing, empty or unknown.
[[nodiscard]] Result<Credentials> ParseCredentials(const ConnectionOptions& options);

/// kMalformed, with the option and what was expected, when one is unknown or has no such value.
[[nodiscard]] Result<Options> ParseOptions(const ConnectionOptions& options);

/// The path of an order query; empty for an unknown one.
[[nodiscard]] std::string_view OrderQueryPath(std::string_view name);

}  // namespace weir::connectors::douyin
