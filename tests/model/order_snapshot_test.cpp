// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/model/order_builders.hpp"

namespace weir::model::testing {
namespace {

using nlohmann::json;

OrderSnapshot Named(SnapshotKey key, std::string remark) {
  OrderSnapshot snapshot;
  snapshot.key = key;
  snapshot.remark = std::move(remark);
  return snapshot;
}

/// Both orders of arrival, which must agree.
json MergedJson(const OrderSnapshot& a, const OrderSnapshot& b) {
  const json one = Json(Merged(a, b));
  EXPECT_EQ(one, Json(Merged(b, a)));
  return one;
}

struct KeyCase {
  const char* name;
  SnapshotKey lesser;
  SnapshotKey greater;
};

void PrintTo(const KeyCase& c, std::ostream* out) { *out << c.name; }

class SnapshotOrder : public ::testing::TestWithParam<KeyCase> {};

TEST_P(SnapshotOrder, TheGreaterKeyDecides) {
  const auto& [name, lesser, greater] = GetParam();
  EXPECT_EQ(MergedJson(Named(lesser, "lesser"), Named(greater, "greater"))["remark"], "greater");
}

using Class = SnapshotKey::Class;

INSTANTIATE_TEST_SUITE_P(
    Keys, SnapshotOrder,
    ::testing::Values(
        KeyCase{"complete_before_degraded",
                {.complete = false, .updated_at = At(9), .klass = Class::kDetailRead},
                {.complete = true, .updated_at = At(1)}},
        KeyCase{"then_the_platforms_update_time",
                {.updated_at = At(1), .klass = Class::kDetailRead},
                {.updated_at = At(2), .klass = Class::kBirthPush}},
        KeyCase{"then_a_later_push", {.klass = Class::kBirthPush}, {.klass = Class::kLaterPush}},
        KeyCase{"then_an_edit", {.klass = Class::kLaterPush}, {.klass = Class::kEdit}},
        KeyCase{"then_a_detail_read", {.klass = Class::kEdit}, {.klass = Class::kDetailRead}},
        KeyCase{"then_the_status_rank",
                {.status_rank = 4, .asked_at = At(9)},
                {.status_rank = 8, .asked_at = At(1)}},
        KeyCase{"then_when_the_read_was_asked",
                {.asked_at = At(1), .digest = Digest(9)},
                {.asked_at = At(2), .digest = Digest(1)}},
        KeyCase{"then_the_contents_digest", {.digest = Digest(1)}, {.digest = Digest(2)}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(OrderSnapshots, ContentUnderOneKeyStillGivesOneRecord) {
  OrderSnapshot a = Named({}, "a");
  OrderSnapshot b = Named({}, "b");
  MergedJson(a, b);
}

OrderSnapshot Poor() { return Bare(9); }

/// Supplies every field.
OrderSnapshot Rich() {
  OrderSnapshot s = Bare(1);
  s.platform_shop = "shop_001";
  s.display_no = "12";
  s.placed_at = At(0);
  s.paid_at = At(1);
  s.expected = Expected{.asap = true, .from = {}, .to = {}};
  s.customer = {.name = "张三",
                .phone = "13800000000",
                .phone_extension = "1234",
                .phone_kind = "virtual",
                .address = "示例路1号",
                .latitude = "31.230416",
                .longitude = "121.473701",
                .coordinate_system = "GCJ02"};
  Item item;
  item.name = "牛肉饭";
  s.items = {item};
  s.charges = {{.kind = "delivery", .amount = Fen(500)}};
  s.discounts = {{.kind = "coupon", .name = "券", .amount = Fen(100)}};
  s.totals = {.items = Fen(1),
              .charges = Fen(2),
              .discounts = Fen(3),
              .paid = Fen(4),
              .commission = Fen(5),
              .merchant_income = Fen(6)};
  s.remark = "少辣";
  s.invoice = Invoice{.title = "某某公司", .tax_id = "91"};
  s.delivery_mode = DeliveryMode::kPlatform;
  return s;
}

TEST(OrderSnapshots, WhatTheVictorLacksComesFromTheLesser) {
  EXPECT_EQ(MergedJson(Poor(), Rich()), Json(Merged(Rich())));
}

TEST(OrderSnapshots, ADegradedSnapshotErasesNothing) {
  OrderSnapshot degraded = Bare(9);
  degraded.key.complete = false;
  degraded.items.emplace();
  degraded.customer.name = "张**";
  EXPECT_EQ(MergedJson(Rich(), degraded), Json(Merged(Rich())));
}

TEST(OrderSnapshots, TheVictorsOwnValuesHold) {
  OrderSnapshot victor = Rich();
  victor.key.updated_at = At(9);
  victor.customer.name = "李四";
  victor.remark = "不要香菜";
  victor.totals.paid = Fen(99);
  EXPECT_EQ(MergedJson(Rich(), victor), Json(Merged(victor)));
}

TEST(OrderSnapshots, AMaskedValueYieldsToAFullOneAndBeatsNone) {
  OrderSnapshot masked = Poor();
  masked.customer = {
      .name = "张**", .phone = "138****0000", .phone_kind = "masked", .address = "示例路***"};
  const json with_full = MergedJson(masked, Rich())["customer"];
  EXPECT_EQ(with_full["name"], "张三");
  EXPECT_EQ(with_full["phone"], "13800000000");
  EXPECT_EQ(with_full["address"], "示例路1号");
  masked.key.updated_at = At(1);
  EXPECT_EQ(MergedJson(masked, Poor())["customer"]["phone"], "138****0000");
}

TEST(OrderSnapshots, AStarInARemarkMasksNothing) {
  OrderSnapshot victor = Poor();
  victor.remark = "**多放醋**";
  EXPECT_EQ(MergedJson(victor, Rich())["remark"], "**多放醋**");
}

TEST(OrderSnapshots, APhoneBringsItsOwnExtensionAndKind) {
  OrderSnapshot victor = Poor();
  victor.customer.phone = "13911112222";
  victor.customer.phone_kind = "real";
  const json customer = MergedJson(victor, Rich())["customer"];
  EXPECT_EQ(customer["phone"], "13911112222");
  EXPECT_EQ(customer["phone_extension"], "");
  EXPECT_EQ(customer["phone_kind"], "real");
}

TEST(OrderSnapshots, HalfAPlaceIsNoPlace) {
  OrderSnapshot victor = Poor();
  victor.customer.latitude = "40.0";
  const json customer = MergedJson(victor, Rich())["customer"];
  EXPECT_EQ(customer["latitude"], 31.230416);
  EXPECT_EQ(customer["longitude"], 121.473701);
}

TEST(OrderSnapshots, AnEmptyListIsAStatementAndAnAbsentOneIsNot) {
  OrderSnapshot victor = Poor();
  victor.items.emplace();
  const json record = MergedJson(victor, Rich());
  EXPECT_EQ(record["items"], json::array());
  EXPECT_EQ(record["charges"].size(), 1U);
}

TEST(OrderSnapshots, EachTotalIsFilledAlone) {
  OrderSnapshot victor = Poor();
  victor.totals.paid = Fen(99);
  const json totals = MergedJson(victor, Rich())["totals"];
  EXPECT_EQ(totals["paid"], 99);
  EXPECT_EQ(totals["commission"], 5);
}

TEST(OrderSnapshots, ThreeOfThemFillEachOther) {
  OrderSnapshot first = Bare(1);
  first.remark = "first";
  first.display_no = "1";
  OrderSnapshot second = Bare(2);
  second.display_no = "2";
  const OrderState state = Merged(second, Bare(3), first);
  EXPECT_EQ(Json(state)["remark"], "first");
  EXPECT_EQ(state.display_no(), "2");
}

TEST(OrderSnapshots, TheVictorAloneTellsKindAndIssues) {
  OrderSnapshot victor = Poor();
  victor.kind = OrderKind::kPickup;
  OrderSnapshot lesser = Rich();
  lesser.issues = {{.code = "totals_mismatch", .detail = "1 2"}};
  const json record = MergedJson(victor, lesser);
  EXPECT_EQ(record["kind"], "pickup");
  EXPECT_EQ(record["issues"], json::array());
}

TEST(OrderSnapshots, ExtraIsKeptPerEventByTheSameKey) {
  const auto extra = [](std::string event, int second, std::string members) {
    OrderFacts facts;
    facts.extra = ExtraFact{.event = std::move(event),
                            .key = {.updated_at = At(second)},
                            .members = std::move(members)};
    return facts;
  };
  OrderState state;
  state.Merge(extra("paid", 2, R"({"n":2})"));
  state.Merge(extra("paid", 1, R"({"n":1})"));
  state.Merge(extra("confirmed", 1, R"({"c":1})"));
  EXPECT_EQ(Json(state)["extra"], json::parse(R"({"confirmed":{"c":1},"paid":{"n":2}})"));
}

TEST(OrderSnapshot, ALaterReadingOfTheSamePayloadReplacesTheEarlier) {
  OrderSnapshot misread = Bare(1);
  misread.key.digest = Digest(1);
  misread.remark = "not a remark at all";
  OrderSnapshot again = Bare(1);
  again.key.digest = Digest(1);
  again.key.generation = 2;
  EXPECT_EQ(Json(Merged(misread, again))["remark"], "");
  EXPECT_EQ(Merged(again, misread), Merged(misread, again));
}

}  // namespace
}  // namespace weir::model::testing
