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
namespace weir::mapping::eleme {

/// The members of a message's body or of an object of an answer that the map knows by name
/// (protocol §1.8 and §1.10). All others, and those of these that an event has no place for, go to
/// `extra`.
inline constexpr NameTable kEventNames({
    "activeAt",
    "activityTotal",
    "address",
    "appId",
    "book",
    "busyLevel",
    "coldBoxFee",
    "consignee",
    "createdAt",
    "daySn",
    "deliverFee",
    "deliverName",
    "deliverPhone",
    "deliverTime",
    "deliveryGeo",
    "deliveryPoiAddress",
    "description",
    "downgraded",
    "elemePart",
    "goodsList",
    "groups",
    "hongbao",
    "id",
    "income",
    "invoice",
    "invoiced",
    "name",
    "onlinePaid",
    "openId",
    "orderActivities",
    "orderId",
    "originalPrice",
    "packageFee",
    "phone",
    "phoneList",
    "reason",
    "refundStatus",
    "refundType",
    "relieveOAuthTime",
    "role",
    "serviceFee",
    "shopId",
    "shopPart",
    "state",
    "status",
    "taxpayerId",
    "totalPrice",
    "updateAt",
    "updateTime",
});
using Fields = Members<kEventNames>;

inline constexpr std::string_view kPlatform = "eleme";

/// One push's message, or one object of an answer.
struct Event {
  Fields fields;
  std::int64_t type = 0;  ///< Of a push; 0: unknown, or an answer.
  bool pulled = false;
  std::optional<Instant> sent_at;  ///< Pushes: the timestamp; reads: when we asked.
  ContentDigest content;
  NestedRest nested_rest;  ///< For `extra`.
};

[[nodiscard]] inline std::string TakeText(Event& event, Fields::Name name) {
  return std::string(event.fields.Take(name).text());
}

/// Takes a word of a known list; the row it stands for. One that is not in the list stays in
/// `extra` and is an issue, which names the member alone: nobody says what a word may hold.
template <typename Row, std::size_t N>
const Row* TakeWord(Event& event, Fields::Name name, const std::array<Row, N>& table,
                    std::vector<model::Issue>& issues) {
  const Value value = event.fields.Peek(name);
  if (value.empty()) {
    return nullptr;
  }
  const Row* const row = FindCode(table, value.text());
  if (row == nullptr) {
    issues.push_back({.code = "unknown_status", .detail = std::string(name.text)});
  } else {
    event.fields.Take(name);
  }
  return row;
}

}  // namespace weir::mapping::eleme
