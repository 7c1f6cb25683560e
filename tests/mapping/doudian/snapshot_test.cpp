// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "mapping/doudian/contacts.hpp"
#include "mapping/doudian/needs.hpp"
#include "tests/mapping/doudian/samples.hpp"

namespace weir::mapping::doudian {
namespace {

model::OrderSnapshot Snapshot(const json& changes = json::object()) {
  return MapDetail(changes).snapshot.value();
}

model::OrderSnapshot Decrypted() {
  return OnlyOrder(MapPages(PagesOf(HourlyOrder(), {{"order.batchDecrypt", DecryptAnswer()}})))
      .snapshot.value();
}

TEST(Snapshot, IsTheWholeOrder) {
  const auto snapshot = Snapshot();
  EXPECT_EQ(snapshot.platform_shop, "88001");
  EXPECT_EQ(snapshot.display_no, "7");
  EXPECT_EQ(snapshot.kind, model::OrderKind::kDelivery);
  EXPECT_EQ(snapshot.placed_at, At(1700000000));
  EXPECT_EQ(snapshot.paid_at, At(1700000005));
  EXPECT_EQ(snapshot.remark, "少冰");
  EXPECT_TRUE(snapshot.issues.empty());
  EXPECT_EQ(snapshot.key.updated_at, At(1700000005));
  EXPECT_EQ(snapshot.key.asked_at, At(kAskedAt));
  EXPECT_EQ(snapshot.key.klass, model::SnapshotKey::Class::kDetailRead);
}

TEST(Snapshot, HasItsLines) {
  const auto items = Snapshot().items.value();
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[0], (model::Item{.line = "6900000000000000002",
                                   .name = "奶茶",
                                   .platform_sku = "1780000000000000011",
                                   .product_id = "3473196049974326153",
                                   .merchant_code = "MT-L",
                                   .spec = "大杯,热",
                                   .quantity = "2",
                                   .unit_price = Fen(1500),
                                   .amount = Fen(3000)}));
  EXPECT_TRUE(items[1].gift);
}

TEST(Snapshot, ShowsMasksWhereNothingWasDecrypted) {
  EXPECT_EQ(Snapshot().customer, (model::Customer{.name = "张*",
                                                  .phone = "138****0000",
                                                  .phone_extension = "",
                                                  .phone_kind = "masked",
                                                  .address = "上海市上海市示例区示例街道示例路***",
                                                  .latitude = "31.230416",
                                                  .longitude = "121.473701",
                                                  .coordinate_system = "GCJ02"}));
}

TEST(Snapshot, ShowsWhatWasDecrypted) {
  const auto customer = Decrypted().customer;
  EXPECT_EQ(customer.name, "张三");
  EXPECT_EQ(customer.phone, "18400000000");
  EXPECT_EQ(customer.phone_extension, "1234");
  EXPECT_EQ(customer.phone_kind, "virtual");
  EXPECT_EQ(customer.address, "上海市上海市示例区示例街道示例路1号2楼");
}

TEST(Snapshot, NeverShowsACipher) {
  const std::string cipher = "#zuLyd4U4J3p+czzXkwg+ZQ673h7KTcrKOddb5iPGAAE=";
  const auto customer = Snapshot({{"post_receiver", cipher},
                                  {"post_tel", cipher},
                                  {"mask_post_receiver", cipher},
                                  {"mask_post_tel", ""}})
                            .customer;
  EXPECT_EQ(customer.name, "");
  EXPECT_EQ(customer.phone, "");
}

TEST(Snapshot, FallsBackToTheShop) {
  json lines = HourlyOrder()["sku_order_list"];
  for (json& line : lines) line.erase("store_info");
  EXPECT_EQ(Snapshot({{"sku_order_list", lines}}).platform_shop, "12345");
}

TEST(Snapshot, ExpectsWhatIsPromised) {
  EXPECT_EQ(Snapshot().expected,
            (model::Expected{.asap = false, .from = At(1700001800), .to = At(1700003600)}));
  EXPECT_TRUE(Snapshot({{"early_arrival", true}}).expected->asap);
  const json none = {
      {"early_arrival", false}, {"earliest_receipt_time", 0}, {"latest_receipt_time", 0}};
  EXPECT_EQ(Snapshot(none).expected, (model::Expected{.asap = true, .from = {}, .to = {}}));
  json target = none;
  target["target_arrival_time"] = 1700002000;
  EXPECT_EQ(Snapshot(target).expected,
            (model::Expected{.asap = false, .from = At(1700002000), .to = At(1700002000)}));
}

TEST(Snapshot, ReadsAPlaceUnderBothNames) {
  const auto customer =
      Snapshot({{"user_coordinate", {{"longitude", "121.5"}, {"latitude", 31.2}}}}).customer;
  EXPECT_EQ(customer.longitude, "121.5");
  EXPECT_EQ(customer.latitude, "31.2");
  EXPECT_EQ(Snapshot({{"user_coordinate", {{"longitude", "x"}}}}).issues.at(0),
            (model::Issue{"malformed_field", "user_coordinate"}));
}

TEST(Snapshot, IsFetchedWhereAllLinesAre) {
  json lines = HourlyOrder()["sku_order_list"];
  for (json& line : lines) line["receive_type"] = 2;
  EXPECT_EQ(Snapshot({{"sku_order_list", lines}}).kind, model::OrderKind::kPickup);
}

TEST(Phones, HaveTheirKind) {
  const auto kind = [](std::string_view text, bool is_virtual) {
    model::Customer customer;
    ReadPhone(text, is_virtual, customer);
    return customer.phone_kind + " " + customer.phone + " " + customer.phone_extension;
  };
  EXPECT_EQ(kind("18400000000-1234", false), "virtual 18400000000 1234");
  EXPECT_EQ(kind("18400000000", true), "virtual 18400000000 ");
  EXPECT_EQ(kind("13800000000", false), "real 13800000000 ");
  EXPECT_EQ(kind("021-60000000", false), "real 021-60000000 ");
  EXPECT_EQ(kind("138****0000", false), "masked 138****0000 ");
  EXPECT_EQ(kind("", false), "  ");
}

OrderNeeds Needs(const json& changes) {
  return *NeedsOf(AnswerOf({{"shop_order_detail", HourlyOrder(changes)}}));
}

TEST(Needs, ARiderOnceTheOrderIsTaken) {
  EXPECT_FALSE(Needs({{"order_status", 1}}).shipment);
  EXPECT_FALSE(Needs(json::object()).shipment);
  EXPECT_TRUE(Needs({{"accept_order_status", 1}}).shipment);
  EXPECT_TRUE(Needs({{"order_status", 3}}).shipment);
  EXPECT_TRUE(Needs({{"order_status", "5"}}).shipment);
  EXPECT_TRUE(Needs({{"order_status", 4}}).shipment);
  EXPECT_FALSE(
      Needs({{"order_status", 3}, {"trade_type", 0}, {"accept_order_status", ""}}).shipment);
}

TEST(Needs, EachCipherOnce) {
  EXPECT_EQ(Needs(json::object()).ciphers.size(), 3U);
  EXPECT_EQ(Needs({{"encrypt_post_tel", HourlyOrder()["encrypt_post_receiver"]}}).ciphers.size(),
            2U);
  EXPECT_EQ(Needs({{"encrypt_post_tel", "12345678911"}}).ciphers.size(), 2U);
}

TEST(Needs, AnOrderAtAll) {
  EXPECT_EQ(NeedsOf(AnswerOf(json::object())).error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(NeedsOf("x").error().kind, ErrorKind::kMalformed);
}

}  // namespace
}  // namespace weir::mapping::doudian
