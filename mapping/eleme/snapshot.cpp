// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "base/json_writer.hpp"
#include "mapping/decimal.hpp"
#include "mapping/eleme/orders.hpp"
#include "mapping/phone.hpp"

namespace weir::mapping::eleme {
namespace {

std::optional<Instant> TakeTime(Event& event, FieldReader& reader, Fields::Name name) {
  return reader.LocalTime(name.text, event.fields.Take(name), Zone::China());
}

/// The first number is the customer's; any more go to `extra`.
void TakePhones(Event& event, FieldReader& reader, model::Customer& customer) {
  const auto list = reader.Array("phoneList", event.fields.Take("phoneList"));
  if (!list) {
    return;
  }
  std::string more;
  JsonWriter json(more);
  json.BeginArray();
  bool any_more = false;
  for (const simdjson::dom::element element : list->root().array()) {
    const Value number(element);
    if (customer.phone.empty()) {
      ReadPhone(number.text(), ',', customer);
    } else {
      any_more = true;
      number.Write(json);
    }
  }
  json.EndArray();
  if (any_more) {
    event.nested_rest.emplace_back("phoneList", std::move(more));
  }
}

void TakeAddress(Event& event, model::Customer& customer) {
  customer.address = TakeText(event, "address");
  if (event.fields.Peek("deliveryPoiAddress").text() == customer.address) {
    event.fields.Take("deliveryPoiAddress");
  }
}

/// "longitude,latitude" as Chinese maps have them.
void TakeCoordinates(Event& event, FieldReader& reader, model::Customer& customer) {
  const std::string_view text = event.fields.Take("deliveryGeo").text();
  if (text.empty()) {
    return;
  }
  const std::size_t comma = text.find(',');
  auto east = ParseDegrees(text.substr(0, comma), 180);
  auto north =
      comma == std::string_view::npos ? std::nullopt : ParseDegrees(text.substr(comma + 1), 90);
  if (!north || !east) {
    reader.Malformed("deliveryGeo");
    return;
  }
  // Orders without an address carry zeros.
  if (!(*north == "0" && *east == "0")) {
    customer.latitude = std::move(*north);
    customer.longitude = std::move(*east);
    customer.coordinate_system = "GCJ02";
  }
}

/// No deliverTime means as soon as possible; `book` repeats that.
model::Expected TakeExpected(Event& event, FieldReader& reader) {
  const bool asap = !event.fields.Has("deliverTime");
  const auto at = TakeTime(event, reader, "deliverTime");
  if (event.fields.Peek("book").text() == (asap ? "false" : "true")) {
    event.fields.Take("book");
  }
  return {.asap = asap, .from = at, .to = at};
}

std::optional<model::Invoice> TakeInvoice(Event& event) {
  const bool given = event.fields.Has("invoice") || event.fields.Has("taxpayerId");
  if (event.fields.Peek("invoiced").text() == (given ? "true" : "false")) {
    event.fields.Take("invoiced");
  }
  if (!given) {
    return std::nullopt;
  }
  return model::Invoice{.title = TakeText(event, "invoice"),
                        .tax_id = TakeText(event, "taxpayerId")};
}

/// What is paid online is paid when the order takes effect; cash is paid to the rider.
std::optional<Instant> TakePaidAt(Event& event, FieldReader& reader) {
  return event.fields.Peek("onlinePaid").text() == "true" ? TakeTime(event, reader, "activeAt")
                                                          : std::nullopt;
}

std::string TakeShop(Event& event) {
  return TakeText(event,
                  event.fields.Has("shopId") ? Fields::Name("shopId") : Fields::Name("openId"));
}

}  // namespace

model::OrderSnapshot MapSnapshot(Event& event, const model::SnapshotKey& key) {
  model::OrderSnapshot snapshot;
  FieldReader reader(snapshot.issues);
  snapshot.key = key;
  event.fields.Take("downgraded");
  snapshot.platform_shop = TakeShop(event);
  snapshot.display_no = TakeText(event, "daySn");
  snapshot.placed_at = TakeTime(event, reader, "createdAt");
  snapshot.paid_at = TakePaidAt(event, reader);
  snapshot.expected = TakeExpected(event, reader);
  snapshot.customer.name = TakeText(event, "consignee");
  TakePhones(event, reader, snapshot.customer);
  TakeAddress(event, snapshot.customer);
  TakeCoordinates(event, reader, snapshot.customer);
  snapshot.remark = TakeText(event, "description");
  snapshot.invoice = TakeInvoice(event);
  MapMoney(event, reader, snapshot);
  return snapshot;
}

}  // namespace weir::mapping::eleme
