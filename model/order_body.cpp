// SPDX-License-Identifier: Apache-2.0
#include "model/order_body.hpp"

#include <algorithm>

#include "base/ids.hpp"
#include "model/erasing.hpp"
#include "model/look_codec.hpp"

namespace weir::model {
namespace {

/// The end of the history and the beginning of "extra": the stamps stand between. What a text says
/// cannot look like this, its quotes are escaped; and the first found is the body's own.
constexpr std::string_view kStampsBetween = R"(],"extra":{)";

/// `at + within`, or the farthest moment there is.
Instant SaturatedSum(Instant at, std::chrono::milliseconds within) {
  return at > Instant::max() - within ? Instant::max() : at + within;
}

}  // namespace

void BodyWriter::WriteHead(const OrderState::Identity& identity) {
  json_.Member("platform", identity.platform).Member("connection", identity.connection);
  WriteStore();
  json_.Member("platform_order_id", identity.platform_order_id)
      .Member("platform_display_id", parts_.platform_display_id)
      .Member("display_no", For(SnapshotField::kDisplayNo).display_no)
      .Key("kind");
  if (const auto known = kind()) {
    json_.String(Name(*known));
  } else {
    json_.Null();
  }
  json_.Member("status", Name(StatusOf(parts_.statuses)));
  WriteOverlays();
  json_.Member("currency", "CNY");
}

void BodyWriter::WriteStore() {
  const std::string& shop = parts_.platform_shop();
  if (!WriteStoreOf(shop) && !shop.empty()) {
    issues_.push_back({.code = "unmapped_store", .detail = shop});
  }
}

bool BodyWriter::WriteStoreOf(const std::string& shop) {
  const std::string store = shop.empty() || !around_.store ? std::string() : around_.store(shop);
  json_.Key("store");
  if (store.empty()) {
    json_.Null();
  } else {
    json_.String(store);
  }
  return !store.empty();
}

void BodyWriter::WriteOverlays() {
  bool cancel_requested = false;
  bool refund_open = false;
  for (const Refund& refund : refunds_) {
    const RefundView view = View(refund);
    refund_open |= view.open();
    cancel_requested |= view.open() && view.kind == RefundKind::kCancel;
  }
  json_.Member("cancel_requested", cancel_requested)
      .Member("refund_open", refund_open)
      .Member("urged", parts_.urged);
}

void BodyWriter::WriteTimes() {
  const auto placed_at = For(SnapshotField::kPlacedAt).placed_at;
  const auto paid_at = For(SnapshotField::kPaidAt).paid_at;
  const auto begins = paid_at ? paid_at : placed_at;
  std::optional<Instant> accept_by;
  if (begins && around_.accept_within) {
    accept_by = SaturatedSum(*begins, *around_.accept_within);
  }
  json_.Member("placed_at", placed_at).Member("paid_at", paid_at).Member("accept_by", accept_by);
  json_.Key("expected");
  if (const auto& expected = For(SnapshotField::kExpected).expected) {
    json_.BeginObject()
        .Member("asap", expected->asap)
        .Member("from", expected->from)
        .Member("to", expected->to)
        .EndObject();
  } else {
    json_.Null();
  }
}

void BodyWriter::WriteCustomer() {
  const Customer& by_phone = For(SnapshotField::kPhone).customer;
  const Customer& by_place = For(SnapshotField::kCoordinates).customer;
  json_.Key("customer")
      .BeginObject()
      .Member("name", For(SnapshotField::kName).customer.name)
      .Member("phone", by_phone.phone)
      .Member("phone_extension", by_phone.phone_extension)
      .Member("phone_kind", by_phone.phone_kind)
      .Member("address", For(SnapshotField::kAddress).customer.address);
  WriteCoordinate(json_, "latitude", by_place.latitude);
  WriteCoordinate(json_, "longitude", by_place.longitude);
  json_.Member("coordinate_system", by_place.coordinate_system).EndObject();
}

void BodyWriter::WriteTotals() {
  Money refunded;
  for (const Refund& refund : refunds_) {
    const RefundView view = View(refund);
    if (view.status != RefundStatus::kRefunded || !view.amount) {
      continue;
    }
    if (const auto sum = refunded.Plus(*view.amount)) {
      refunded = *sum;
    } else {
      issues_.push_back({.code = "refunded_overflow", .detail = refund.id});
    }
  }
  json_.Key("totals")
      .BeginObject()
      .Member("items", For(SnapshotField::kTotalItems).totals.items)
      .Member("charges", For(SnapshotField::kTotalCharges).totals.charges)
      .Member("discounts", For(SnapshotField::kTotalDiscounts).totals.discounts)
      .Member("paid", For(SnapshotField::kTotalPaid).totals.paid)
      .Member("refunded", refunded)
      .Member("commission", For(SnapshotField::kTotalCommission).totals.commission)
      .Member("merchant_income", For(SnapshotField::kTotalIncome).totals.merchant_income)
      .EndObject();
}

void BodyWriter::WriteRest() {
  json_.Member("remark", For(SnapshotField::kRemark).remark).Key("invoice");
  if (const auto& invoice = For(SnapshotField::kInvoice).invoice) {
    json_.BeginObject()
        .Member("title", invoice->title)
        .Member("tax_id", invoice->tax_id)
        .EndObject();
  } else {
    json_.Null();
  }
}

void BodyWriter::WriteDelivery() {
  const DeliveryEvent* const event = parts_.delivery();
  json_.Key("delivery").BeginObject().Member("mode", Name(parts_.delivery_mode())).Key("status");
  if (event != nullptr) {
    json_.String(Name(event->status));
  } else {
    json_.Null();
  }
  json_.Key("rider")
      .BeginObject()
      .Member("name", event != nullptr ? std::string_view(event->rider_name) : "")
      .Member("phone", event != nullptr ? std::string_view(event->rider_phone) : "")
      .EndObject();
  json_.Key("shipment");
  if (parts_.shipment.empty()) {
    json_.Null();
  } else {
    json_.String(parts_.shipment);
  }
  json_.EndObject();
}

void BodyWriter::WriteHistory() {
  const History history = HistoryOf(parts_.statuses, kind());
  json_.Key("history").BeginArray();
  for (std::size_t i = 0; i < history.size(); ++i) {
    if (const auto& step = history[i]) {
      json_.BeginObject()
          .Member("status", Name(static_cast<OrderStatus>(i)))
          .Member("at", step->at)
          .Member("source", Name(step->source))
          .Member("implied", step->implied)
          .EndObject();
    }
  }
  json_.EndArray();
}

void BodyWriter::WriteExtra() {
  json_.Key("extra").BeginObject();
  for (const ExtraFact& extra : parts_.extras) {
    json_.Key(extra.event).Raw(extra.members.empty() ? "{}" : std::string_view(extra.members));
  }
  json_.EndObject();
}

void BodyWriter::WriteIssues() {
  if (!unmapped_.empty()) {
    Issue issue{.code = "unmapped_sku", .detail = {}};
    for (const std::string_view sku : unmapped_) {
      issue.detail.append(issue.detail.empty() ? "" : ",").append(sku);
    }
    issues_.push_back(std::move(issue));
  }
  json_.Key("issues").BeginArray();
  // First, where AppendErased puts it: of the others nobody can tell whose they are.
  for (const Issue& issue : parts_.issues) {
    if (IsErasedMark(issue)) {
      WriteIssue(issue);
    }
  }
  if (!parts_.snapshots.empty()) {
    std::ranges::for_each(parts_.snapshots.victor().issues,
                          [this](const Issue& issue) { WriteIssue(issue); });
  }
  for (const Issue& issue : parts_.issues) {
    const bool shown = issue.code != "incomplete" || parts_.snapshots.empty();
    if (shown && !IsErasedMark(issue)) {
      WriteIssue(issue);
    }
  }
  std::ranges::for_each(issues_, [this](const Issue& issue) { WriteIssue(issue); });
  json_.EndArray();
}

void BodyWriter::WriteIssue(const Issue& issue) {
  json_.BeginObject().Member("code", issue.code).Member("detail", issue.detail).EndObject();
}

void OrderState::AppendBody(std::string& out, const Identity& identity,
                            const Surroundings& around) const {
  BodyWriter(out, *impl_, around).Write(identity);
}

void AppendOrderJson(std::string& out, const OrderState::Identity& identity, std::string_view body,
                     const OurStamps& stamps) {
  const std::size_t split = std::min(body.find(kStampsBetween), body.size());
  const std::string_view before = body.substr(0, std::min(split + 1, body.size()));
  JsonWriter json(out);
  json.BeginObject()
      .Member("id", PlatformRecordId(identity.platform, identity.platform_order_id))
      .Member("merchant", identity.merchant)
      .Raw(before)
      .Member("version", stamps.version)
      .Member("created_at", stamps.created_at)
      .Member("updated_at", stamps.updated_at);
  out.append(body.substr(before.size())).append("}");
}

std::string BodyOf(std::string_view json, const OrderState::Identity& identity,
                   const OurStamps& stamps) {
  // With the same ends around it, what is left is the body.
  std::string around;
  AppendOrderJson(around, identity, kStampsBetween, stamps);
  const std::size_t front = around.find(kStampsBetween.front());
  const std::string_view rear = std::string_view(around).substr(front);
  const std::string_view between = rear.substr(0, rear.size() - 1);
  const std::size_t at = json.find(between);
  if (!json.starts_with(std::string_view(around).substr(0, front)) || !json.ends_with('}') ||
      at == std::string_view::npos || at < front) {
    return {};
  }
  std::string body(json.substr(front, at - front));
  body.append(kStampsBetween);
  const std::size_t behind = at + between.size();
  return body.append(json.substr(behind, json.size() - behind - 1));
}

}  // namespace weir::model
