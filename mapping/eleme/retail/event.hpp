// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "base/digest.hpp"
#include "base/instant.hpp"
#include "mapping/content.hpp"
#include "mapping/field_reader.hpp"
#include "mapping/members.hpp"

/// What the parts of the retail map share; private to this module.
namespace weir::mapping::eleme::retail {

/// The members of a push's body or of an answer's data that the map knows by name. All others, and
/// those of these that an event has no place for, go to `extra`.
inline constexpr NameTable kEventNames({
    "business_ele",
    "cancel_reason",
    "discount",
    "order",
    "order_id",
    "products",
    "reason",
    "refund_id",
    "refund_order_id",
    "refund_price",
    "refund_products",
    "shop",
    "shop_id",
    "source",
    "status",
    "type",
    "user",
});
using Fields = Members<kEventNames>;

/// The members of an order's own object, in which its amounts are fen.
inline constexpr NameTable kOrderNames({
    "atshop_time",      "cancel_time",    "cold_box_fee",   "commission",   "confirm_time",
    "create_time",      "delivery_party", "delivery_phone", "discount_fee", "down_flag",
    "eleme_order_id",   "finished_time",  "invoice_title",  "need_invoice", "order_id",
    "order_index",      "package_fee",    "pickup_time",    "remark",       "send_fee",
    "send_immediately", "send_time",      "shop_fee",       "status",       "taxer_id",
    "total_fee",        "user_fee",
});
using Order = Members<kOrderNames>;

/// One push's body, or the data of one answer.
struct Event {
  Fields fields;
  bool pulled = false;
  std::optional<Instant> sent_at;  ///< Pushes: the timestamp; reads: when we asked.
  ContentDigest content;
  NestedRest nested_rest;  ///< For `extra`.
};

}  // namespace weir::mapping::eleme::retail
