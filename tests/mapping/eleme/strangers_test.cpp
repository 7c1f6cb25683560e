// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/mapping/eleme/samples.hpp"

/// Every sample with members nobody has seen yet and words nobody knows: nothing of it is lost and
/// nothing moves by it.
namespace weir::mapping::eleme {
namespace {

struct Stranger {
  const char* file;
  const char* word;  ///< A member that holds a word; null where there is none.
};

class SamplePush : public testing::TestWithParam<Stranger> {
 protected:
  static json Push() { return json::parse(ReadData(GetParam().file)); }
  static json Body() { return Message(GetParam().file); }
  static Mapped With(const json& body) {
    json push = Push();
    push["message"] = body.dump();
    return MapBody(push.dump());
  }
};

class Strangers : public SamplePush {};
class StrangeWords : public SamplePush {};

TEST_P(Strangers, AnUnknownMemberIsKeptInExtra) {
  json body = Body();
  body["newMember"] = {{"deep", {1, "二"}}};
  const auto facts = OnlyOrder(With(body));
  EXPECT_EQ(ExtraOf(facts).at("newMember"), json::parse(R"({"deep":["1","二"]})"));
}

TEST_P(StrangeWords, AreKeptRawWithAnIssue) {
  json body = Body();
  body[GetParam().word] = "neverHeardOf";
  const auto known = OnlyOrder(With(Body()));
  const auto facts = OnlyOrder(With(body));
  EXPECT_EQ(ExtraOf(facts).at(GetParam().word), "neverHeardOf");
  ASSERT_EQ(facts.issues.size(), 1U);
  EXPECT_EQ(facts.issues[0].code, "unknown_status");
  ASSERT_EQ(facts.statuses.size(), known.statuses.size());
  for (std::size_t i = 0; i < known.statuses.size(); ++i) {
    EXPECT_EQ(facts.statuses[i].status, known.statuses[i].status);
  }
}

TEST_P(Strangers, MembersBesideTheSignedOnesAreNotLookedAt) {
  json push = Push();
  push["orderId"] = "999";
  EXPECT_NE(OnlyOrder(MapBody(push.dump())).platform_order_id, "999");
}

constexpr Stranger kUrge{"push_45_reminder.json", nullptr};
constexpr Stranger kWords[] = {
    {"push_10_order_effective.json", "status"},    {"push_12_order_confirmed.json", "state"},
    {"push_14_order_cancelled.json", "state"},     {"push_18_order_settled.json", "state"},
    {"push_20_cancel_apply.json", "refundStatus"}, {"push_30_refund_apply.json", "refundType"},
    {"push_55_delivering.json", "state"},
};

INSTANTIATE_TEST_SUITE_P(Reminder, Strangers, testing::Values(kUrge));
INSTANTIATE_TEST_SUITE_P(OrderMessages, Strangers, testing::ValuesIn(kWords));
INSTANTIATE_TEST_SUITE_P(OrderMessages, StrangeWords, testing::ValuesIn(kWords));

TEST(StrangeGroups, AreBasketsWithAnIssue) {
  json groups = Placed().at("groups");
  groups[0]["type"] = "surprise";
  groups[0]["colour"] = "red";
  const auto facts = MapPlaced({{"groups", groups}});
  EXPECT_EQ(facts.snapshot->items->size(), 1U);
  EXPECT_EQ(facts.snapshot->issues,
            (std::vector<model::Issue>{{.code = "unknown_status", .detail = "groups.type"}}));
  EXPECT_EQ(ExtraOf(facts).at("groups").at(1),
            json::parse(R"({"basket":"1","type":"surprise","colour":"red"})"));
}

}  // namespace
}  // namespace weir::mapping::eleme
