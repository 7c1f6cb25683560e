// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "model/order_facts.hpp"
#include "model/store_facts.hpp"

namespace weir::mapping {

/// What one shop's object in an answer says.
struct ShopRead {
  model::StoreProfile profile;
  std::vector<model::StoreFact> states;
};

}  // namespace weir::mapping
