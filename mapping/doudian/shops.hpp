// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/instant.hpp"
#include "mapping/json.hpp"
#include "mapping/shop_read.hpp"

namespace weir::mapping::doudian {

/// One `store` of shop.getStoreDetail or shop.getStoreList (recalled); nothing when it has no id.
[[nodiscard]] std::optional<ShopRead> MapShop(const Value& object, Instant asked_at);

}  // namespace weir::mapping::doudian
