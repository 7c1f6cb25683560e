// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "tests/mapping/dada/samples.hpp"

/// Whatever comes in, the map returns: these tests live from the sanitizers they run under.
namespace weir::mapping::dada {
namespace {

std::vector<json> Values() {
  return {json(),
          json(true),
          json("x"),
          json(-1),
          json("99999999999999999999"),
          json("1e9"),
          json("0000-99-99 99:99:99"),
          json::array(),
          json::object(),
          json::array({1, "a", nullptr, json::array()})};
}

void CheckExtra(const Mapped& mapped) {
  for (const auto& facts : mapped.shipments) {
    RC_ASSERT(!facts.number.empty());
    RC_ASSERT(!facts.look || facts.look->extra.empty() || json::accept(facts.look->extra));
    for (const auto& node : facts.nodes) RC_ASSERT(!node.key.empty());
  }
}

TEST(Hostile, EveryPrefixOfACallbackIsMalformed) {
  const std::string body = Sample("callback_5_rider_cancel.json").dump();
  for (std::size_t size = 1; size < body.size(); ++size) {
    const Mapped mapped = MapBody(std::string_view(body).substr(0, size));
    ASSERT_TRUE(mapped.unmappable) << size;
    EXPECT_EQ(mapped.unmappable->reason, "malformed_payload");
  }
}

TEST(Hostile, NothingIsNothing) {
  for (const char* body : {"", "{}"}) {
    const Mapped mapped = MapBody(body);
    EXPECT_FALSE(mapped.unmappable);
    EXPECT_TRUE(mapped.shipments.empty());
  }
}

TEST(Hostile, ALongNumberIsNone) {
  EXPECT_EQ(MapBody(json({{"order_id", std::string(65, '1')}}).dump()).unmappable->reason,
            "missing_subject");
}

RC_GTEST_PROP(Hostile, AnyMemberOfACallbackMayHoldAnything, ()) {
  json callback = Sample("callback_5_rider_cancel.json");
  std::vector<std::string> names;
  for (const auto& [name, value] : callback.items()) names.push_back(name);
  callback[*rc::gen::elementOf(names)] = *rc::gen::elementOf(Values());
  callback[*rc::gen::elementOf(names)] = *rc::gen::elementOf(Values());
  CheckExtra(MapBody(callback.dump()));
}

RC_GTEST_PROP(Hostile, AnyMemberOfAReadMayHoldAnything, ()) {
  json answer = Sample("statusQuery_response.json");
  std::vector<std::string> names;
  for (const auto& [name, value] : answer["result"].items()) names.push_back(name);
  answer["result"][*rc::gen::elementOf(names)] = *rc::gen::elementOf(Values());
  answer["result"][*rc::gen::elementOf(names)] = *rc::gen::elementOf(Values());
  CheckExtra(MapAnswerOf(kReadTopic, answer.dump()));
  CheckExtra(MapDoneOf(kAddTopic, answer.dump()));
}

RC_GTEST_PROP(Hostile, AnyMessageMayHoldAnything, ()) {
  json body = json::object();
  for (const char* name : {"orderId", "dadaOrderId", "cancelReason", "shopNo", "shopStatus",
                           "approveStatus", "notifyTimeInSec"}) {
    body[name] = *rc::gen::elementOf(Values());
  }
  const bool text = *rc::gen::arbitrary<bool>();
  const json message = {{"messageType", *rc::gen::element(1, 4)},
                        {"messageBody", text ? json(body.dump()) : body},
                        {"createTime", *rc::gen::elementOf(Values())}};
  CheckExtra(MapBody(message.dump()));
}

}  // namespace
}  // namespace weir::mapping::dada
