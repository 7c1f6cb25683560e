// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "base/json_writer.hpp"
#include "mapping/decimal.hpp"
#include "mapping/meituan/orders.hpp"
#include "mapping/meituan/status.hpp"
#include "mapping/phone.hpp"

namespace weir::mapping::meituan {
namespace {

std::string TakeText(Event& event, Fields::Name name) {
  return std::string(event.fields.Take(name).text());
}

std::optional<Instant> TakeSeconds(Event& event, FieldReader& reader, Fields::Name name) {
  return reader.Seconds(name.text, event.fields.Take(name));
}

/// "what the customer typed@#what the coordinates were resolved to"; the latter goes to `extra`.
void TakeAddress(Event& event, model::Customer& customer) {
  constexpr std::string_view kMark = "@#";
  const std::string_view text = event.fields.Take("recipient_address").text();
  const std::size_t mark = text.find(kMark);
  customer.address = text.substr(0, mark);
  if (mark != std::string_view::npos && mark + kMark.size() < text.size()) {
    std::string resolved;
    JsonWriter(resolved).String(text.substr(mark + kMark.size()));
    event.nested_rest.emplace_back("recipient_address_resolved", std::move(resolved));
  }
}

void TakeCoordinates(Event& event, FieldReader& reader, model::Customer& customer) {
  const Value latitude = event.fields.Take("latitude");
  const Value longitude = event.fields.Take("longitude");
  auto north = ParseDegrees(latitude.text(), 90);
  auto east = ParseDegrees(longitude.text(), 180);
  if (!north && !latitude.empty()) {
    reader.Malformed("latitude");
  }
  if (!east && !longitude.empty()) {
    reader.Malformed("longitude");
  }
  // Orders without an address carry zeros.
  if (north && east && !(*north == "0" && *east == "0")) {
    customer.latitude = std::move(*north);
    customer.longitude = std::move(*east);
    customer.coordinate_system = "GCJ02";
  }
}

/// delivery_time 0 means as soon as possible.
std::optional<model::Expected> TakeExpected(Event& event, FieldReader& reader) {
  const auto time = reader.Integer("delivery_time", event.fields.Peek("delivery_time"));
  if (!time) {
    return std::nullopt;
  }
  const auto at = TakeSeconds(event, reader, "delivery_time");
  return model::Expected{.asap = *time == 0, .from = at, .to = at};
}

std::optional<model::Invoice> TakeInvoice(Event& event) {
  if (!event.fields.Has("invoice_title") && !event.fields.Has("taxpayer_id")) {
    return std::nullopt;
  }
  return model::Invoice{.title = TakeText(event, "invoice_title"),
                        .tax_id = TakeText(event, "taxpayer_id")};
}

std::string TakeShop(Event& event) {
  return TakeText(event, event.fields.Has("app_poi_code") ? Fields::Name("app_poi_code")
                                                          : Fields::Name("wm_poi_id"));
}

/// Looks, but leaves the code to `extra`: it says more than the mode.
model::DeliveryMode ModeOf(const Event& event, model::OrderKind kind) {
  if (kind == model::OrderKind::kPickup) {
    return model::DeliveryMode::kNone;
  }
  const auto mode = DeliveryModeOf(event.fields.Peek("logistics_code").text());
  // 0 does not tell the shop's own riders from Meituan's.
  return mode == model::DeliveryMode::kUnknown &&
                 event.fields.Peek("is_third_shipping").text() == "1"
             ? model::DeliveryMode::kThirdParty
             : mode;
}

}  // namespace

model::OrderSnapshot MapSnapshot(Event& event, const model::SnapshotKey& key) {
  model::OrderSnapshot snapshot;
  FieldReader reader(snapshot.issues);
  snapshot.key = key;
  snapshot.platform_shop = TakeShop(event);
  snapshot.display_no = TakeText(event, "day_seq");
  const bool pickup = reader.Integer("pick_type", event.fields.Take("pick_type")) == 1;
  snapshot.kind = pickup ? model::OrderKind::kPickup : model::OrderKind::kDelivery;
  snapshot.placed_at = TakeSeconds(event, reader, "ctime");
  snapshot.paid_at = TakeSeconds(event, reader, "order_send_time");
  snapshot.expected = TakeExpected(event, reader);
  snapshot.customer.name = TakeText(event, "recipient_name");
  ReadPhone(event.fields.Take("recipient_phone").text(), '_', snapshot.customer);
  TakeAddress(event, snapshot.customer);
  TakeCoordinates(event, reader, snapshot.customer);
  snapshot.remark = TakeText(event, "caution");
  snapshot.invoice = TakeInvoice(event);
  snapshot.delivery_mode = ModeOf(event, snapshot.kind);
  MapMoney(event, reader, snapshot);
  return snapshot;
}

}  // namespace weir::mapping::meituan
