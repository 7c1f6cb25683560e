// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "mapping/mapped.hpp"

namespace weir::mapping::meituan {

/// What a read of a whole menu is called in an entry; the shop is its parameter app_poi_code.
inline constexpr std::string_view kMenuTopic = "menu";

/// The pages of foodCat/list and food/list (protocol §1.9) as one menu. A food's category is named
/// by its name: Meituan gives categories no other id. Money is yuan.
[[nodiscard]] Mapped MapMenu(std::string_view pages, std::string_view shop, Instant asked_at);

}  // namespace weir::mapping::meituan
