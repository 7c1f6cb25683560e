// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "tests/mapping/sf_city/samples.hpp"

/// Whatever comes in, the map returns: these tests live from the sanitizers they run under.
namespace weir::mapping::sf_city {
namespace {

TEST(Hostile, EveryPrefixOfACallbackIsMalformed) {
  const std::string body = CallbackBody("callback_rider_status_10.json");
  for (std::size_t size = 0; size < body.size(); ++size) {
    const Mapped mapped = MapPush(std::string(body, 0, size));
    ASSERT_TRUE(mapped.unmappable) << size;
    EXPECT_EQ(mapped.unmappable->reason, "malformed_payload");
  }
}

RC_GTEST_PROP(Hostile, AnyMemberMayHoldAnything, ()) {
  const auto values = std::vector<json>{json(),
                                        json(true),
                                        json("x"),
                                        json(-1),
                                        json("99999999999999999999"),
                                        json("1e9"),
                                        json::array(),
                                        json::object(),
                                        json::array({1, "a", nullptr, json::array()}),
                                        json(std::string(5000, '9'))};
  const auto& sample = *rc::gen::elementOf(
      std::vector<AnswerSample>(std::begin(kAnswerSamples), std::end(kAnswerSamples)));
  json answer = json::parse(ReadData(sample.file));
  std::vector<std::string> names;
  for (const auto& [name, value] : answer["result"].items()) {
    if (name != "shop_order_id" && name != "out_order_id") names.push_back(name);
  }
  answer["result"][*rc::gen::elementOf(names)] = *rc::gen::elementOf(values);
  answer["result"][*rc::gen::elementOf(names)] = *rc::gen::elementOf(values);
  const auto facts = OnlyShipment(MapPulled(answer.dump(), sample.action));
  RC_ASSERT(facts.number == kNumber);
  RC_ASSERT(facts.look->extra.empty() || json::accept(facts.look->extra));
}

TEST(Hostile, ALongIdIsNoId) {
  const json callback{
      {"shop_order_id", std::string(65, '1')}, {"url_index", "rider_status"}, {"order_status", 10}};
  EXPECT_EQ(MapPush(callback.dump()).unmappable->reason, "missing_subject");
}

TEST(Hostile, AnEndlessFeedIsCut) {
  json feed = json::array();
  for (int i = 0; i < 2000; ++i) feed.push_back({{"order_status", 10}});
  const auto facts =
      OnlyShipment(MapResult({{"shop_order_id", kNumber}, {"feed", feed}}, "listorderfeed"));
  EXPECT_EQ(facts.nodes.size(), 300U);
  EXPECT_EQ(facts.issues.at(0).detail, "feed");
}

TEST(Hostile, PlacesThatAreNoneAreNone) {
  for (const json& east : {json("x"), json("181.00000000000001"), json("nan"), json("1e400"),
                           json(std::string(400, '1')), json("113.905603999999996.74")}) {
    const json callback{{"shop_order_id", kNumber},
                        {"order_status", 10},
                        {"rider_lng", east},
                        {"rider_lat", "22.5"}};
    EXPECT_FALSE(OnlyShipment(MapPush(callback.dump())).position) << east;
  }
}

}  // namespace
}  // namespace weir::mapping::sf_city
