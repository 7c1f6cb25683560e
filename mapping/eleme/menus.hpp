// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "mapping/mapped.hpp"

namespace weir::mapping::eleme {

/// The pages of getShopCategoriesWithChildren and queryItemByPage (protocol §1.6 and §1.11) as one
/// menu. Money is yuan; attributes are what the customer chooses from.
[[nodiscard]] Mapped MapMenu(std::string_view pages, std::string_view shop, Instant asked_at);

}  // namespace weir::mapping::eleme
