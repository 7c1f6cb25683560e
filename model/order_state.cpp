// SPDX-License-Identifier: Apache-2.0
#include "model/order_state.hpp"

#include "base/digest.hpp"
#include "model/order_codec.hpp"
#include "model/order_parts.hpp"

namespace weir::model {
namespace {

/// Of all that is money in the record, as it is shown.
std::uint64_t MoneyChecksum(const OrderParts& parts) {
  const auto totals = [&parts](SnapshotField field) -> const Totals& {
    return parts.For(field).totals;
  };
  std::string bytes;
  Encoder encode(bytes);
  encode(parts.For(SnapshotField::kItems).items, parts.For(SnapshotField::kCharges).charges,
         parts.For(SnapshotField::kDiscounts).discounts, totals(SnapshotField::kTotalItems).items,
         totals(SnapshotField::kTotalCharges).charges,
         totals(SnapshotField::kTotalDiscounts).discounts, totals(SnapshotField::kTotalPaid).paid,
         totals(SnapshotField::kTotalCommission).commission,
         totals(SnapshotField::kTotalIncome).merchant_income);
  return Checksum(bytes);
}

}  // namespace

OrderState::OrderState() : impl_(std::make_unique<Impl>()) {}
OrderState::~OrderState() = default;
OrderState::OrderState(const OrderState& other) : impl_(std::make_unique<Impl>(*other.impl_)) {}
OrderState::OrderState(OrderState&&) noexcept = default;
OrderState& OrderState::operator=(OrderState&&) noexcept = default;

OrderState& OrderState::operator=(const OrderState& other) {
  if (this != &other) {
    impl_ = std::make_unique<Impl>(*other.impl_);
  }
  return *this;
}

void OrderState::Merge(OrderFacts facts) { impl_->Merge(std::move(facts)); }

bool OrderState::partial() const { return impl_->snapshots.empty(); }

bool OrderState::wants_reread() const {
  if (partial() || !impl_->snapshots.victor().key.complete) {
    return true;
  }
  const bool unanswered = impl_->reread_asked > impl_->detail_read;
  return unanswered || impl_->delivery_in_doubt();
}

bool OrderState::Shows(const ContentDigest& content) const {
  return !partial() && impl_->snapshots.victor().key.digest == content;
}

OrderStatus OrderState::status() const { return StatusOf(impl_->statuses); }

std::string_view OrderState::platform_shop() const { return impl_->platform_shop(); }

std::optional<Instant> OrderState::placed_at() const {
  return impl_->For(SnapshotField::kPlacedAt).placed_at;
}

std::string_view OrderState::display_no() const {
  return impl_->For(SnapshotField::kDisplayNo).display_no;
}

OrderState::Summary OrderState::Summarise() const {
  Summary summary{.status = status(),
                  .delivery = {},
                  .shipment = impl_->shipment,
                  .urged = impl_->urged,
                  .refunds = {},
                  .money = MoneyChecksum(*impl_)};
  if (const DeliveryEvent* const event = impl_->delivery()) {
    summary.delivery = event->status;
  }
  std::vector<Refund> of_flows;
  const std::vector<Refund>& refunds = impl_->AllRefunds(of_flows);
  summary.refunds.reserve(refunds.size());
  for (const Refund& refund : refunds) {
    summary.refunds.emplace_back(refund.id, refund.steps.victor().status);
  }
  return summary;
}

void OrderState::AddIssue(Issue issue) { impl_->AddIssue(std::move(issue)); }

void OrderState::LinkShipment(std::string id) { impl_->LinkShipment(std::move(id)); }

void OrderState::Erase() { impl_->Erase(); }

bool OrderState::erased() const { return impl_->erased(); }

bool operator==(const OrderState& a, const OrderState& b) { return *a.impl_ == *b.impl_; }

}  // namespace weir::model
