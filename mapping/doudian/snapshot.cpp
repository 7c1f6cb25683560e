// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "mapping/decimal.hpp"
#include "mapping/doudian/orders.hpp"
#include "mapping/doudian/status.hpp"

namespace weir::mapping::doudian {
namespace {

/// The text of a ciphertext, which then says nothing more; empty when it was not decrypted.
std::string_view TakeDecrypted(ReadOrder& order, OrderFields::Name cipher) {
  const auto* const found = order.contacts.Find(order.fields.Peek(cipher).text());
  if (found == nullptr) return {};
  order.fields.Take(cipher);
  return found->text;
}

/// What people may read: the plain text, else the masked one. A ciphertext stays where it is.
std::string_view TakeReadable(ReadOrder& order, OrderFields::Name plain, OrderFields::Name masked) {
  const std::string_view text = order.fields.Peek(plain).text();
  if (!text.empty() && !IsCipher(text)) {
    order.fields.Take(plain);
    order.fields.Take(masked);
    return text;
  }
  const std::string_view mask = order.fields.Take(masked).text();
  return IsCipher(mask) ? std::string_view() : mask;
}

void TakeName(ReadOrder& order, model::Customer& customer) {
  const std::string_view decrypted = TakeDecrypted(order, "encrypt_post_receiver");
  const std::string_view readable = TakeReadable(order, "post_receiver", "mask_post_receiver");
  customer.name = decrypted.empty() ? readable : decrypted;
}

void TakePhone(ReadOrder& order, model::Customer& customer) {
  const std::string_view readable = TakeReadable(order, "post_tel", "mask_post_tel");
  const auto* const found = order.contacts.Find(order.fields.Peek("encrypt_post_tel").text());
  if (found == nullptr) {
    ReadPhone(readable, false, customer);
    return;
  }
  order.fields.Take("encrypt_post_tel");
  ReadPhone(found->text, found->is_virtual, customer);
  if (found->is_virtual && !found->host.empty()) {
    customer.phone = found->host;
    customer.phone_extension = found->extension;
  }
}

/// Province, city, town and street, as far as they are told.
std::string Region(const Value& address) {
  std::string text;
  for (const std::string_view part : {"province", "city", "town", "street"}) {
    const Value place = MemberAt(address, part);
    text += place.is_object() ? MemberAt(place, "name").text() : place.text();
  }
  return text;
}

void TakeAddress(ReadOrder& order, model::Customer& customer) {
  const Value address = order.fields.Take("post_addr");
  const Value masked = order.fields.Take("mask_post_addr");
  customer.address = Region(Region(address).empty() ? masked : address);
  const auto* const found = order.contacts.Find(MemberAt(address, "encrypt_detail").text());
  const std::string_view plain = MemberAt(address, "detail").text();
  const std::string_view mask = MemberAt(masked, "detail").text();
  if (found != nullptr) {
    customer.address += found->text;
  } else if (!plain.empty() && !IsCipher(plain)) {
    customer.address += plain;
  } else if (!customer.address.empty() || !mask.empty()) {
    // A region alone is no full address: it must not stand above one that is.
    customer.address += mask.find('*') != std::string_view::npos ? std::string(mask) : "***";
  }
}

/// Degrees of AMap, under either of the names that are seen.
void TakeCoordinates(ReadOrder& order, FieldReader& reader, model::Customer& customer) {
  const Value told = order.fields.Take("user_coordinate");
  if (told.empty()) return;
  const auto degrees = [&told](std::string_view name, std::string_view longer, int limit) {
    const Value value = MemberAt(told, name);
    return ParseDegrees((value.empty() ? MemberAt(told, longer) : value).text(), limit);
  };
  auto east = degrees("longitude", "user_coordinate_longitude", 180);
  auto north = degrees("latitude", "user_coordinate_latitude", 90);
  if (!east || !north) {
    reader.Malformed("user_coordinate");
    return;
  }
  if (*east == "0" && *north == "0") return;
  customer.longitude = std::move(*east);
  customer.latitude = std::move(*north);
  customer.coordinate_system = "GCJ02";
}

/// As soon as possible where the platform says so, or nothing at all.
model::Expected TakeExpected(ReadOrder& order, FieldReader& reader) {
  const auto take = [&](OrderFields::Name name) {
    return reader.Seconds(name.text, order.fields.Take(name));
  };
  const auto target = take("target_arrival_time");
  const auto earliest = take("earliest_receipt_time");
  const auto latest = take("latest_receipt_time");
  const std::string_view early = order.fields.Take("early_arrival").text();
  const bool told = early == "true" || early == "1";
  return {.asap = told || (!target && !earliest && !latest),
          .from = earliest ? earliest : target,
          .to = latest ? latest : target};
}

/// What comes by post is a parcel. Whether an order without a known trade is one is not told.
model::OrderKind TakeKind(ReadOrder& order, bool all_fetched) {
  const std::string_view trade = order.fields.Peek("trade_type").text();
  if (trade == kHourly) order.fields.Take("trade_type");
  if (all_fetched) return model::OrderKind::kPickup;
  const bool posted =
      !trade.empty() && trade != kHourly && !order.fields.Has("accept_order_status");
  return posted ? model::OrderKind::kParcel : model::OrderKind::kDelivery;
}

}  // namespace

model::OrderSnapshot MapSnapshot(ReadOrder& order, const model::SnapshotKey& key) {
  model::OrderSnapshot snapshot;
  FieldReader reader(snapshot.issues);
  snapshot.key = key;
  snapshot.display_no = TakeText(order, "supermarket_order_serial_no");
  snapshot.placed_at = reader.Seconds("create_time", order.fields.Peek("create_time"));
  snapshot.paid_at = reader.Seconds("pay_time", order.fields.Peek("pay_time"));
  snapshot.expected = TakeExpected(order, reader);
  TakeName(order, snapshot.customer);
  TakePhone(order, snapshot.customer);
  TakeAddress(order, snapshot.customer);
  TakeCoordinates(order, reader, snapshot.customer);
  snapshot.remark = TakeText(order, "buyer_words");
  auto lines = MapLines(order, reader, snapshot);
  snapshot.platform_shop =
      lines && !lines->store.empty() ? lines->store : order.fields.Peek("shop_id").text();
  snapshot.kind = TakeKind(order, lines && lines->all_fetched);
  if (lines) {
    snapshot.totals.items = lines->sum;
    snapshot.items = std::move(lines->items);
  }
  MapMoney(order, reader, snapshot);
  return snapshot;
}

}  // namespace weir::mapping::doudian
