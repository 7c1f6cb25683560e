// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "mapping/meituan/event.hpp"
#include "mapping/shop_read.hpp"
#include "model/order_facts.hpp"

namespace weir::mapping::meituan {

/// What a shop status push says; nothing when the event is none.
[[nodiscard]] std::optional<model::StoreFact> MapStore(Event& event);

/// What poi/mget is called in an entry.
inline constexpr std::string_view kShopsTopic = "poi/mget";

/// One shop of a read; nothing when it has no app_poi_code.
[[nodiscard]] std::optional<ShopRead> MapShop(const Value& object, Instant asked_at);

}  // namespace weir::mapping::meituan
