// SPDX-License-Identifier: Apache-2.0
#include "mapping/sf_express/routes.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "tests/mapping/sf_express/samples.hpp"

namespace weir::mapping::sf_express {
namespace {

TEST(PushedRoutes, OfTheSampleAreNodes) {
  const auto facts = Only(MapPushed("routes", kJsonDialect, ReadData("route_push.json")));
  EXPECT_EQ(facts.platform, "sf_express");
  EXPECT_EQ(facts.number, kNumber);
  EXPECT_EQ(facts.waybill, kWaybill);
  EXPECT_TRUE(facts.issues.empty());
  EXPECT_FALSE(facts.look);
  ASSERT_EQ(facts.nodes.size(), 2U);
  const model::TrackingNode& node = facts.nodes[0];
  EXPECT_EQ(node.key, "SF1234567890123/50/2026-11-22 11:00:00/顺丰速运 已收取快件");
  EXPECT_EQ(node.at, China("2026-11-22 11:00:00"));
  EXPECT_EQ(node.status, model::ShipmentStatus::kPickedUp);
  EXPECT_EQ(node.code, "50");
  EXPECT_EQ(node.text, "顺丰速运 已收取快件");
  EXPECT_EQ(node.place, "深圳市");
  EXPECT_EQ(node.sent_at, std::nullopt);
  EXPECT_EQ(facts.nodes[1].status, model::ShipmentStatus::kInTransit);
}

TEST(PushedRoutes, InAFormSayTheSame) {
  const json variant = json::parse(ReadData("route_push_form_variant.json"));
  const auto form =
      Only(MapPushed("routes", kFormDialect, variant.at("raw_body").get<std::string>()));
  const auto xml =
      Only(MapPushed("routes", kXmlDialect, variant.at("content_decoded_xml").get<std::string>()));
  json pushed = json::parse(ReadData("route_push.json"));
  pushed["Body"]["WaybillRoute"].erase(1);
  const auto from_json = Only(MapPushed("routes", kJsonDialect, pushed.dump()));
  EXPECT_EQ(form.nodes, from_json.nodes);
  EXPECT_EQ(xml.nodes, from_json.nodes);
  EXPECT_EQ(form.number, from_json.number);
}

TEST(PulledRoutes, OfTheSampleAreTheWholeWay) {
  const auto facts = Only(MapAnswered(kSearchRoutes, ReadData("search_routes_response.json")));
  EXPECT_EQ(facts.number, kNumber);
  EXPECT_EQ(facts.waybill, kWaybill);
  std::vector<std::string> way;
  for (const auto& node : facts.nodes) {
    way.emplace_back(node.status ? Name(*node.status) : "-");
    EXPECT_EQ(node.sent_at, kAskedAt);
  }
  EXPECT_EQ(way,
            (std::vector<std::string>{"picked_up", "in_transit", "in_transit", "in_transit",
                                      "out_for_delivery", "out_for_delivery", "delivered", "-"}));
  EXPECT_EQ(facts.nodes[5].rider_name, "测试");
  EXPECT_EQ(facts.nodes[5].rider_phone, "13900000000");
  EXPECT_FALSE(facts.look);
}

TEST(PulledRoutes, WithoutNodesSayNothing) {
  const auto mapped = MapAnswered(kSearchRoutes, ReadData("search_routes_empty_response.json"));
  EXPECT_TRUE(mapped.shipments.empty());
  EXPECT_FALSE(mapped.unmappable);
}

TEST(PulledRoutes, OfAListGoByTheirWaybills) {
  const std::string body = ReadData("search_routes_response.json");
  const auto facts = Only(Map({.pulled = true,
                               .dialect = kJsonDialect,
                               .topic = kSearchRoutes,
                               .bytes = body,
                               .received_at = kAskedAt}));
  EXPECT_EQ(facts.number, "");
  EXPECT_EQ(facts.waybill, kWaybill);
}

TEST(Routes, OfSeveralWaybillsAreOneFactEach) {
  const auto mapped = MapPushed(
      "routes", kJsonDialect,
      PushOf(json::array({RouteOf(50, "2026-11-22 11:00:00"),
                          RouteOf(51, "2026-11-22 11:00:00", {{"mailno", "SF1234567890124"}}),
                          RouteOf(30, "2026-11-22 12:00:00")})));
  ASSERT_EQ(mapped.shipments.size(), 2U);
  EXPECT_EQ(mapped.shipments[0].nodes.size(), 2U);
  EXPECT_EQ(mapped.shipments[1].waybill, "SF1234567890124");
  EXPECT_TRUE(mapped.shipments[1].nodes.at(0).key.starts_with("SF1234567890124/51/"));
}

TEST(Routes, WithoutAWaybillDoNotCostTheOthers) {
  const auto mapped =
      MapPushed("routes", kJsonDialect,
                PushOf(json::array({RouteOf(50, "2026-11-22 11:00:00", {{"mailno", ""}}),
                                    RouteOf(30, "2026-11-22 12:00:00")})));
  EXPECT_EQ(mapped.shipments.size(), 1U);
  ASSERT_TRUE(mapped.unmappable);
  EXPECT_EQ(mapped.unmappable->reason, "missing_subject");
  EXPECT_TRUE(mapped.unmappable->in_part);
}

TEST(Routes, ABrokenTimeCostsOnlyItself) {
  const auto facts =
      Only(MapPushed("routes", kJsonDialect, PushOf(json::array({RouteOf(50, "yesterday")}))));
  EXPECT_EQ(facts.nodes.at(0).at, std::nullopt);
  EXPECT_EQ(facts.nodes.at(0).status, model::ShipmentStatus::kPickedUp);
  EXPECT_EQ(facts.issues.at(0).code, "malformed_field");
}

TEST(Routes, ANewNumberIsAReturn) {
  struct Row {
    int op;
    const char* remark;
    const char* waybill;
  };
  for (const Row& row :
       {Row{648, "快件已退回/转寄,新单号为SF9876543210123", "SF9876543210123"},
        Row{99, "应客户要求,快件正在转寄中，新单号：SF9876543210123。", "SF9876543210123"},
        Row{631, "新单退回 987654321012", "987654321012"}, Row{648, "快件已退回/转寄,新单号为", ""},
        Row{648, "请电话13900000000联系", ""}, Row{648, "单号SF1234567890123已退回", ""},
        Row{80, "已签收 SF9876543210123", ""}}) {
    const auto facts = Only(MapPushed(
        "routes", kJsonDialect,
        PushOf(json::array({RouteOf(row.op, "2026-11-22 11:00:00", {{"remark", row.remark}})}))));
    std::vector<model::Waybill> expected;
    if (*row.waybill != '\0') {
      expected.push_back({.no = row.waybill, .kind = model::WaybillKind::kReturn});
    }
    EXPECT_EQ(facts.waybills, expected) << row.remark;
  }
}

/// 500 nodes, as the three ways tell them.
std::vector<json> ManyRoutes() {
  constexpr std::array kOps{50, 30, 31, 36, 204, 44, 80, 8000};
  std::vector<json> routes;
  for (int i = 0; i < 500; ++i) {
    routes.push_back(RouteOf(kOps.at(static_cast<std::size_t>(i) % kOps.size()),
                             fmt::format("2026-11-22 {:02}:{:02}:00", i / 60, i % 60),
                             {{"remark", fmt::format("第{}步 <a> & \"b\"", i)},
                              {"id", std::to_string(160000000000000 + i)}}));
  }
  return routes;
}

std::string XmlOf(const std::vector<json>& routes) {
  const auto escape = [](const std::string& text) {
    std::string out;
    for (const char c : text) {
      out += c == '<' ? "&lt;" : c == '&' ? "&amp;" : c == '"' ? "&quot;" : std::string(1, c);
    }
    return out;
  };
  std::string xml = "<Request service=\"RoutePushService\" lang=\"zh-CN\"><Body>";
  for (const json& route : routes) {
    xml += "<WaybillRoute";
    for (const auto& [name, value] : route.items()) {
      xml += " " + name + "=\"" + escape(value.get<std::string>()) + "\"";
    }
    xml += "/>";
  }
  return xml + "</Body></Request>";
}

std::string QueryOf(const std::vector<json>& routes) {
  json nodes = json::array();
  for (json route : routes) {
    for (const char* name : {"mailno", "orderid", "id"}) route.erase(name);
    route["firstStatusCode"] = "2";
    nodes.push_back(std::move(route));
  }
  return AnswerOf({{"routeResps", {{{"mailNo", kWaybill}, {"routes", nodes}}}}});
}

std::set<std::string> KeysOf(const Mapped& mapped) {
  std::set<std::string> keys;
  for (const auto& facts : mapped.shipments) {
    for (const auto& node : facts.nodes) keys.insert(node.key);
  }
  return keys;
}

TEST(Routes, HaveTheSameKeysWhicheverWayTheyCome) {
  std::vector<json> routes = ManyRoutes();
  const auto pulled = KeysOf(MapAnswered(kSearchRoutes, QueryOf(routes)));
  EXPECT_EQ(pulled.size(), 500U);
  // Shuffled and doubled, ten a push.
  const std::vector<json> once = routes;
  routes.insert(routes.end(), once.begin(), once.begin() + 250);
  std::shuffle(routes.begin(), routes.end(), std::mt19937(7));
  std::set<std::string> from_json;
  std::set<std::string> from_xml;
  for (std::size_t i = 0; i < routes.size(); i += 10) {
    const std::vector<json> batch(
        routes.begin() + static_cast<std::ptrdiff_t>(i),
        routes.begin() + static_cast<std::ptrdiff_t>(std::min(i + 10, routes.size())));
    from_json.merge(KeysOf(MapPushed("routes", kJsonDialect, PushOf(batch))));
    from_xml.merge(KeysOf(MapPushed("routes", kXmlDialect, XmlOf(batch))));
  }
  EXPECT_EQ(from_json, pulled);
  EXPECT_EQ(from_xml, pulled);
}

}  // namespace
}  // namespace weir::mapping::sf_express
