// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/mapping/meituan/samples.hpp"

namespace weir::mapping::meituan {
namespace {

using model::OrderStatus;
using Class = model::SnapshotKey::Class;

model::OrderSnapshot Snapshot(const std::map<std::string, const char*>& changes) {
  auto facts = MapPaid(changes);
  EXPECT_TRUE(facts.snapshot);
  return std::move(*facts.snapshot);
}

struct Phone {
  const char* text;
  const char* phone;
  const char* extension;
  const char* kind;
};

class Phones : public testing::TestWithParam<Phone> {};

TEST_P(Phones, AreTakenApart) {
  const auto customer = Snapshot({{"recipient_phone", GetParam().text}}).customer;
  EXPECT_EQ(customer.phone, GetParam().phone);
  EXPECT_EQ(customer.phone_extension, GetParam().extension);
  EXPECT_EQ(customer.phone_kind, GetParam().kind);
}

INSTANTIATE_TEST_SUITE_P(Table, Phones,
                         testing::Values(Phone{"13800000000", "13800000000", "", "real"},
                                         Phone{"13800000000_1234", "13800000000", "1234",
                                               "virtual"},
                                         Phone{"138****0000", "138****0000", "", "masked"},
                                         Phone{"138****0000_1234", "138****0000", "1234", "masked"},
                                         Phone{"", "", "", ""}));

TEST(Snapshot, AddressIsWhatTheCustomerTyped) {
  const auto facts = MapPaid({{"recipient_address", "示例路1号@#上海市"}});
  EXPECT_EQ(facts.snapshot->customer.address, "示例路1号");
  EXPECT_EQ(ExtraOf(facts).at("recipient_address_resolved"), "上海市");
}

TEST(Snapshot, AddressWithoutTheResolvedPart) {
  const auto facts = MapPaid({{"recipient_address", "示例路1号"}});
  EXPECT_EQ(facts.snapshot->customer.address, "示例路1号");
  EXPECT_FALSE(ExtraOf(facts).contains("recipient_address_resolved"));
}

TEST(Snapshot, ScaledCoordinatesArePlainDegrees) {
  const auto customer = Snapshot({{"latitude", "31230416"}, {"longitude", "121473701"}}).customer;
  EXPECT_EQ(customer.latitude, "31.230416");
  EXPECT_EQ(customer.longitude, "121.473701");
  EXPECT_EQ(customer.coordinate_system, "GCJ02");
}

TEST(Snapshot, ZeroCoordinatesAreNone) {
  const auto snapshot = Snapshot({{"latitude", "0"}, {"longitude", "0.0"}});
  EXPECT_EQ(snapshot.customer.latitude, "");
  EXPECT_EQ(snapshot.customer.coordinate_system, "");
  EXPECT_TRUE(snapshot.issues.empty());
}

TEST(Snapshot, HalfABrokenPlaceIsNone) {
  const auto snapshot = Snapshot({{"latitude", "north"}});
  EXPECT_EQ(snapshot.customer.longitude, "");
  ASSERT_EQ(snapshot.issues.size(), 1U);
  EXPECT_EQ(snapshot.issues[0].detail, "latitude");
}

TEST(Snapshot, DeliveryTimeZeroIsAsap) {
  EXPECT_EQ(Snapshot({{"delivery_time", "0"}}).expected,
            (model::Expected{.asap = true, .from = {}, .to = {}}));
}

TEST(Snapshot, DeliveryTimeIsWhenItIsExpected) {
  EXPECT_EQ(Snapshot({{"delivery_time", "1700003600"}}).expected,
            (model::Expected{.asap = false, .from = At(1700003600), .to = At(1700003600)}));
}

TEST(Snapshot, WithoutDeliveryTimeNothingIsExpected) {
  EXPECT_FALSE(Snapshot({{"delivery_time", nullptr}}).expected);
}

TEST(Snapshot, PickTypeOneIsPickup) {
  const auto pickup = Snapshot({{"pick_type", "1"}});
  EXPECT_EQ(pickup.kind, model::OrderKind::kPickup);
  EXPECT_EQ(pickup.delivery_mode, model::DeliveryMode::kNone);
  EXPECT_EQ(Snapshot({{"pick_type", "0"}}).kind, model::OrderKind::kDelivery);
}

TEST(Snapshot, ShopFallsBackToMeituansId) {
  EXPECT_EQ(Snapshot({{"wm_poi_id", "1564462"}}).platform_shop, "shop_001");
  EXPECT_EQ(Snapshot({{"wm_poi_id", "1564462"}, {"app_poi_code", ""}}).platform_shop, "1564462");
}

TEST(Snapshot, InvoiceNeedsATitleOrANumber) {
  EXPECT_FALSE(Snapshot({{"has_invoiced", "1"}}).invoice);
  EXPECT_EQ(Snapshot({{"invoice_title", "示例公司"}, {"taxpayer_id", "91310000"}}).invoice,
            (model::Invoice{.title = "示例公司", .tax_id = "91310000"}));
}

TEST(Snapshot, WhatTheModelLacksIsExtra) {
  const auto facts =
      MapPaid({{"dinners_number", "3"}, {"logistics_code", "1002"}, {"new_one", "x"}});
  const auto extra = ExtraOf(facts);
  EXPECT_EQ(extra.at("dinners_number"), "3");
  EXPECT_EQ(extra.at("logistics_code"), "1002");
  EXPECT_EQ(extra.at("new_one"), "x");
  for (const char* taken : {"total", "status", "app_id", "timestamp", "sig", "utime", "caution"}) {
    EXPECT_FALSE(extra.contains(taken)) << taken;
  }
  EXPECT_EQ(facts.snapshot->delivery_mode, model::DeliveryMode::kPlatform);
}

struct StatusCase {
  const char* code;
  OrderStatus status;
  Class klass;
  const char* event;
  std::int64_t at;
};

class SnapshotStatus : public testing::TestWithParam<StatusCase> {};

TEST_P(SnapshotStatus, GivesFactAndClass) {
  const auto facts =
      MapPaid({{"status", GetParam().code}, {"ctime", "1699999900"}, {"utime", "1699999950"}});
  ASSERT_EQ(facts.statuses.size(), 1U);
  EXPECT_EQ(facts.statuses[0].status, GetParam().status);
  EXPECT_EQ(facts.statuses[0].at, At(GetParam().at));
  EXPECT_EQ(facts.statuses[0].sent_at, At(1700000000));
  EXPECT_EQ(facts.statuses[0].source, model::Source::kPush);
  EXPECT_EQ(facts.snapshot->key.klass, GetParam().klass);
  EXPECT_EQ(facts.snapshot->key.status_rank, static_cast<int>(GetParam().status));
  EXPECT_EQ(facts.snapshot->key.updated_at, At(1699999950));
  ASSERT_TRUE(facts.extra);
  EXPECT_EQ(facts.extra->event, GetParam().event);
}

INSTANTIATE_TEST_SUITE_P(
    Table, SnapshotStatus,
    testing::Values(
        StatusCase{"1", OrderStatus::kPendingPayment, Class::kBirthPush, "paid", 1699999900},
        StatusCase{"2", OrderStatus::kPlaced, Class::kBirthPush, "paid", 1699999900},
        StatusCase{"3", OrderStatus::kPlaced, Class::kBirthPush, "paid", 1699999900},
        StatusCase{"4", OrderStatus::kAccepted, Class::kLaterPush, "confirmed", 1699999950},
        StatusCase{"6", OrderStatus::kDispatched, Class::kLaterPush, "dispatched", 1699999950},
        StatusCase{"8", OrderStatus::kCompleted, Class::kLaterPush, "completed", 1699999950},
        StatusCase{"9", OrderStatus::kCancelled, Class::kLaterPush, "cancelled", 1699999950}));

TEST(Snapshot, ACancelWithoutReasonHasNoCause) {
  EXPECT_EQ(MapPaid({{"status", "9"}}).statuses.at(0).cause, model::CancelCause::kNone);
  EXPECT_EQ(MapPaid({{"status", "9"}, {"reason_code", "1002"}}).statuses.at(0).cause,
            model::CancelCause::kNotPaidOrAccepted);
}

TEST(Snapshot, AnUnknownStatusMovesNothingAndIsKept) {
  const auto facts = MapPaid({{"status", "7"}});
  EXPECT_TRUE(facts.statuses.empty());
  ASSERT_TRUE(facts.snapshot);
  EXPECT_EQ(facts.snapshot->key.status_rank, 0);
  ASSERT_EQ(facts.issues.size(), 1U);
  EXPECT_EQ(facts.issues[0], (model::Issue{.code = "unknown_status", .detail = "status 7"}));
  EXPECT_EQ(ExtraOf(facts).at("status"), "7");
}

TEST(Snapshot, DegradedIsNotComplete) {
  EXPECT_TRUE(Snapshot({{"incmp_code", "0"}}).key.complete);
  EXPECT_FALSE(Snapshot({{"incmp_code", "-1"}, {"incmp_modules", "[0]"}}).key.complete);
}

TEST(Snapshot, KeyHoldsTheContentsDigest) {
  const auto digest = Snapshot({}).key.digest;
  EXPECT_EQ(Snapshot({{"timestamp", "1700009999"}, {"sig", "0"}}).key.digest, digest);
  EXPECT_NE(Snapshot({{"caution", "少饭"}}).key.digest, digest);
}

TEST(Snapshot, ABrokenTimeCostsOnlyItself) {
  const auto facts = MapPaid({{"utime", "yesterday"}});
  EXPECT_EQ(facts.snapshot->key.updated_at, Instant());
  EXPECT_EQ(facts.snapshot->placed_at, At(1699999900));
  EXPECT_EQ(facts.issues.at(0), (model::Issue{.code = "malformed_field", .detail = "utime"}));
}

}  // namespace
}  // namespace weir::mapping::meituan
