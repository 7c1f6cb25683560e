// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/instant.hpp"
#include "mapping/json.hpp"
#include "model/store_facts.hpp"

namespace weir::mapping::douyin {

/// One shop of shop/poi/query (protocol A5); nothing when it has no number. It tells of no state.
[[nodiscard]] std::optional<model::StoreProfile> MapShop(const Value& object, Instant asked_at);

}  // namespace weir::mapping::douyin
