// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/secret.hpp"
#include "connectors/connection.hpp"

namespace weir::connectors::sf_city {

/// What a connection to SF intra-city is told, checked.
struct Credentials {
  std::int64_t dev_id = 0;
  Secret dev_key;
  std::string shop_id;    ///< The shop that shipments leave from where they name no other.
  std::string base_url;   ///< Without a slash at its end.
  int shop_type = 1;      ///< 1: shop ids are SF's, 2: the merchant's own.
  int product_type = 1;   ///< What is carried, where a shipment does not say (protocol §2.2).
  int version = 17;       ///< Of the document we speak by: 1.7.
  int cancel_code = 313;  ///< "Called off by the merchant", the only one that is known.
  /// The error code that says of a call which names nothing but an order that there is none.
  std::string unknown_order = "1202";
  /// How answers and callbacks are written, which says of what system their coordinates are.
  std::string_view dialect;
};

/// kMalformed, with a sentence for the operator, when a credential is missing, empty or unknown, or
/// an option has no value that is known.
[[nodiscard]] Result<Credentials> ParseCredentials(const ConnectionOptions& options);

}  // namespace weir::connectors::sf_city
