// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "mapping/mapped.hpp"

namespace weir::mapping::douyin {

/// Maps what reads answer. An entry's topic is the path that was asked, behind which stands what
/// the answer does not name ("menu?poi_id=7"). A pure function.
///
/// - ".../order/query": `{"data":{"orders":[...]}}`, or one bare order of it;
/// - "order?order_id=": dialect "pages" of such an answer, the coupons' and the contacts' (what the
///   connector decrypted, contacts.hpp);
/// - ".../certificate/query?order_id=", ".../certificate/get?order_id=": its coupons;
/// - ".../comment/query", ".../shop/poi/query": one bare review, one bare shop;
/// - "menu?poi_id=": dialect "pages" of goods/product/online/query.
[[nodiscard]] Mapped MapAnswer(const Payload& payload);

}  // namespace weir::mapping::douyin
