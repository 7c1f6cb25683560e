// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/archive.hpp"
#include "model/look_codec.hpp"
#include "model/order_parts.hpp"

/// What stands in an order's bytes; private to this module.
namespace weir::model {

void Describe(auto& archive, Same<Option> auto& o) {
  archive(o.group, o.name, o.price, o.quantity);
}

void Describe(auto& archive, Same<Component> auto& c) {
  archive(c.group, c.name, c.platform_sku, c.quantity, c.unit_price, c.options);
}

void Describe(auto& archive, Same<Item> auto& i) {
  archive(i.line, i.name, i.platform_sku, i.product_id, i.merchant_code, i.spec, i.quantity,
          i.unit_price, i.amount, i.options, i.components, i.basket, i.gift, i.note);
}

void Describe(auto& archive, Same<Charge> auto& c) { archive(c.kind, c.amount); }

void Describe(auto& archive, Same<Discount> auto& d) {
  archive(d.kind, d.name, d.amount, d.platform_share, d.merchant_share, d.other_share);
}

void Describe(auto& archive, Same<Customer> auto& c) {
  archive(c.name, c.phone, c.phone_extension, c.phone_kind, c.address, c.latitude, c.longitude,
          c.coordinate_system);
}

void Describe(auto& archive, Same<Invoice> auto& i) { archive(i.title, i.tax_id); }

void Describe(auto& archive, Same<Totals> auto& t) {
  archive(t.items, t.charges, t.discounts, t.paid, t.commission, t.merchant_income);
}

void Describe(auto& archive, Same<Expected> auto& e) { archive(e.asap, e.from, e.to); }

void Describe(auto& archive, Same<SnapshotKey> auto& k) {
  archive(k.complete, k.updated_at, k.klass, k.status_rank, k.asked_at, k.digest, k.generation);
}

void Describe(auto& archive, Same<OrderSnapshot> auto& s) {
  archive(s.key, s.platform_shop, s.display_no, s.kind, s.placed_at, s.paid_at, s.expected,
          s.customer, s.items, s.charges, s.discounts, s.totals, s.remark, s.invoice,
          s.delivery_mode, s.issues);
}

void Describe(auto& archive, Same<StatusSeen> auto& s) {
  archive(s.status, s.cause, s.timed, s.pushed, s.at);
}

void Describe(auto& archive, Same<DeliveryEvent> auto& e) {
  archive(e.at, e.status, e.digest, e.rider_name, e.rider_phone);
}

void Describe(auto& archive, Same<RefundLine> auto& l) {
  archive(l.name, l.platform_sku, l.quantity, l.amount);
}

/// As a step of a Refund: its id and applied_at stand there.
void Describe(auto& archive, Same<RefundFact> auto& f) {
  archive(f.step, f.status, f.kind, f.amount, f.reason, f.lines, f.at, f.digest);
}

void Describe(auto& archive, Same<Refund> auto& r) { archive(r.id, r.applied_at, r.steps); }

void Describe(auto& archive, Same<FlowStep> auto& s) { archive(s.opens, s.step); }

void Describe(auto& archive, Same<RefundFlow> auto& f) { archive(f.name, f.steps); }

/// As an element of a Certificate: its id stands there.
void Describe(auto& archive, Same<CertificateFact> auto& c) {
  archive(c.key, c.status, c.platform_status, c.original, c.paid, c.refunded, c.expires_at,
          c.verified_at, c.verify_id, c.platform_shop);
}

void Describe(auto& archive, Same<Certificate> auto& c) { archive(c.id, c.facts); }

void Describe(auto& archive, Same<ExtraFact> auto& e) { archive(e.event, e.key, e.members); }

void Describe(auto& archive, Same<OrderParts> auto& p) {
  archive(p.platform_display_id, p.snapshots, p.statuses, p.timed_delivery.latest,
          p.timed_delivery.latest_end, p.timed_delivery.delivered, p.untimed_delivery.events,
          p.refunds, p.extras, p.issues, p.urged, p.reread_asked, p.detail_read);
}

/// What version 2 of the bytes adds.
void DescribeAdded(auto& archive, Same<OrderParts> auto& p) { archive(p.flows, p.told_mode); }

/// What version 3 of the bytes adds to that.
void DescribeCertificates(auto& archive, Same<OrderParts> auto& p) { archive(p.certificates); }

/// What version 4 of the bytes adds to that.
void DescribeShipment(auto& archive, Same<OrderParts> auto& p) { archive(p.shipment); }

/// What a RefundFact holds beside what a step of a Refund does.
struct RefundHead {
  std::string id;
  std::optional<Instant> applied_at;
  std::string flow;
  bool opens = false;
};

void Describe(auto& archive, Same<RefundHead> auto& h) {
  archive(h.id, h.applied_at, h.flow, h.opens);
}

void Describe(auto& archive, Same<StatusFact> auto& s) {
  archive(s.status, s.cause, s.at, s.sent_at, s.source);
}

void Describe(auto& archive, Same<DeliveryFact> auto& d) {
  archive(d.status, d.at, d.sent_at, d.rider_name, d.rider_phone, d.digest);
}

void Describe(auto& archive, Same<StoreFact> auto& s) {
  archive(s.aspect, s.source, s.platform_shop, s.state, s.cause, s.reason, s.at, s.sent_at,
          s.digest);
}

/// All but the heads of refunds.
void Describe(auto& archive, Same<OrderFacts> auto& f) {
  archive(f.platform, f.platform_order_id, f.platform_display_id, f.sent_at, f.snapshot, f.statuses,
          f.deliveries, f.refunds, f.delivery_mode, f.extra, f.urged, f.wants_reread, f.issues,
          f.effect);
}

constexpr Bounds<OrderStatus> BoundsOf(OrderStatus) {
  return {OrderStatus::kPendingPayment, OrderStatus::kCancelled};
}
constexpr Bounds<OrderKind> BoundsOf(OrderKind) {
  return {OrderKind::kDelivery, OrderKind::kParcel};
}
constexpr Bounds<DeliveryMode> BoundsOf(DeliveryMode) {
  return {DeliveryMode::kUnknown, DeliveryMode::kNone};
}
constexpr Bounds<RefundStatus> BoundsOf(RefundStatus) {
  return {RefundStatus::kApplied, RefundStatus::kRefunded};
}
constexpr Bounds<RefundKind> BoundsOf(RefundKind) {
  return {RefundKind::kFull, RefundKind::kPriceDifference};
}
constexpr Bounds<CancelCause> BoundsOf(CancelCause) {
  return {CancelCause::kNone, CancelCause::kRefunded};
}
constexpr Bounds<CertificateStatus> BoundsOf(CertificateStatus) {
  return {CertificateStatus::kUnknown, CertificateStatus::kExpired};
}
constexpr Bounds<Source> BoundsOf(Source) { return {Source::kPush, Source::kPull}; }
constexpr Bounds<StoreAspect> BoundsOf(StoreAspect) {
  return {StoreAspect::kOther, StoreAspect::kListing};
}
constexpr Bounds<Effect> BoundsOf(Effect) { return {Effect::kNone, Effect::kVersion}; }
constexpr Bounds<SnapshotKey::Class> BoundsOf(SnapshotKey::Class) {
  return {SnapshotKey::Class::kBirthPush, SnapshotKey::Class::kDetailRead};
}

}  // namespace weir::model
