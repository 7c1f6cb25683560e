// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "base/text.hpp"
#include "tests/mapping/eleme/samples.hpp"

/// Whatever comes in, the map returns: these tests live from the sanitizers they run under.
namespace weir::mapping::eleme {
namespace {

TEST(Hostile, EveryPrefixOfAPushIsMalformed) {
  const std::string body = ReadData("push_10_order_effective.json");
  const std::size_t whole = body.find_last_of('}');
  for (std::size_t size = 1; size < whole; ++size) {
    const Mapped mapped = MapBody(std::string(body, 0, size));
    ASSERT_TRUE(mapped.unmappable) << size;
    EXPECT_EQ(mapped.unmappable->reason, "malformed_payload");
  }
}

TEST(Hostile, EveryPrefixOfAMessageIsMalformed) {
  const std::string message = Placed().dump();
  json push = json::parse(ReadData("push_10_order_effective.json"));
  for (std::size_t size = 0; size < message.size(); size += 7) {
    std::string cut(message, 0, size);
    while (!cut.empty() && !IsValidUtf8(cut)) cut.pop_back();
    push["message"] = cut;
    const Mapped mapped = MapBody(push.dump());
    ASSERT_TRUE(mapped.unmappable) << size;
    EXPECT_EQ(mapped.unmappable->reason, "malformed_payload");
  }
}

RC_GTEST_PROP(Hostile, AnyMemberMayHoldAnything, ()) {
  const auto names = [] {
    std::vector<std::string> all;
    for (const auto& [name, value] : Placed().items()) {
      if (name != "orderId") all.push_back(name);
    }
    return all;
  }();
  const auto values =
      std::vector<json>{json(),
                        json(true),
                        json("x"),
                        json(-1),
                        json("99999999999999999999"),
                        json("1e9"),
                        json::array(),
                        json::object(),
                        json::array({1, "a", nullptr, json::array()}),
                        json::parse(R"([{"items":[1,{"price":"x","quantity":-1}]}])"),
                        json::parse(R"([{"type":"extra","items":[{}]},{}])")};
  json order = Placed();
  order[*rc::gen::elementOf(names)] = *rc::gen::elementOf(values);
  order[*rc::gen::elementOf(names)] = *rc::gen::elementOf(values);
  for (const bool read : {false, true}) {
    const auto facts = OnlyOrder(read ? MapAnswer(order) : MapMessage(10, order));
    RC_ASSERT(facts.platform_order_id == "1200000000000000001");
    RC_ASSERT(!facts.extra || json::accept(facts.extra->members));
  }
}

TEST(Hostile, ALongIdIsNoId) {
  const Mapped mapped = MapMessage(12, {{"orderId", std::string(65, '1')}});
  ASSERT_TRUE(mapped.unmappable);
  EXPECT_EQ(mapped.unmappable->reason, "missing_subject");
}

TEST(Hostile, SumsThatOverflowAreUnknown) {
  json groups = Placed().at("groups");
  groups[0]["items"][0]["total"] = "90000000000000000";
  groups[0]["items"].push_back(groups[0]["items"][0]);
  EXPECT_FALSE(MapPlaced({{"groups", groups}}).snapshot->totals.items);
}

TEST(Hostile, DeepJsonIsMalformed) {
  const std::string deep =
      R"({"orderId":"1","a":)" + std::string(200, '[') + std::string(200, ']') + "}";
  json push = json::parse(PushOf(12, json::object()));
  push["message"] = deep;
  EXPECT_TRUE(MapBody(push.dump()).unmappable);
}

}  // namespace
}  // namespace weir::mapping::eleme
