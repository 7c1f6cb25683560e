// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/mapping/douyin/samples.hpp"

/// Every sample with members nobody has seen yet: nothing of it is lost and nothing moves by it.
namespace weir::mapping::douyin {
namespace {

class Strangers : public testing::TestWithParam<const char*> {
 protected:
  static Mapped With(const json& content) {
    return MapEvent(json::parse(ReadData(GetParam()))["event"].get<std::string>(), content);
  }
};

TEST_P(Strangers, AnUnknownMemberIsKeptInExtra) {
  json content = Content(GetParam());
  content["new_member"] = {{"deep", {1, "二", 18446744073709551615U}}};
  const auto known = OnlyOrder(With(Content(GetParam())));
  const auto facts = OnlyOrder(With(content));
  EXPECT_EQ(ExtraOf(facts).at("new_member"),
            json::parse(R"({"deep":["1","二","18446744073709551615"]})"));
  EXPECT_EQ(facts.statuses.size(), known.statuses.size());
  EXPECT_EQ(facts.issues, known.issues);
}

INSTANTIATE_TEST_SUITE_P(Samples, Strangers,
                         testing::Values("webhook_life_takeout_delivery_change.json",
                                         "webhook_life_takeout_order_pay_success.json",
                                         "webhook_life_trade_certificate_notify.json",
                                         "webhook_life_trade_order_notify.json"));

TEST(StrangeMembers, OfNestedObjectsAreKeptInTheirs) {
  json order = Placed();
  order["order"]["a"] = 1;
  for (const char* part : {"poi", "receiver_info", "amount_info"}) order[part]["a"] = 1;
  order["products"][0]["a"] = 1;
  order["products"][0]["commodities"][0]["a"] = 1;
  order["products"][0]["commodities"][0]["items"][0]["a"] = 1;
  const auto facts = OnlyOrder(MapEvent("life_takeout_order_pay_success", order));
  const json extra = ExtraOf(facts);
  EXPECT_EQ(extra.at("a"), "1");
  for (const char* part : {"poi", "receiver_info", "amount_info"}) {
    EXPECT_EQ(extra.at(part).at("a"), "1") << part;
  }
  int found = 0;
  for (const json& rest : extra.at("products")) found += rest.contains("a") ? 1 : 0;
  EXPECT_EQ(found, 3);
}

TEST(StrangeMembers, OfAnSpiCallAreKept) {
  json body = json::parse(ReadData("spi_refund_apply_request.json"));
  body["a"] = 1;
  EXPECT_EQ(ExtraOf(OnlyOrder(MapSpiBody(body.dump()))).at("a"), "1");
}

TEST(StrangeContent, AsAnObjectIsReadAsWell) {
  json body = json::parse(ReadData("webhook_life_takeout_order_pay_success.json"));
  body["content"] = Placed();
  const auto facts = OnlyOrder(MapBody(body.dump()));
  EXPECT_EQ(facts.snapshot->totals.paid, Fen(2980));
}

}  // namespace
}  // namespace weir::mapping::douyin
