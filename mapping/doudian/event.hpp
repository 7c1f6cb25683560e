// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/digest.hpp"
#include "base/instant.hpp"
#include "mapping/codes.hpp"
#include "mapping/content.hpp"
#include "mapping/doudian/contacts.hpp"
#include "mapping/field_reader.hpp"
#include "mapping/members.hpp"

/// What the parts of the map share; private to this module.
namespace weir::mapping::doudian {

inline constexpr std::string_view kPlatform = "doudian";

/// The members of a read order that the map knows by name (protocol B4). All others, and those of
/// these that could not be placed, go to `extra`.
inline constexpr NameTable kOrderNames({
    "accept_order_status",
    "author_cost_amount",
    "buyer_words",
    "create_time",
    "earliest_receipt_time",
    "early_arrival",
    "encrypt_post_receiver",
    "encrypt_post_tel",
    "finish_time",
    "latest_receipt_time",
    "mask_post_addr",
    "mask_post_receiver",
    "mask_post_tel",
    "only_platform_cost_amount",
    "order_id",
    "order_status",
    "packing_amount",
    "pay_amount",
    "pay_time",
    "platform_cost_amount",
    "post_addr",
    "post_amount",
    "post_origin_amount",
    "post_promotion_amount",
    "post_receiver",
    "post_tel",
    "promotion_amount",
    "promotion_detail",
    "promotion_platform_amount",
    "promotion_shop_amount",
    "promotion_talent_amount",
    "ship_time",
    "shop_cost_amount",
    "shop_id",
    "sku_order_list",
    "supermarket_order_serial_no",
    "target_arrival_time",
    "tax_amount",
    "total_promotion_amount",
    "trade_type",
    "update_time",
    "user_coordinate",
});

/// One order of an answer, and what was read with it.
struct ReadOrder {
  Members<kOrderNames> fields;
  const Contacts& contacts;
  Instant asked_at{};
  ContentDigest content;   ///< Of the order and of what was decrypted for it.
  NestedRest nested_rest;  ///< For `extra`.
};
using OrderFields = Members<kOrderNames>;

[[nodiscard]] inline std::string TakeText(ReadOrder& order, OrderFields::Name name) {
  return std::string(order.fields.Take(name).text());
}

}  // namespace weir::mapping::doudian
