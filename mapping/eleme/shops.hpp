// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "base/instant.hpp"
#include "mapping/json.hpp"
#include "model/order_facts.hpp"
#include "model/store_facts.hpp"

namespace weir::mapping::eleme {

struct ShopRead {
  model::StoreProfile profile;
  std::vector<model::StoreFact> states;
};

/// One OShop (protocol §1.11); nothing when it has no id.
[[nodiscard]] std::optional<ShopRead> MapShop(const Value& object, Instant asked_at);

}  // namespace weir::mapping::eleme
