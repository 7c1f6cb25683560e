// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/digest.hpp"
#include "base/instant.hpp"
#include "mapping/content.hpp"
#include "mapping/field_reader.hpp"
#include "mapping/members.hpp"

/// What the parts of the map share; private to this module.
namespace weir::mapping::meituan {

/// The order and shop fields the map knows by name (protocol §1.5 to §1.8). All others, and those
/// of these that an event has no place for, go to `extra`.
inline constexpr NameTable kEventNames({
    "app_poi_code",
    "apply_reason",
    "audit_detail",
    "cancel_time",
    "caution",
    "completed_time",
    "confirm_time",
    "ctime",
    "day_seq",
    "deal_op_type",
    "delivery_time",
    "detail",
    "dispatcher_mobile",
    "dispatcher_name",
    "extras",
    "fetch_time",
    "food",
    "incmp_code",
    "invoice_title",
    "is_appeal",
    "is_third_shipping",
    "latitude",
    "logistics_cancel_time",
    "logistics_code",
    "logistics_completed_time",
    "logistics_confirm_time",
    "logistics_dispatcher_mobile",
    "logistics_dispatcher_name",
    "logistics_fetch_time",
    "logistics_send_time",
    "logistics_status",
    "longitude",
    "money",
    "notify_type",
    "op_type",
    "operate_time",
    "operate_user",
    "order_cancel_time",
    "order_completed_time",
    "order_confirm_time",
    "order_id",
    "order_send_time",
    "original_price",
    "package_bag_money",
    "package_bag_money_yuan",
    "pick_type",
    "poi_info",
    "poi_receive_detail",
    "poi_receive_detail_yuan",
    "poi_status",
    "reason",
    "reason_code",
    "recipient_address",
    "recipient_name",
    "recipient_phone",
    "refund_id",
    "refund_status",
    "refund_type",
    "remind_id",
    "res_type",
    "send_time",
    "shipping_fee",
    "status",
    "taxpayer_id",
    "time",
    "total",
    "utime",
    "wm_order_id_view",
    "wm_poi_id",
});
using Fields = Members<kEventNames>;

inline constexpr std::string_view kPlatform = "meituan";

/// One push, or one object of an answer.
struct Event {
  Fields fields;
  std::string_view topic;
  bool pulled = false;
  std::optional<Instant> sent_at;  ///< Pushes: the timestamp; reads: when we asked.
  ContentDigest content;
  NestedRest nested_rest;  ///< For `extra`.
};

/// The field's time, which stays in the event: several parts ask for it.
[[nodiscard]] inline std::optional<Instant> SecondsOf(const Event& event, FieldReader& reader,
                                                      Fields::Name name) {
  return reader.Seconds(name.text, event.fields.Peek(name));
}

/// The field's integer, which stays in the event.
[[nodiscard]] inline std::optional<std::int64_t> IntegerOf(const Event& event, FieldReader& reader,
                                                           Fields::Name name) {
  return reader.Integer(name.text, event.fields.Peek(name));
}

/// What an event is about, decided by its content; the topic is asked only where that is silent.
enum class Subject { kSnapshot, kRefund, kCancel, kDelivery, kStatus, kUrge, kOther };

}  // namespace weir::mapping::meituan
