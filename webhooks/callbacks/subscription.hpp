// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "webhooks/callbacks/signature.hpp"

namespace weir::webhooks {

/// An endpoint of a merchant and what it wants to hear.
struct Subscription {
  std::string url;
  std::vector<SigningKey> keys;        ///< The present one first; a rotated one while it overlaps.
  std::vector<std::string> types;      ///< "order.placed", "order.*", "*".
  std::vector<std::string> stores;     ///< Empty: all.
  std::vector<std::string> platforms;  ///< Empty: all.
  bool personal = false;               ///< Else personal data is masked.
  bool allow_private = false;          ///< The endpoint may live on a private address.
  std::optional<std::uint32_t> rate_per_second;  ///< What it declares to bear.
};

struct CallbackOptions {
  /// The pauses after the first attempt that failed, the second ...; each +-20 %. After the last
  /// retry a callback is parked. Not empty.
  std::vector<std::chrono::seconds> retries = {
      std::chrono::seconds(5),     std::chrono::seconds(300),   std::chrono::seconds(1800),
      std::chrono::seconds(7200),  std::chrono::seconds(18000), std::chrono::seconds(36000),
      std::chrono::seconds(36000),
  };
  std::chrono::seconds timeout{15};  ///< For a whole attempt, connecting included.
};

}  // namespace weir::webhooks
