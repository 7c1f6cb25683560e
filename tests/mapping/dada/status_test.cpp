// SPDX-License-Identifier: Apache-2.0
#include "mapping/dada/status.hpp"

#include <gtest/gtest.h>

#include "tests/mapping/dada/samples.hpp"

namespace weir::mapping::dada {
namespace {

using enum model::ShipmentStatus;
using model::ShipmentStatus;

struct Case {
  int code;
  ShipmentStatus status;
};

// Protocol §8.
class Statuses : public testing::TestWithParam<Case> {};

TEST_P(Statuses, OfACallback) {
  EXPECT_EQ(MapStatusWith({{"order_status", GetParam().code}}).nodes.front().status,
            GetParam().status);
}

TEST_P(Statuses, OfAReadWithoutTimes) {
  const auto facts = MapReadWith(
      {{"statusCode", GetParam().code}, {"createTime", ""}, {"acceptTime", ""}, {"fetchTime", ""}});
  ASSERT_EQ(facts.nodes.size(), 1U);
  EXPECT_EQ(facts.nodes.front().status, GetParam().status);
  EXPECT_FALSE(facts.nodes.front().at);
  EXPECT_EQ(facts.nodes.front().precedence, kOfReadState);
}

INSTANTIATE_TEST_SUITE_P(Codes, Statuses,
                         testing::Values(Case{1, kSearching}, Case{8, kSearching},
                                         Case{2, kAssigned}, Case{100, kAtPickup},
                                         Case{3, kPickedUp}, Case{4, kDelivered},
                                         Case{5, kCancelled}, Case{7, kCancelled},
                                         Case{9, kReturning}, Case{10, kReturned},
                                         Case{1000, kFailed}));

TEST(Status, OfAnAfterSaleMovesNothing) {
  const auto facts = MapStatusWith({{"order_status", 6}});
  EXPECT_FALSE(facts.nodes.front().status);
  EXPECT_EQ(facts.nodes.front().code, "6");
  EXPECT_TRUE(facts.issues.empty());
}

TEST(Status, ThatNobodyKnowsIsAnIssue) {
  for (const auto& facts :
       {MapStatusWith({{"order_status", 11}}), MapReadWith({{"statusCode", 11}})}) {
    EXPECT_FALSE(facts.nodes.back().status);
    EXPECT_EQ(facts.nodes.back().code, "11");
    EXPECT_EQ(facts.issues,
              (std::vector<model::Issue>{{.code = "unknown_status", .detail = "status 11"}}));
  }
}

TEST(Reads, TellOfAStateThatHasNoTimeOfItsOwn) {
  for (const int code : {100, 9, 10}) {
    const auto facts = MapReadWith({{"statusCode", code}});
    ASSERT_EQ(facts.nodes.size(), 4U) << code;
    EXPECT_FALSE(facts.nodes.back().at) << code;
    EXPECT_EQ(facts.nodes.back().code, std::to_string(code));
    EXPECT_EQ(facts.nodes.back().sent_at, At(kAskedAt));
  }
  EXPECT_EQ(MapReadWith({{"statusCode", 100}}).nodes.back().rider_name, "测试达达");
  EXPECT_EQ(MapReadWith({{"statusCode", 10}}).nodes.back().rider_name, "");
}

TEST(Reads, TellWhenItWasCancelledAndWhatThatCost) {
  const auto facts =
      MapReadWith({{"statusCode", 5}, {"cancelTime", "2023-11-15 06:30:00"}, {"deductFee", 2.0}});
  EXPECT_EQ(facts.nodes.back().status, kCancelled);
  EXPECT_EQ(facts.nodes.back().at, At(1700001000));
  EXPECT_EQ(facts.nodes.back().rider_name, "");
  EXPECT_EQ(facts.look->cancel_fee, Fen(200));
  EXPECT_FALSE(facts.position);
}

TEST(Reads, HaveNoPlaceOfARiderWhoHasDone) {
  const auto facts = MapReadWith({{"statusCode", 4}, {"finishTime", "2023-11-15 06:38:20"}});
  EXPECT_EQ(facts.nodes.back().status, kDelivered);
  EXPECT_EQ(facts.nodes.back().rider_name, "测试达达");
  EXPECT_FALSE(facts.position);
}

TEST(Reads, NeverCallDeliveredWhatCameBack) {
  const json end = {{"finishTime", "2023-11-15 06:38:20"}};
  json back = end;
  back["statusCode"] = 10;
  const auto returned = MapReadWith(back);
  EXPECT_EQ(returned.nodes.back().status, model::ShipmentStatus::kReturned);
  EXPECT_EQ(returned.nodes.back().at, At(1700001500));
  back["statusCode"] = 9;
  const auto returning = MapReadWith(back);
  EXPECT_EQ(returning.nodes.back().status, model::ShipmentStatus::kReturning);
  EXPECT_FALSE(returning.nodes.back().at);
  EXPECT_EQ(ExtraOf(returning).at("finishTime"), "2023-11-15 06:38:20");
}

TEST(Reads, TakeTheFeeThatIsPaidElseTheOneAsked) {
  EXPECT_EQ(MapReadWith({{"actualFee", 8.01}}).look->fee, Fen(801));
  EXPECT_EQ(MapReadWith({{"actualFee", nullptr}, {"deliveryFee", 12.3}}).look->fee, Fen(1230));
}

TEST(Reads, CutMetres) { EXPECT_EQ(MapReadWith({{"distance", 99.9}}).look->distance_m, 99); }

TEST(Callbacks, InCamelCaseAreReadToo) {
  const auto facts = OnlyShipment(MapBody(
      R"({"clientId":"7","orderId":"D20261122001","orderStatus":2,"cancelReason":"","cancelFrom":0,)"
      R"("updateTime":1700000100,"dmId":666,"dmName":"n","dmMobile":"m","signature":"s"})"));
  EXPECT_EQ(facts.number, kNumber);
  EXPECT_EQ(facts.nodes.front().key, "2/1700000100/666/");
  EXPECT_EQ(facts.nodes.front().rider_name, "n");
  EXPECT_EQ(facts.nodes.front().life, "7");
  EXPECT_TRUE(ExtraOf(facts).empty());
}

TEST(Callbacks, WithoutATimeHaveNone) {
  const auto facts = MapStatusWith({{"update_time", "soon"}});
  EXPECT_FALSE(facts.nodes.front().at);
  EXPECT_EQ(facts.look->key.asked_at, Instant());
  EXPECT_EQ(facts.look->issues,
            (std::vector<model::Issue>{{.code = "malformed_field", .detail = "update_time"}}));
}

TEST(Callbacks, OfNoOrderAreUnmappable) {
  for (const char* body : {R"({"order_status":2})", R"({"order_id":"","order_status":2})",
                           R"({"messageType":1,"messageBody":"{}"})",
                           R"({"messageType":4,"messageBody":{"shopStatus":1}})"}) {
    const Mapped mapped = MapBody(body);
    ASSERT_TRUE(mapped.unmappable) << body;
    EXPECT_EQ(mapped.unmappable->reason, "missing_subject") << body;
  }
}

TEST(Messages, MayHoldTheirBodyAsAnObject) {
  json message = Sample("message_1_rider_cancel.json");
  message["messageBody"] = json::parse(message["messageBody"].get<std::string>());
  EXPECT_EQ(OnlyShipment(MapBody(message.dump())).asks,
            OnlyShipment(MapBody(ReadData("message_1_rider_cancel.json"))).asks);
}

TEST(Messages, OfAnotherTypeAreNotUnderstood) {
  for (const int type : {2, 3, 99}) {
    const Mapped mapped = MapBody(json({{"messageType", type}, {"messageBody", "{}"}}).dump());
    ASSERT_TRUE(mapped.unmappable) << type;
    EXPECT_EQ(mapped.unmappable->reason, "unknown_topic");
  }
}

TEST(Messages, AreNoneWithoutTheirBody) {
  for (const char* body : {R"({"messageType":1})", R"({"messageType":4,"messageBody":"x"})",
                           R"({"messageType":1,"messageBody":[]})"}) {
    EXPECT_EQ(MapBody(body).unmappable->reason, "malformed_payload") << body;
  }
}

TEST(Shops, ThatAreOnlineSaySoAndAStrangeStateIsKept) {
  const auto state = [](int code) {
    const json shop = {{"shopNo", "s1"}, {"shopStatus", code}, {"shopStatusDesc", "已上线"}};
    return MapBody(json({{"messageType", 4}, {"messageBody", shop.dump()}}).dump()).stores.at(0);
  };
  EXPECT_EQ(state(1).state, "online");
  EXPECT_EQ(state(1).reason, "已上线");
  EXPECT_EQ(state(7).state, "7");
  EXPECT_EQ(state(7).aspect, model::StoreAspect::kOther);
}

}  // namespace
}  // namespace weir::mapping::dada
