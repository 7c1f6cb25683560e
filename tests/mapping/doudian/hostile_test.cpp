// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "tests/mapping/doudian/samples.hpp"

/// Whatever comes in, the map returns: these tests live from the sanitizers they run under.
namespace weir::mapping::doudian {
namespace {

TEST(Hostile, EveryPrefixOfAPushIsMalformed) {
  const std::string body = ReadData("push_trade_create.json");
  const std::size_t whole = body.find_last_of(']');
  for (std::size_t size = 1; size < whole; ++size) {
    const Mapped mapped = MapBody(std::string(body, 0, size));
    ASSERT_TRUE(mapped.unmappable) << size;
    EXPECT_EQ(mapped.unmappable->reason, "malformed_payload");
  }
}

TEST(Hostile, EveryPrefixOfAnOrdersPagesIsMalformed) {
  const std::string payload = PagesOf(HourlyOrder(), {{"order.batchDecrypt", DecryptAnswer()}});
  const std::size_t first = PagesOf(HourlyOrder()).size();
  for (std::size_t size = 0; size < payload.size(); size += 5) {
    if (size == first) continue;
    EXPECT_TRUE(MapPages(payload.substr(0, size)).unmappable) << size;
  }
}

const std::vector<json>& StrangeValues() {
  static const std::vector<json> values = {
      json(),
      json(true),
      json("x"),
      json(-1),
      json("99999999999999999999"),
      json("1e9"),
      json::array(),
      json::object(),
      json::array({1, "a", nullptr, json::array()}),
      json::parse(R"([{"spec":[1,{"value":[]}],"item_num":-1,"store_info":[1]},{}])"),
      json::parse(R"({"province":[],"city":{"name":{}},"longitude":[],"store_id":{}})")};
  return values;
}

RC_GTEST_PROP(Hostile, AnyMemberOfAnOrderMayHoldAnything, ()) {
  std::vector<std::string> names;
  for (const auto& [name, value] : HourlyOrder().items()) {
    if (name != "order_id") names.push_back(name);
  }
  json order = HourlyOrder();
  order[*rc::gen::elementOf(names)] = *rc::gen::elementOf(StrangeValues());
  order[*rc::gen::elementOf(names)] = *rc::gen::elementOf(StrangeValues());
  const auto facts = OnlyOrder(MapPages(PagesOf(order, {{"order.batchDecrypt", DecryptAnswer()}})));
  RC_ASSERT(facts.platform_order_id == kOrder);
  RC_ASSERT(!facts.extra || json::accept(facts.extra->members));
}

RC_GTEST_PROP(Hostile, AnyMemberOfALineMayHoldAnything, ()) {
  json lines = HourlyOrder()["sku_order_list"];
  std::vector<std::string> names;
  for (const auto& [name, value] : lines[0].items()) names.push_back(name);
  lines[0][*rc::gen::elementOf(names)] = *rc::gen::elementOf(StrangeValues());
  lines[0][*rc::gen::elementOf(names)] = *rc::gen::elementOf(StrangeValues());
  RC_ASSERT(MapDetail({{"sku_order_list", lines}}).snapshot->items->size() == 2U);
}

RC_GTEST_PROP(Hostile, WhatWasReadAlongMayHoldAnything, ()) {
  const json value = *rc::gen::elementOf(StrangeValues());
  json shipment = ShipmentAnswer();
  shipment["shipment_info"][*rc::gen::element<std::string>("shipment_status", "occurred_time",
                                                           "rider_name")] = value;
  const std::vector<Page> more = {{"superm.getShipmentInfo", shipment},
                                  {"order.batchDecrypt", {{"decrypt_infos", value}}},
                                  {"logistics.trackNoRouteDetail", {{"route_node_list", value}}}};
  const auto facts = OnlyOrder(MapPages(PagesOf(HourlyOrder(), more)));
  RC_ASSERT(!facts.extra || json::accept(facts.extra->members));
}

RC_GTEST_PROP(Hostile, AnyMemberOfAMessageMayHoldAnything, ()) {
  json data = RefundData({{"update_time", 1}, {"order_status", 2}});
  std::vector<std::string> names;
  for (const auto& [name, value] : data.items()) {
    if (name != "p_id" && name != "aftersale_id") names.push_back(name);
  }
  data[*rc::gen::elementOf(names)] = *rc::gen::elementOf(StrangeValues());
  const auto facts = OnlyOrder(MapMessage(*rc::gen::element(110, 200, 206), data));
  RC_ASSERT(!facts.extra || json::accept(facts.extra->members));
}

TEST(Hostile, ALongIdIsNoId) {
  const Mapped mapped = MapMessage(110, TradeData({{"p_id", std::string(65, '1')}}));
  ASSERT_TRUE(mapped.unmappable);
  EXPECT_EQ(mapped.unmappable->reason, "missing_subject");
}

TEST(Hostile, DeepJsonIsMalformed) {
  json message = MessageOf(110, TradeData());
  message["data"] = R"({"p_id":"1","a":)" + std::string(200, '[') + std::string(200, ']') + "}";
  EXPECT_TRUE(MapBody(json::array({message}).dump()).unmappable);
}

}  // namespace
}  // namespace weir::mapping::doudian
