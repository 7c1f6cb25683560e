// SPDX-License-Identifier: Apache-2.0
#include <string_view>
#include <utility>

#include "model/order_codec.hpp"
#include "model/order_parts.hpp"

namespace weir::model {
namespace {

bool IsMasked(std::string_view text) { return text.find('*') != std::string_view::npos; }

void Mark(Supply& supply, SnapshotField field, bool given) {
  supply.Mark(std::to_underlying(field), given);
}

/// Platforms mask what is personal, and only that.
void MarkPersonal(Supply& supply, SnapshotField field, std::string_view text) {
  supply.Mark(std::to_underlying(field), !text.empty(), IsMasked(text));
}

void Mark(Supply& supply, RefundField field, bool given) {
  supply.Mark(std::to_underlying(field), given);
}

}  // namespace

bool Outranks(const OrderSnapshot& a, const OrderSnapshot& b) {
  // Equal keys nearly always mean equal content; where they do not, any fixed order will do.
  return a.key != b.key ? a.key > b.key : a != b && EncodesAbove(a, b);
}

bool Replaces(const OrderSnapshot& a, const OrderSnapshot& b) {
  return a.key.digest == b.key.digest && a.key.generation > b.key.generation;
}

Supply Supplied(const OrderSnapshot& snapshot) {
  const Customer& customer = snapshot.customer;
  const Totals& totals = snapshot.totals;
  Supply supply;
  Mark(supply, SnapshotField::kPlatformShop, !snapshot.platform_shop.empty());
  Mark(supply, SnapshotField::kDisplayNo, !snapshot.display_no.empty());
  Mark(supply, SnapshotField::kPlacedAt, snapshot.placed_at.has_value());
  Mark(supply, SnapshotField::kPaidAt, snapshot.paid_at.has_value());
  Mark(supply, SnapshotField::kExpected, snapshot.expected.has_value());
  MarkPersonal(supply, SnapshotField::kName, customer.name);
  MarkPersonal(supply, SnapshotField::kPhone, customer.phone);
  MarkPersonal(supply, SnapshotField::kAddress, customer.address);
  Mark(supply, SnapshotField::kCoordinates,
       !customer.latitude.empty() && !customer.longitude.empty());
  Mark(supply, SnapshotField::kItems, snapshot.items.has_value());
  Mark(supply, SnapshotField::kCharges, snapshot.charges.has_value());
  Mark(supply, SnapshotField::kDiscounts, snapshot.discounts.has_value());
  Mark(supply, SnapshotField::kTotalItems, totals.items.has_value());
  Mark(supply, SnapshotField::kTotalCharges, totals.charges.has_value());
  Mark(supply, SnapshotField::kTotalDiscounts, totals.discounts.has_value());
  Mark(supply, SnapshotField::kTotalPaid, totals.paid.has_value());
  Mark(supply, SnapshotField::kTotalCommission, totals.commission.has_value());
  Mark(supply, SnapshotField::kTotalIncome, totals.merchant_income.has_value());
  Mark(supply, SnapshotField::kRemark, !snapshot.remark.empty());
  Mark(supply, SnapshotField::kInvoice, snapshot.invoice.has_value());
  Mark(supply, SnapshotField::kDeliveryMode, snapshot.delivery_mode != DeliveryMode::kUnknown);
  return supply;
}

bool Outranks(const RefundFact& a, const RefundFact& b) {
  if (a.step != b.step) {
    return a.step > b.step;
  }
  if (a.at != b.at) {
    return a.at > b.at;
  }
  return a.digest != b.digest ? a.digest > b.digest : a != b && EncodesAbove(a, b);
}

bool Replaces(const RefundFact&, const RefundFact&) { return false; }

Supply Supplied(const RefundFact& fact) {
  Supply supply;
  Mark(supply, RefundField::kKind, fact.kind.has_value());
  Mark(supply, RefundField::kAmount, fact.amount.has_value());
  Mark(supply, RefundField::kReason, !fact.reason.empty());
  Mark(supply, RefundField::kLines, fact.lines.has_value());
  Mark(supply, RefundField::kAt, fact.at.has_value());
  return supply;
}

RefundView View(const Refund& refund) {
  const auto of = [&refund](RefundField field) -> const RefundFact& {
    return refund.steps.For(std::to_underlying(field));
  };
  RefundView view;
  view.status = refund.steps.victor().status;
  view.amount = of(RefundField::kAmount).amount;
  view.reason = &of(RefundField::kReason).reason;
  if (const auto& lines = of(RefundField::kLines).lines) {
    view.lines = &*lines;
  }
  const bool part_of_it = view.lines != nullptr && !view.lines->empty();
  view.kind =
      of(RefundField::kKind).kind.value_or(part_of_it ? RefundKind::kPartial : RefundKind::kFull);
  view.at = refund.applied_at ? refund.applied_at : of(RefundField::kAt).at;
  return view;
}

}  // namespace weir::model
