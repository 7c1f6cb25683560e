// SPDX-License-Identifier: Apache-2.0
#include "mapping/doudian/needs.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "mapping/doudian/contacts.hpp"
#include "mapping/doudian/status.hpp"
#include "mapping/members.hpp"

namespace weir::mapping::doudian {
namespace {

/// From its being taken on a rider may be on his way to the shop; once it is finished he has been
/// at the customer's, once it is cancelled he may have been sent away or come back.
bool IsOnItsWay(const Value& order) {
  const std::string_view accepted = MemberAt(order, "accept_order_status").text();
  const bool hourly = MemberAt(order, "trade_type").text() == kHourly || !accepted.empty();
  const auto code = ParseInt(MemberAt(order, "order_status").text());
  const OrderCode* const row = code ? FindCode(kOrderCodes, *code) : nullptr;
  if (!hourly || row == nullptr) return false;
  using enum model::OrderStatus;
  return row->status == kDispatched || row->status == kCompleted || row->status == kCancelled ||
         (row->status == kPlaced && accepted == kTaken);
}

}  // namespace

std::string ShopOf(const Value& order) {
  const Value lines = MemberAt(order, "sku_order_list");
  if (lines.is_array()) {
    for (const simdjson::dom::element line : lines.array()) {
      const Value store = MemberAt(MemberAt(Value(line), "store_info"), "store_id");
      if (IsPlatformId(store.text())) return std::string(store.text());
    }
  }
  return std::string(MemberAt(order, "shop_id").text());
}

Result<OrderNeeds> NeedsOf(std::string_view detail) {
  const auto document = JsonDocument::Parse(detail);
  if (!document) return std::unexpected(document.error());
  const Value order = MemberAt(MemberAt(Value(document->root()), "data"), "shop_order_detail");
  if (!order.is_object()) return Fail(ErrorKind::kNotFound, "Doudian knows no such order.");
  OrderNeeds needs;
  needs.shipment = IsOnItsWay(order);
  for (const Value& value :
       {MemberAt(order, "encrypt_post_receiver"), MemberAt(order, "encrypt_post_tel"),
        MemberAt(MemberAt(order, "post_addr"), "encrypt_detail")}) {
    std::string cipher(value.text());
    if (IsCipher(cipher) && std::ranges::find(needs.ciphers, cipher) == needs.ciphers.end()) {
      needs.ciphers.push_back(std::move(cipher));
    }
  }
  return needs;
}

}  // namespace weir::mapping::doudian
