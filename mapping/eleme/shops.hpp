// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/instant.hpp"
#include "mapping/json.hpp"
#include "mapping/shop_read.hpp"

namespace weir::mapping::eleme {

/// One OShop (protocol §1.11); nothing when it has no id.
[[nodiscard]] std::optional<ShopRead> MapShop(const Value& object, Instant asked_at);

}  // namespace weir::mapping::eleme
