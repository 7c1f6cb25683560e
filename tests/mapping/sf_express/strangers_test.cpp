// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/mapping/sf_express/samples.hpp"

namespace weir::mapping::sf_express {
namespace {

/// The sample's answer with one member more in its `msgData`.
model::ShipmentFacts MapWithStranger(std::string_view topic, const std::string& file) {
  json answer = json::parse(ReadData(file));
  json service = json::parse(answer.at("apiResultData").get<std::string>());
  service["msgData"]["stranger"] = {{"a", 1}};
  answer["apiResultData"] = service.dump();
  answer["stranger"] = 1;
  return Only(MapAnswered(topic, answer.dump()));
}

TEST(Strangers, AmongAnOrderAreKept) {
  for (const auto& [topic, file] : {std::pair(kCreateOrder, "create_order_response.json"),
                                    std::pair(kSearchOrder, "search_order_response.json"),
                                    std::pair(kUpdateOrder, "update_order_response.json")}) {
    const auto facts = MapWithStranger(topic, file);
    EXPECT_EQ(ExtraOf(facts)["stranger"]["a"], "1") << file;
    EXPECT_TRUE(facts.issues.empty());
  }
}

TEST(Strangers, AmongAFeeAreKept) {
  json answer = json::parse(ReadData("query_fee_response.json"));
  json service = json::parse(answer.at("apiResultData").get<std::string>());
  service["msgData"]["waybillInfo"]["stranger"] = "x";
  service["msgData"]["waybillFeeList"][0]["stranger"] = "y";
  answer["apiResultData"] = service.dump();
  const auto facts = Only(MapAnswered(kQueryFee, answer.dump()));
  EXPECT_EQ(ExtraOf(facts)["waybillInfo"]["stranger"], "x");
  EXPECT_EQ(ExtraOf(facts)["waybillFeeList"][0]["stranger"], "y");
  EXPECT_EQ(facts.look->fee, Fen(2600));
}

TEST(Strangers, OfANodeAreKeptBesideItsKey) {
  const json route = RouteOf(80, "2026-11-22 11:00:00", {{"stranger", "x"}, {"reasonName", "y"}});
  const auto facts = Only(MapPushed("routes", kJsonDialect, PushOf(json::array({route}))));
  EXPECT_EQ(facts.nodes.at(0).status, model::ShipmentStatus::kDelivered);
  EXPECT_EQ(ExtraOf(facts)["routes"],
            json::parse(R"([{"key":"SF1234567890123/80/2026-11-22 11:00:00/某处操作",)"
                        R"("stranger":"x","reasonName":"y"}])"));
}

TEST(Strangers, OfAPulledNodeAreKept) {
  json answer = json::parse(ReadData("search_routes_response.json"));
  json service = json::parse(answer.at("apiResultData").get<std::string>());
  service["msgData"]["routeResps"][0]["routes"][6]["stranger"] = "x";
  answer["apiResultData"] = service.dump();
  const auto facts = Only(MapAnswered(kSearchRoutes, answer.dump()));
  EXPECT_EQ(ExtraOf(facts)["routes"][0]["stranger"], "x");
  EXPECT_EQ(facts.nodes.size(), 8U);
}

}  // namespace
}  // namespace weir::mapping::sf_express
