// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "tests/mapping/douyin/samples.hpp"

/// Whatever comes in, the map returns: these tests live from the sanitizers they run under.
namespace weir::mapping::douyin {
namespace {

TEST(Hostile, EveryPrefixOfAWebhookIsMalformed) {
  const std::string body =
      json::parse(ReadData("webhook_life_takeout_order_pay_success.json")).dump();
  for (std::size_t size = 0; size < body.size(); ++size) {
    const Mapped mapped = MapBody(std::string(body, 0, size));
    ASSERT_TRUE(mapped.unmappable) << size;
    EXPECT_EQ(mapped.unmappable->reason, "malformed_payload");
  }
}

std::vector<json> Values() {
  return {json(),
          json(true),
          json("x"),
          json(-1),
          json("99999999999999999999"),
          json("1e9"),
          json::array(),
          json::object(),
          json::array({1, "a", nullptr, json::array()}),
          json::parse(R"([{"num":-1,"origin_amount":"x","commodities":[1,{"items":[{}]}]}])"),
          json::parse(R"([{"certificate_id":7,"item_status":"x"}])")};
}

RC_GTEST_PROP(Hostile, AnyMemberMayHoldAnything, ()) {
  json order = Placed();
  for (const auto& [name, value] : Voucher().items()) {
    if (!order.contains(name) && name != "order_id") order[name] = value;
  }
  std::vector<std::string> names;
  for (const auto& [name, value] : order.items()) {
    if (name != "order") names.push_back(name);
  }
  order[*rc::gen::elementOf(names)] = *rc::gen::elementOf(Values());
  order[*rc::gen::elementOf(names)] = *rc::gen::elementOf(Values());
  for (const bool read : {false, true}) {
    const auto facts = OnlyOrder(read ? MapRead(OrdersAnswer(order))
                                      : MapEvent("life_takeout_order_pay_success", order));
    RC_ASSERT(facts.platform_order_id == kOrder);
    RC_ASSERT(!facts.extra || json::accept(facts.extra->members));
  }
}

RC_GTEST_PROP(Hostile, AnyEventMayHoldAnything, ()) {
  const auto event = *rc::gen::elementOf(std::vector<std::string>{
      "life_takeout_order_merchant_receive", "life_trade_takeout_order_modify",
      "life_takeout_delivery_change", "life_trade_refund_audit", "life_trade_refund_complete",
      "life_trade_certificate_notify", "life_trade_order_notify",
      "life_shop_order_receive_change"});
  json content = {{"order_id", kOrder}};
  for (const char* name : {"action", "certificate", "delivery_status", "pass", "poi_id",
                           "refund_reason", "refund_amount", "update_time", "order"}) {
    content[name] = *rc::gen::elementOf(Values());
  }
  const Mapped mapped = MapEvent(event, content);
  for (const auto& facts : mapped.orders) {
    RC_ASSERT(!facts.platform_order_id.empty());
    RC_ASSERT(!facts.extra || json::accept(facts.extra->members));
  }
}

TEST(Hostile, ALongIdIsNoId) {
  const Mapped mapped =
      MapEvent("life_trade_takeout_order_finish", {{"order_id", std::string(65, '1')}});
  ASSERT_TRUE(mapped.unmappable);
  EXPECT_EQ(mapped.unmappable->reason, "missing_subject");
}

TEST(Hostile, DeepJsonIsMalformed) {
  const std::string deep =
      R"({"order_id":"1","a":)" + std::string(200, '[') + std::string(200, ']') + "}";
  const std::string body =
      json{{"event", "life_trade_takeout_order_finish"}, {"content", deep}}.dump();
  EXPECT_EQ(MapBody(body).unmappable->reason, "malformed_payload");
}

}  // namespace
}  // namespace weir::mapping::douyin
