// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/instant.hpp"
#include "mapping/mapped.hpp"

namespace weir::mapping::douyin {

/// What a shop sells: of the account's products (goods/product/online/query, protocol A11, all its
/// pages) those that name the shop, or no shop at all.
[[nodiscard]] Mapped MapMenu(std::string_view pages, std::string_view shop, Instant asked_at);

}  // namespace weir::mapping::douyin
