// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "mapping/json.hpp"

namespace weir::mapping::doudian {

/// What an order's detail leaves out and other interfaces tell.
struct OrderNeeds {
  bool shipment = false;             ///< It is delivered within the hour, and on its way.
  std::vector<std::string> ciphers;  ///< To be decrypted, each once; at most 50 (protocol B4).
};

/// A read order's word for its shop: the first store that a line names, else the account's shop.
[[nodiscard]] std::string ShopOf(const Value& order);

/// Of an answer of order.orderDetail. kNotFound when it holds no order, kMalformed when it is no
/// answer.
[[nodiscard]] Result<OrderNeeds> NeedsOf(std::string_view detail);

}  // namespace weir::mapping::doudian
