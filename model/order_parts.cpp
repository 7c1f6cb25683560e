// SPDX-License-Identifier: Apache-2.0
#include "model/order_parts.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "model/erasing.hpp"

namespace weir::model {
namespace {

template <typename T>
void KeepGreatest(std::optional<T>& kept, T other) {
  if (!kept || *kept < other) {
    kept = std::move(other);
  }
}

void KeepSmallest(std::optional<Instant>& kept, std::optional<Instant> other) {
  if (other && (!kept || *other < *kept)) {
    kept = other;
  }
}

bool IsEnd(ShipmentStatus status) {
  return status == ShipmentStatus::kDelivered || status == ShipmentStatus::kReturning ||
         status == ShipmentStatus::kReturned;
}

}  // namespace

void Join(StatusSeen& seen, const StatusSeen& other) {
  if (seen.timed == other.timed) {
    KeepSmallest(seen.at, other.at);
  } else if (other.timed) {
    seen.at = other.at;
    seen.timed = true;
  }
  seen.pushed |= other.pushed;
}

void TimedDelivery::Add(DeliveryEvent event) {
  if (event.status == ShipmentStatus::kDelivered) {
    delivered = true;
    latest.reset();
  }
  if (IsEnd(event.status)) {
    KeepGreatest(latest_end, event);
  }
  if (!delivered) {
    KeepGreatest(latest, std::move(event));
  }
}

const DeliveryEvent* TimedDelivery::winner() const {
  const auto& deciding = delivered ? latest_end : latest;
  return deciding ? &*deciding : nullptr;
}

void UntimedDelivery::Add(DeliveryEvent event) {
  const auto identity = [](const DeliveryEvent& e) {
    return std::tie(e.digest, e.status, e.rider_name, e.rider_phone);
  };
  const auto at = std::ranges::lower_bound(events, identity(event), {}, identity);
  if (at != events.end() && identity(*at) == identity(event)) {
    KeepSmallest(at->at, event.at);
  } else {
    events.insert(at, std::move(event));
  }
}

const DeliveryEvent* UntimedDelivery::winner() const {
  const bool delivered = std::ranges::any_of(
      events, [](const DeliveryEvent& e) { return e.status == ShipmentStatus::kDelivered; });
  const DeliveryEvent* best = nullptr;
  for (const DeliveryEvent& event : events) {
    if ((!delivered || IsEnd(event.status)) && (best == nullptr || *best < event)) {
      best = &event;
    }
  }
  return best;
}

void OrderParts::Merge(OrderFacts&& facts) {
  if (erased()) {
    model::Erase(facts);
  }
  if (platform_display_id < facts.platform_display_id) {
    platform_display_id = std::move(facts.platform_display_id);
  }
  if (facts.snapshot) {
    MergeSnapshot(std::move(*facts.snapshot), facts.sent_at);
  }
  for (const StatusFact& fact : facts.statuses) {
    MergeStatus(fact);
  }
  for (DeliveryFact& fact : facts.deliveries) {
    MergeDelivery(std::move(fact));
  }
  for (RefundFact& fact : facts.refunds) {
    MergeRefund(std::move(fact));
  }
  for (CertificateFact& fact : facts.certificates) {
    MergeCertificate(std::move(fact));
  }
  if (facts.extra) {
    MergeExtra(std::move(*facts.extra));
  }
  for (Issue& issue : facts.issues) {
    AddIssue(std::move(issue));
  }
  urged |= facts.urged;
  told_mode = std::max(told_mode, facts.delivery_mode);
  if (facts.wants_reread) {
    KeepGreatest(reread_asked, facts.sent_at.value_or(Instant{}));
  }
}

void OrderParts::MergeSnapshot(OrderSnapshot&& snapshot, std::optional<Instant> sent_at) {
  // A degraded read leaves open what the read was to find out.
  if (snapshot.key.klass == SnapshotKey::Class::kDetailRead && snapshot.key.complete) {
    KeepGreatest(detail_read, std::max(snapshot.key.asked_at, sent_at.value_or(Instant{})));
  }
  snapshots.Add(std::move(snapshot));
}

void OrderParts::MergeStatus(const StatusFact& fact) {
  const StatusSeen seen{.status = fact.status,
                        .cause = fact.cause,
                        .timed = fact.at.has_value(),
                        .pushed = fact.source == Source::kPush,
                        .at = fact.at ? fact.at : fact.sent_at};
  const auto place = [](const StatusSeen& s) { return std::pair(s.status, s.cause); };
  const auto at = std::ranges::lower_bound(statuses, place(seen), {}, place);
  if (at != statuses.end() && place(*at) == place(seen)) {
    Join(*at, seen);
  } else {
    statuses.insert(at, seen);
  }
}

void OrderParts::MergeDelivery(DeliveryFact&& fact) {
  DeliveryEvent event{.at = fact.at ? fact.at : fact.sent_at,
                      .status = fact.status,
                      .digest = fact.digest,
                      .rider_name = std::move(fact.rider_name),
                      .rider_phone = std::move(fact.rider_phone)};
  if (fact.at) {
    timed_delivery.Add(std::move(event));
  } else {
    untimed_delivery.Add(std::move(event));
  }
}

void OrderParts::MergeRefund(RefundFact&& fact) {
  if (!fact.flow.empty()) {
    MergeFlowStep(std::move(fact));
    return;
  }
  auto at = std::ranges::lower_bound(refunds, fact.id, {}, &Refund::id);
  if (at == refunds.end() || at->id != fact.id) {
    at = refunds.insert(at, Refund{.id = fact.id, .applied_at = {}, .steps = {}});
  }
  KeepSmallest(at->applied_at, fact.applied_at);
  fact.id.clear();
  fact.applied_at.reset();
  at->steps.Add(std::move(fact));
}

void OrderParts::MergeFlowStep(RefundFact&& fact) {
  auto at = std::ranges::lower_bound(flows, fact.flow, {}, &RefundFlow::name);
  if (at == flows.end() || at->name != fact.flow) {
    at = flows.insert(at, RefundFlow{.name = fact.flow, .steps = {}});
  }
  const bool opens = std::exchange(fact.opens, false);
  fact.flow.clear();
  fact.id.clear();
  fact.applied_at.reset();
  at->Add({.opens = opens, .step = std::move(fact)});
}

void OrderParts::MergeCertificate(CertificateFact&& fact) {
  auto at = std::ranges::lower_bound(certificates, fact.id, {}, &Certificate::id);
  if (at == certificates.end() || at->id != fact.id) {
    at = certificates.insert(at, Certificate{.id = fact.id, .facts = {}});
  }
  fact.id.clear();
  at->facts.Add(std::move(fact));
}

void OrderParts::MergeExtra(ExtraFact&& fact) {
  const auto at = std::ranges::lower_bound(extras, fact.event, {}, &ExtraFact::event);
  if (at == extras.end() || at->event != fact.event) {
    extras.insert(at, std::move(fact));
  } else if (std::tie(at->key, at->members) < std::tie(fact.key, fact.members)) {
    *at = std::move(fact);
  }
}

void OrderParts::AddIssue(Issue issue) {
  const auto at = std::ranges::lower_bound(issues, issue);
  if (at == issues.end() || *at != issue) {
    issues.insert(at, std::move(issue));
  }
}

// They are numbered as they come: the longer of two numbers is the later one.
void OrderParts::LinkShipment(std::string id) {
  if (std::pair(shipment.size(), shipment) < std::pair(id.size(), id)) {
    shipment = std::move(id);
  }
}

// An element that is kept for the customer alone goes with him.
void OrderParts::Erase() {
  const auto erase_each = [](auto& set) {
    std::remove_reference_t<decltype(set)> erased;
    for (auto element : set.elements()) {
      model::Erase(element);
      erased.Add(std::move(element));
    }
    set = std::move(erased);
  };
  erase_each(snapshots);
  for (Refund& refund : refunds) {
    erase_each(refund.steps);
  }
  for (RefundFlow& flow : flows) {
    for (FlowStep step : std::exchange(flow.steps, {})) {
      model::Erase(step.step);
      flow.Add(std::move(step));
    }
  }
  extras.clear();
  AddIssue({.code = std::string(kErasedIssue), .detail = {}});
}

bool OrderParts::erased() const { return std::ranges::any_of(issues, IsErasedMark); }

const OrderSnapshot& OrderParts::For(SnapshotField field) const {
  static const OrderSnapshot kNone;
  return snapshots.empty() ? kNone : snapshots.For(std::to_underlying(field));
}

const std::string& OrderParts::platform_shop() const {
  const std::string& shop = For(SnapshotField::kPlatformShop).platform_shop;
  if (!shop.empty()) {
    return shop;
  }
  for (const Certificate& certificate : certificates) {
    if (const CertificateView view = View(certificate); !view.platform_shop->empty()) {
      return *view.platform_shop;
    }
  }
  return shop;
}

const DeliveryEvent* OrderParts::delivery() const {
  const DeliveryEvent* const timed = timed_delivery.winner();
  return timed != nullptr ? timed : untimed_delivery.winner();
}

DeliveryMode OrderParts::delivery_mode() const {
  if (!shipment.empty()) {
    return DeliveryMode::kThirdParty;
  }
  return told_mode != DeliveryMode::kUnknown ? told_mode
                                             : For(SnapshotField::kDeliveryMode).delivery_mode;
}

const std::vector<Refund>& OrderParts::AllRefunds(std::vector<Refund>& room) const {
  if (flows.empty()) {
    return refunds;
  }
  room = refunds;
  for (const RefundFlow& flow : flows) {
    AppendRefunds(flow, room);
  }
  std::ranges::sort(room, {}, &Refund::id);
  return room;
}

bool OrderParts::delivery_in_doubt() const {
  const DeliveryEvent* const timed = timed_delivery.winner();
  const DeliveryEvent* const untimed = untimed_delivery.winner();
  return timed != nullptr && untimed != nullptr && untimed->status != timed->status &&
         untimed->at > timed->at && (!detail_read || detail_read < untimed->at);
}

}  // namespace weir::model
