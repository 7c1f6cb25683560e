// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.hpp"
#include "base/instant.hpp"
#include "mapping/codes.hpp"
#include "mapping/content.hpp"
#include "mapping/field_reader.hpp"
#include "mapping/members.hpp"

/// What the parts of the map share; private to this module.
namespace weir::mapping::douyin {

/// The members of an event's content, or of an order in an answer, that the map knows by name
/// (protocol A6 to A9). All others, and those of these that an event has no place for, go to
/// `extra`.
inline constexpr NameTable kEventNames({
    "action",
    "after_sale_id",
    "after_sale_type",
    "amount_info",
    "buyer_info",
    "certificate",
    "contacts",
    "count",
    "create_order_time",
    "create_time",
    "delivery_status",
    "discount_amount",
    "is_book",
    "is_self_deliver",
    "msg_time",
    "order_id",
    "order_status",
    "order_type",
    "original_amount",
    "pass",
    "pay_amount",
    "pay_time",
    "poi",
    "poi_id",
    "products",
    "receipt_amount",
    "receiver_info",
    "refund_amount",
    "refund_reason",
    "remark",
    "rider_name",
    "rider_phone",
    "shop_number",
    "sku_id",
    "sku_name",
    "sub_order_amount_infos",
    "sys_expect_time",
    "update_order_time",
    "update_time",
});
using Fields = Members<kEventNames>;

inline constexpr std::string_view kPlatform = "douyin";

/// What one message says, or one order of an answer.
struct Event {
  Fields fields;
  std::string_view name;  ///< Of a webhook; of an SPI call its kind; empty for answers.
  bool pulled = false;
  std::optional<Instant> sent_at;  ///< Reads: when we asked. Messages tell no sending time.
  ContentDigest content;
  NestedRest nested_rest;  ///< For `extra`.
};

/// Seconds or milliseconds since 1970: Douyin's pages disagree, the magnitude tells.
[[nodiscard]] inline std::optional<Instant> Moment(FieldReader& reader, std::string_view name,
                                                   const Value& value) {
  // Twelve digits of seconds are beyond the year 5138, of milliseconds before 1974.
  constexpr std::size_t kMostSecondsDigits = 11;
  return value.text().size() > kMostSecondsDigits ? reader.Milliseconds(name, value)
                                                  : reader.Seconds(name, value);
}

/// The members of a nested object; none, and an issue unless it is empty, for any other value.
[[nodiscard]] inline std::vector<Member> Inside(FieldReader& reader, std::string_view name,
                                                const Value& value) {
  if (value.is_object()) {
    return MembersOf(value.object());
  }
  if (!value.empty()) {
    reader.Malformed(name);
  }
  return {};
}

/// Keeps what nothing took of the nested object that was `name`.
template <typename Object>
void KeepRest(Event& event, std::string_view name, const Object& object) {
  if (!object.has_rest()) {
    return;
  }
  std::string rest;
  JsonWriter json(rest);
  json.BeginObject();
  object.WriteRest(json);
  json.EndObject();
  event.nested_rest.emplace_back(name, std::move(rest));
}

/// An event tells of its order beside its own members or in an object `order`: as one either way.
/// Of a name that both have, the event's own counts.
[[nodiscard]] inline std::vector<Member> FlatMembersOf(const simdjson::dom::object& content) {
  std::vector<Member> members = MembersOf(content);
  const auto order = std::ranges::find(members, "order", &Member::name);
  if (order == members.end() || !order->value.is_object()) {
    return members;
  }
  const std::vector<Member> inner = MembersOf(order->value.object());
  members.erase(order);
  members.insert(members.end(), inner.begin(), inner.end());
  return members;
}

/// The row of a code's table; an unknown code is an issue, which names the member and the code.
template <typename Row, std::size_t N>
const Row* FindKnown(std::string_view name, const Value& value, const std::array<Row, N>& table,
                     FieldReader& reader, std::vector<model::Issue>& issues) {
  const auto code = reader.Integer(name, value);
  const Row* const row = code ? FindCode(table, *code) : nullptr;
  if (code && row == nullptr) {
    issues.push_back(
        {.code = "unknown_status", .detail = std::string(name) + " " + std::to_string(*code)});
  }
  return row;
}

}  // namespace weir::mapping::douyin
