// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/mapping/eleme/samples.hpp"

namespace weir::mapping::eleme {
namespace {

model::Customer Customer(const json& changes) { return MapPlaced(changes).snapshot->customer; }

TEST(Snapshot, TimesAreBeijings) {
  const auto facts = MapPlaced({{"createdAt", "2026-01-01T00:00:00"}});
  EXPECT_EQ(ToRfc3339(*facts.snapshot->placed_at), "2025-12-31T16:00:00.000Z");
}

TEST(Snapshot, ABookedOrderIsExpectedThen) {
  const auto facts = MapPlaced({{"book", true}, {"deliverTime", "2023-11-15T12:00:00"}});
  EXPECT_EQ(facts.snapshot->expected,
            (model::Expected{.asap = false, .from = At(1700020800), .to = At(1700020800)}));
  EXPECT_FALSE(ExtraOf(facts).contains("book"));
}

TEST(Snapshot, AContradictionOfBookStaysInExtra) {
  EXPECT_EQ(ExtraOf(MapPlaced({{"book", true}})).at("book"), "true");
}

TEST(Snapshot, CashIsNotPaidYet) {
  const auto facts = MapPlaced({{"onlinePaid", false}});
  EXPECT_FALSE(facts.snapshot->paid_at);
  EXPECT_EQ(ExtraOf(facts).at("onlinePaid"), "false");
  EXPECT_EQ(ExtraOf(facts).at("activeAt"), "2023-11-15T06:13:21");
}

TEST(Snapshot, InvoicesHaveTitleAndTaxNumber) {
  const auto facts = MapPlaced({{"invoiced", true},
                                {"invoice", "示例公司"},
                                {"invoiceType", "company"},
                                {"taxpayerId", "91310000TEST"}});
  EXPECT_EQ(facts.snapshot->invoice,
            (model::Invoice{.title = "示例公司", .tax_id = "91310000TEST"}));
  EXPECT_EQ(ExtraOf(facts).at("invoiceType"), "company");
  EXPECT_FALSE(ExtraOf(facts).contains("invoiced"));
}

TEST(Snapshot, AnInvoiceWithoutTitleStaysInExtra) {
  const auto facts = MapPlaced({{"invoiced", true}});
  EXPECT_FALSE(facts.snapshot->invoice);
  EXPECT_EQ(ExtraOf(facts).at("invoiced"), "true");
}

TEST(Snapshot, PhonesAreRealVirtualOrMasked) {
  EXPECT_EQ(Customer({{"phoneList", {"13800000000"}}}).phone_kind, "real");
  EXPECT_EQ(Customer({{"phoneList", {"13800000000,12"}}}).phone_kind, "virtual");
  EXPECT_EQ(Customer({{"phoneList", {"138****0000"}}}).phone_kind, "masked");
  EXPECT_EQ(Customer({{"phoneList", json::array()}}).phone_kind, "");
}

TEST(Snapshot, MorePhonesAreInExtra) {
  const auto facts = MapPlaced({{"phoneList", {"13800000000", "13800000001"}}});
  EXPECT_EQ(facts.snapshot->customer.phone, "13800000000");
  EXPECT_EQ(ExtraOf(facts).at("phoneList"), json::parse(R"(["13800000001"])"));
}

TEST(Snapshot, APlaceIsLongitudeThenLatitude) {
  const auto customer = Customer({{"deliveryGeo", "121.5,31.25"}});
  EXPECT_EQ(customer.longitude, "121.5");
  EXPECT_EQ(customer.latitude, "31.25");
  EXPECT_EQ(customer.coordinate_system, "GCJ02");
}

TEST(Snapshot, NoPlaceIsNone) {
  EXPECT_EQ(Customer({{"deliveryGeo", "0,0"}}).coordinate_system, "");
  EXPECT_TRUE(MapPlaced({{"deliveryGeo", ""}}).snapshot->issues.empty());
}

TEST(Snapshot, ABrokenPlaceIsAnIssue) {
  for (const char* geo : {"31.25", "121.5,x", "121.5,131.2", ","}) {
    const auto facts = MapPlaced({{"deliveryGeo", geo}});
    EXPECT_EQ(facts.snapshot->issues,
              (std::vector<model::Issue>{{.code = "malformed_field", .detail = "deliveryGeo"}}))
        << geo;
  }
}

TEST(Snapshot, ADifferentMapAddressStaysInExtra) {
  const auto facts = MapPlaced({{"deliveryPoiAddress", "示例大厦"}});
  EXPECT_EQ(ExtraOf(facts).at("deliveryPoiAddress"), "示例大厦");
}

TEST(Snapshot, AShopWithoutNumberHasItsOwnCode) {
  EXPECT_EQ(MapPlaced({{"shopId", nullptr}}).snapshot->platform_shop, "shop_001");
}

}  // namespace
}  // namespace weir::mapping::eleme
