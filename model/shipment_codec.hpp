// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "model/archive.hpp"
#include "model/look_codec.hpp"
#include "model/shipment_facts.hpp"
#include "model/shipment_intent.hpp"
#include "model/shipment_state.hpp"

/// What stands in a shipment's bytes; private to this module.
namespace weir::model {

constexpr Bounds<WaybillKind> BoundsOf(WaybillKind) {
  return {WaybillKind::kMother, WaybillKind::kReturn};
}

void Describe(auto& archive, Same<ShipmentParty> auto& p) {
  archive(p.name, p.phone, p.company, p.province, p.city, p.district, p.address, p.latitude,
          p.longitude);
}

void Describe(auto& archive, Same<ShipmentGood> auto& g) {
  archive(g.name, g.code, g.quantity, g.unit, g.amount);
}

void Describe(auto& archive, Same<Consignment> auto& c) {
  archive(c.number, c.platform_shop, c.sender, c.receiver, c.goods, c.goods_value, c.weight_g,
          c.parcels, c.remark, c.selling_platform, c.display_no, c.ordered_at, c.pick_up_at,
          c.deliver_at, c.tip, c.product);
}

void Describe(auto& archive, Same<CourierQuote> auto& q) {
  archive(q.fee, q.distance_m, q.deliver_at, q.reference, q.expires_at);
}

void Describe(auto& archive, Same<ShipmentIntent> auto& i) {
  archive(i.order, i.store, i.consignment, i.plan, i.predecessor, i.stuck_after_minutes);
}

void Describe(auto& archive, Same<ShipmentChoice> auto& c) {
  archive(c.platform, c.connection, c.quote);
}

void Describe(auto& archive, Same<ShipmentFailure> auto& f) { archive(f.code, f.message); }

void Describe(auto& archive, Same<TrackingNode> auto& n) {
  archive(n.key, n.at, n.sent_at, n.status, n.code, n.text, n.place, n.life, n.precedence,
          n.rider_name, n.rider_phone);
}

void Describe(auto& archive, Same<RiderPosition> auto& p) {
  archive(p.at, p.latitude, p.longitude, p.coordinate_system);
}

void Describe(auto& archive, Same<Waybill> auto& w) { archive(w.no, w.kind); }

void Describe(auto& archive, Same<ShipmentLook> auto& l) {
  archive(l.key, l.platform_no, l.fee, l.tip, l.cancel_fee, l.distance_m, l.weight_g, l.expected_at,
          l.pickup_code, l.cancel_reason, l.extra, l.issues);
}

void Describe(auto& archive, Same<RiderAsks> auto& a) { archive(a.platform_no, a.reason, a.at); }

constexpr Bounds<AlertReason> BoundsOf(AlertReason) {
  return {AlertReason::kLate, AlertReason::kFailed};
}

void Describe(auto& archive, Same<ShipmentAlert> auto& a) { archive(a.reason, a.since, a.at); }

void Describe(auto& archive, Same<RiderAnswer> auto& a) { archive(a.asked, a.agreed); }

}  // namespace weir::model
