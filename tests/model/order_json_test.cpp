// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/model/order_builders.hpp"

namespace weir::model::testing {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

std::string ReadFile(const std::string& name) {
  std::ifstream file(WEIR_TEST_DATA "/model/" + name);
  EXPECT_TRUE(file) << name;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

OrderSnapshot Paid() {
  OrderSnapshot s;
  s.key.updated_at = At(0);
  s.platform_shop = "shop_001";
  s.display_no = "12";
  s.placed_at = At(0);
  s.expected = Expected{};
  s.customer = {.name = "张三",
                .phone = "13800000000",
                .phone_extension = "1234",
                .phone_kind = "virtual",
                .address = "示例路1号",
                .latitude = "31.230416",
                .longitude = "121.473701",
                .coordinate_system = "GCJ02"};
  Item item;
  item.line = "1";
  item.name = "牛肉饭";
  item.platform_sku = "F001-L";
  item.product_id = "F001";
  item.spec = "大份";
  item.quantity = "2";
  item.unit_price = Fen(1500);
  item.amount = Fen(3000);
  item.options = {{.group = "辣度", .name = "微辣", .price = Fen(0), .quantity = 1}};
  item.components = {{.group = "主食",
                      .name = "米饭",
                      .platform_sku = "C001",
                      .quantity = "0.5",
                      .unit_price = Fen(0),
                      .options = {}}};
  item.basket = "1";
  s.items = {item};
  s.charges = {{.kind = "delivery", .amount = Fen(500)}, {.kind = "packaging", .amount = Fen(200)}};
  s.discounts = {{.kind = "full_reduction",
                  .name = "满30减5",
                  .amount = Fen(500),
                  .platform_share = Fen(300),
                  .merchant_share = Fen(200),
                  .other_share = {}}};
  s.totals = {.items = Fen(3000),
              .charges = Fen(700),
              .discounts = Fen(500),
              .paid = Fen(3200),
              .commission = Fen(310),
              .merchant_income = Fen(2810)};
  s.invoice = Invoice{.title = "某某公司", .tax_id = "91310000"};
  s.delivery_mode = DeliveryMode::kPlatform;
  return s;
}

OrderState WholeOrder() {
  OrderFacts facts;
  facts.platform_display_id = "81";
  facts.snapshot = Paid();
  facts.statuses = {Reached(OrderStatus::kPlaced, 0), Reached(OrderStatus::kDispatched, 600)};
  facts.deliveries = {{.status = ShipmentStatus::kPickedUp,
                       .at = At(600),
                       .rider_name = "李四",
                       .rider_phone = "13900000000"}};
  RefundFact refund = Step(1, RefundStatus::kApplied);
  refund.amount = Fen(1500);
  refund.reason = "送\"错\"了";
  refund.lines = {{.name = "牛肉饭", .platform_sku = "", .quantity = "1", .amount = Fen(1500)}};
  refund.applied_at = At(700);
  facts.refunds = {refund};
  facts.extra = ExtraFact{.event = "paid", .key = {}, .members = R"({"city_id":"310100"})"};
  facts.urged = true;
  facts.issues = {{.code = "unknown_status", .detail = "7"}};
  OrderState state;
  state.Merge(std::move(facts));
  return state;
}

std::string Record(const OrderState& state) {
  std::string record;
  AppendOrderJson(record, kIdentity, Body(state),
                  {.version = 3, .created_at = At(1), .updated_at = At(701)});
  return record;
}

TEST(OrderJson, AWholeOrderReadsAsTheContractSays) {
  const ordered_json record = ordered_json::parse(Record(WholeOrder()));
  EXPECT_EQ(record, ordered_json::parse(ReadFile("order.json"))) << record.dump(1);
}

TEST(OrderJson, MembersStandInTheContractsOrder) {
  const ordered_json record = ordered_json::parse(Record(WholeOrder()));
  const ordered_json expected = ordered_json::parse(ReadFile("order.json"));
  EXPECT_EQ(record.dump(), expected.dump());
}

TEST(OrderJson, TheStampsFindTheirPlaceWhateverTextsSay) {
  OrderSnapshot snapshot = Paid();
  snapshot.remark = R"(","extra":{"a":1},"issues":[])";
  const json record = json::parse(Record(Merged(snapshot)));
  EXPECT_EQ(record["remark"], snapshot.remark);
  EXPECT_EQ(record["version"], 3);
  EXPECT_EQ(record["extra"], json::object());
}

TEST(OrderJson, APartialRecordTakesStampsToo) {
  EXPECT_EQ(json::parse(Record(OrderState()))["version"], 3);
}

TEST(OrderJson, OddIdsArePercentEncoded) {
  OrderState::Identity identity = kIdentity;
  identity.platform_order_id = "a b";
  std::string record;
  AppendOrderJson(record, identity, Body(OrderState()), {});
  EXPECT_EQ(json::parse(record)["id"], "meituan-a%20b");
}

TEST(OrderJson, UnknownPlacesAreNull) {
  OrderSnapshot snapshot = Paid();
  snapshot.customer.latitude = "";
  snapshot.customer.longitude = "";
  EXPECT_EQ(Json(Merged(snapshot))["customer"]["latitude"], nullptr);
}

}  // namespace
}  // namespace weir::model::testing
