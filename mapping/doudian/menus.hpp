// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "mapping/mapped.hpp"

namespace weir::mapping::doudian {

/// The pages of product.listV2, and of sku.list for each product (topic "sku.list?product_id=..."),
/// as one menu (protocol B6; what a SKU's members are called is recalled). Money is fen.
[[nodiscard]] Mapped MapMenu(std::string_view pages, std::string_view shop, Instant asked_at);

}  // namespace weir::mapping::doudian
