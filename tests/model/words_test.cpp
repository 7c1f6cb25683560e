// SPDX-License-Identifier: Apache-2.0
#include "model/words.hpp"

#include <gtest/gtest.h>

namespace weir::model {
namespace {

constexpr OrderStatus kAllOrderStatuses[] = {
    OrderStatus::kPendingPayment, OrderStatus::kPlaced,    OrderStatus::kAccepted,
    OrderStatus::kPreparing,      OrderStatus::kReady,     OrderStatus::kDispatched,
    OrderStatus::kDelivered,      OrderStatus::kCompleted, OrderStatus::kExpired,
    OrderStatus::kRejected,       OrderStatus::kCancelled};

TEST(Words, OrderStatusesReadBackAsWritten) {
  for (const OrderStatus status : kAllOrderStatuses) {
    EXPECT_EQ(ParseOrderStatus(Name(status)), status) << Name(status);
  }
}

TEST(Words, OrderStatusesStandInTheContractsOrder) {
  constexpr std::string_view kWords[] = {"pending_payment", "placed",     "accepted",  "preparing",
                                         "ready",           "dispatched", "delivered", "completed",
                                         "expired",         "rejected",   "cancelled"};
  for (std::size_t i = 0; i < std::size(kWords); ++i) {
    EXPECT_EQ(Name(kAllOrderStatuses[i]), kWords[i]);
  }
}

TEST(Words, UnknownWordsAreNoStatus) {
  for (const std::string_view word : {"", "Placed", "unknown", "placed "}) {
    EXPECT_EQ(ParseOrderStatus(word), std::nullopt) << word;
  }
}

TEST(Words, TheLastOfEachVocabularyHasItsWord) {
  EXPECT_EQ(Name(OrderKind::kParcel), "parcel");
  EXPECT_EQ(Name(DeliveryMode::kThirdParty), "third_party");
  EXPECT_EQ(Name(ShipmentStatus::kFailed), "failed");
  EXPECT_EQ(Name(RefundStatus::kRefunded), "refunded");
  EXPECT_EQ(Name(RefundKind::kPriceDifference), "price_difference");
  EXPECT_EQ(Name(Source::kPull), "pull");
}

TEST(Words, AnUnknownDeliveryModeReadsAsNone) { EXPECT_EQ(Name(DeliveryMode::kUnknown), "none"); }

TEST(Words, ANumberOutsideTheVocabularyHasNoWord) {
  EXPECT_EQ(Name(static_cast<OrderStatus>(200)), "");
}

}  // namespace
}  // namespace weir::model
