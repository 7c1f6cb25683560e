// SPDX-License-Identifier: Apache-2.0
#include "mapping/meituan/map.hpp"

#include <gtest/gtest.h>

#include "tests/mapping/meituan/samples.hpp"

namespace weir::mapping::meituan {
namespace {

using model::OrderStatus;

void ExpectNothing(const Mapped& mapped) {
  EXPECT_TRUE(mapped.orders.empty());
  EXPECT_TRUE(mapped.stores.empty());
  EXPECT_FALSE(mapped.unmappable);
}

std::string ReasonOf(const Mapped& mapped) {
  EXPECT_TRUE(mapped.orders.empty());
  return mapped.unmappable ? mapped.unmappable->reason : "mapped";
}

TEST(Map, SaysNothingOfMessagesWithoutAField) {
  ExpectNothing(Map({.dialect = "double", .topic = "phone", .bytes = ""}));
  ExpectNothing(MapPush({{"app_id", "9001"}, {"timestamp", "1700000000"}, {"sig", "0"}}, "phone"));
}

TEST(Map, SaysNothingOfShopBindingAndAudit) {
  ExpectNothing(MapPush({{"op_type", "1"}, {"poi_info", "{}"}}, "shop/binding"));
  ExpectNothing(MapPush({{"app_poi_code", "s"}, {"audit_detail", "[]"}}, "anything"));
  ExpectNothing(MapPush({{"app_poi_code", "s"}, {"poi_type", "1"}}, "shop/audit"));
}

TEST(Map, NamesWhyAPayloadCannotBeMapped) {
  EXPECT_EQ(ReasonOf(MapPush({{"status", "2"}}, "order/paid")), "missing_subject");
  EXPECT_EQ(ReasonOf(MapPush({{"order_id", "0"}, {"status", "2"}}, "order/paid")),
            "missing_subject");
  EXPECT_EQ(ReasonOf(MapPush({{"x", "2"}}, "strange")), "unknown_topic");
  EXPECT_EQ(ReasonOf(Map({.dialect = "triple", .bytes = "order_id=1"})), "malformed_payload");
  EXPECT_EQ(ReasonOf(MapAnswer("{")), "malformed_payload");
  EXPECT_EQ(ReasonOf(MapAnswer("[]")), "malformed_payload");
  EXPECT_EQ(ReasonOf(MapAnswer(R"({"data":"ng"})")), "malformed_payload");
  EXPECT_EQ(ReasonOf(MapAnswer(R"({"data":{"status":4}})", "order/viewstatus")), "missing_subject");
  EXPECT_EQ(ReasonOf(Map({.pulled = true, .dialect = "xml", .bytes = "{}"})), "malformed_payload");
}

TEST(Map, ReadsEveryDialect) {
  const FieldMap fields{{"order_id", "1"}, {"reason", "a+b %41"}, {"reason_code", "1103"}};
  for (const auto& [name, encoding] :
       {std::pair("double", Encoding::kDouble), std::pair("single", Encoding::kSingle)}) {
    const std::string body = EncodeForm(fields, encoding);
    const auto facts = OnlyOrder(Map({.dialect = name, .topic = "x", .bytes = body}));
    EXPECT_EQ(ExtraOf(facts).at("reason"), "a+b %41") << name;
  }
  const auto both =
      OnlyOrder(Map({.dialect = "single+query", .topic = "x", .bytes = "order_id=1\nstatus=4"}));
  EXPECT_EQ(both.statuses.at(0).status, OrderStatus::kAccepted);
}

TEST(Map, ADifferentDisplayNumberIsKeptBeside) {
  const auto facts =
      OnlyOrder(MapPush({{"order_id", "1"}, {"wm_order_id_view", "2"}, {"status", "2"}}));
  EXPECT_EQ(facts.platform, "meituan");
  EXPECT_EQ(facts.platform_order_id, "1");
  EXPECT_EQ(facts.platform_display_id, "2");
}

TEST(Map, AMessageMayHaveOnlyTheDisplayNumber) {
  const auto facts = OnlyOrder(MapPush({{"wm_order_id_view", "2"}, {"logistics_status", "10"}}));
  EXPECT_EQ(facts.platform_order_id, "");
  EXPECT_EQ(facts.platform_display_id, "2");
}

TEST(Map, KeepsIdsThatNoNumberHolds) {
  const auto facts =
      OnlyOrder(MapAnswer(R"({"data":{"order_id":12345678901234567890123,"status":4}})"));
  EXPECT_EQ(facts.platform_order_id, "12345678901234567890123");
}

TEST(Map, ContentDecidesOverTopic) {
  EXPECT_FALSE(OnlyOrder(MapPush(ReadSample("refund_full").fields, "order/paid")).refunds.empty());
  EXPECT_TRUE(OnlyOrder(MapPush(Paid(), "refund")).snapshot);
}

TEST(Map, TopicSpeaksWhereContentIsSilent) {
  const auto completed = OnlyOrder(MapPush({{"order_id", "1"}}, "order/completed"));
  ASSERT_EQ(completed.statuses.size(), 1U);
  EXPECT_EQ(completed.statuses[0].status, OrderStatus::kCompleted);
  EXPECT_FALSE(completed.statuses[0].at);
  EXPECT_TRUE(completed.wants_reread);
  const auto cancelled = OnlyOrder(MapPush({{"order_id", "1"}}, "order/cancelled"));
  EXPECT_EQ(cancelled.statuses.at(0).status, OrderStatus::kCancelled);
}

TEST(Map, AnUrgeKeepsItsUnknownFields) {
  for (const auto& [fields, topic] :
       {std::pair(FieldMap{{"order_id", "1"}, {"remind_time", "5"}}, "urge"),
        std::pair(FieldMap{{"order_id", "1"}, {"remind_id", "8"}, {"remind_time", "5"}}, "x")}) {
    const auto facts = OnlyOrder(MapPush(fields, topic));
    EXPECT_TRUE(facts.urged);
    EXPECT_EQ(facts.extra->event, "urged");
    EXPECT_EQ(ExtraOf(facts).at("remind_time"), "5");
  }
}

TEST(Map, AnUnknownEventOfAnOrderIsKept) {
  const auto facts = OnlyOrder(MapPush({{"order_id", "1"}, {"news", "x"}}, "strange"));
  EXPECT_TRUE(facts.statuses.empty());
  EXPECT_FALSE(facts.urged);
  EXPECT_EQ(ExtraOf(facts).at("news"), "x");
}

TEST(Map, AnUnknownDeliveryStatusIsKept) {
  const auto facts =
      OnlyOrder(MapPush({{"order_id", "1"}, {"logistics_status", "77"}, {"time", "1700000600"}}));
  EXPECT_TRUE(facts.deliveries.empty());
  EXPECT_EQ(facts.issues.at(0),
            (model::Issue{.code = "unknown_status", .detail = "logistics_status 77"}));
  EXPECT_EQ(ExtraOf(facts).at("logistics_status"), "77");
}

TEST(Map, APushAndAReadTellOneDeliveryEventAlike) {
  const auto push = OnlyOrder(MapPush({{"order_id", "1"},
                                       {"logistics_status", "20"},
                                       {"time", "1700000600"},
                                       {"dispatcher_name", "李"},
                                       {"dispatcher_mobile", "139"}}));
  const auto read = OnlyOrder(MapAnswer(
      R"({"data":{"order_id":1,"logistics_status":20,"logistics_fetch_time":1700000600,
          "logistics_dispatcher_name":"李","logistics_dispatcher_mobile":"139"}})"));
  ASSERT_EQ(read.deliveries.size(), 1U);
  EXPECT_EQ(read.deliveries[0].digest, push.deliveries.at(0).digest);
}

TEST(Map, AShopsUnknownStateIsToldRaw) {
  const auto mapped = MapPush({{"app_poi_code", "s"}, {"poi_status", "77"}, {"operate_user", "X"}});
  ASSERT_EQ(mapped.stores.size(), 1U);
  EXPECT_EQ(mapped.stores[0].state, "77");
  EXPECT_EQ(mapped.stores[0].cause, "X");
}

TEST(Map, AnAnswersDigestIgnoresTheOrderOfMembers) {
  const auto digest = [](const char* json) {
    return OnlyOrder(MapAnswer(json)).snapshot->key.digest;
  };
  EXPECT_EQ(digest(R"({"data":{"order_id":1,"total":2}})"),
            digest(R"({"data":{"total":2,"order_id":1}})"));
  EXPECT_NE(digest(R"({"data":{"order_id":1,"total":2}})"),
            digest(R"({"data":{"order_id":1,"total":3}})"));
}

TEST(Map, AReadWithoutPlatformTimeIsOrderedByItsAsking) {
  const auto key = OnlyOrder(MapAnswer(R"({"data":{"order_id":1,"total":2}})")).snapshot->key;
  EXPECT_EQ(key.asked_at, At(kAskedAt));
  EXPECT_EQ(key.updated_at, Instant());
  EXPECT_EQ(key.klass, model::SnapshotKey::Class::kDetailRead);
}

TEST(Map, AReadMayBringStructuresInsteadOfText) {
  const auto facts = OnlyOrder(MapAnswer(
      R"({"data":{"order_id":1,"detail":[{"price":1.5,"quantity":2}],"total":3,"original_price":3}})"));
  EXPECT_EQ(facts.snapshot->items->at(0).amount, Money::FromFen(300));
}

TEST(Map, TheTopicNamesTheOrderAnAnswerLeavesOut) {
  const auto facts =
      OnlyOrder(MapAnswer(ReadData("response_viewstatus.json"), "order/viewstatus?order_id=77"));
  EXPECT_EQ(facts.platform_order_id, "77");
  EXPECT_EQ(facts.statuses.at(0).status, OrderStatus::kAccepted);
  EXPECT_EQ(facts.statuses[0].source, model::Source::kPull);
}

TEST(Map, AListOfRefundsIsReadOneByOne) {
  const auto mapped = MapAnswer(
      R"({"data":[{"order_id":1,"refund_id":5,"refund_type":2,"res_type":2,"money":1.5,"utime":1700000200},
                  {"order_id":1,"refund_id":6,"refund_type":1,"res_type":0}]})",
      "ecommerce/order/getOrderRefundDetail");
  ASSERT_EQ(mapped.orders.size(), 2U);
  EXPECT_EQ(mapped.orders[0].refunds.at(0).kind, model::RefundKind::kPartial);
  EXPECT_EQ(mapped.orders[0].refunds[0].amount, Money::FromFen(150));
  EXPECT_EQ(mapped.orders[1].refunds.at(0).id, "6");
}

TEST(Map, IsAFunctionOfThePayloadAlone) {
  const auto one = MapPaid();
  const auto two = MapPaid();
  EXPECT_EQ(one.snapshot->items, two.snapshot->items);
  EXPECT_EQ(one.extra->members, two.extra->members);
  EXPECT_EQ(one.snapshot->key, two.snapshot->key);
}

}  // namespace
}  // namespace weir::mapping::meituan
