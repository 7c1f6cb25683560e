// SPDX-License-Identifier: Apache-2.0
#include "simulators/sf_express/life.hpp"

#include <gtest/gtest.h>

#include "tests/simulators/sf_express/scene.hpp"

namespace weir::simulators::sf_express {
namespace {

using Codes = std::vector<std::string>;
using End = Fate::End;

Codes CodesOf(Fate fate) {
  Scene scene;
  scene.sf.Foretell(fate);
  const std::string waybill = scene.Order();
  scene.Run();
  return scene.OpCodes(waybill);
}

ShipmentTruth TruthAfter(Fate fate) {
  Scene scene;
  scene.sf.Foretell(fate);
  scene.Order();
  scene.Run();
  return scene.Truth();
}

TEST(Ways, GrowUntilTheEnd) {
  EXPECT_EQ(CodesOf({}), (Codes{"50", "30", "36", "31", "204", "44", "80", "8000"}));
  const ShipmentTruth truth = TruthAfter({});
  EXPECT_EQ(truth.status, "delivered");
  EXPECT_FALSE(truth.live);
  EXPECT_EQ(truth.way.front(), "created");
  EXPECT_EQ(truth.way.back(), "delivered");
  EXPECT_GT(truth.ended, truth.created);
}

TEST(Ways, FollowTheirFate) {
  EXPECT_EQ(CodesOf({.second_try = true}),
            (Codes{"50", "30", "36", "31", "204", "44", "70", "44", "80", "8000"}));
  EXPECT_EQ(CodesOf({.to_locker = true}),
            (Codes{"50", "30", "36", "31", "204", "44", "125", "128", "8000"}));
  EXPECT_EQ(CodesOf({.end = End::kCalledOff}), (Codes{"50", "30", "70"}));
  EXPECT_EQ(CodesOf({.end = End::kReturned}),
            (Codes{"50", "30", "36", "31", "204", "44", "70", "99", "648"}));
  EXPECT_EQ(CodesOf({.end = End::kNeverCollected}), Codes{});
  EXPECT_EQ(CodesOf({.stuck_after = 2}), (Codes{"50", "30"}));
}

TEST(Ways, EndInTheirStatus) {
  EXPECT_EQ(TruthAfter({.end = End::kCalledOff}).status, "cancelled");
  EXPECT_EQ(TruthAfter({.end = End::kReturned}).status, "returned");
  EXPECT_EQ(TruthAfter({.end = End::kNeverCollected}).status, "created");
  EXPECT_TRUE(TruthAfter({.stuck_after = 2}).live);
}

TEST(Ways, ThatComeBackNameANewWaybill) {
  Scene scene;
  scene.sf.Foretell({.end = End::kReturned});
  const std::string waybill = scene.Order();
  scene.Run();
  const std::string remark = scene.Routes(waybill).back()["remark"];
  EXPECT_NE(remark.find("SF74444"), std::string::npos);
  EXPECT_EQ(remark.find(waybill), std::string::npos);
}

TEST(Ways, AreShownToWhoKnowsAPhone) {
  Scene scene;
  const std::string waybill = scene.Order();
  scene.Run();
  EXPECT_EQ(scene.Routes(waybill, "0002").size(), 8U);
  EXPECT_EQ(scene.Routes(waybill, "9999").size(), 0U);
  EXPECT_EQ(scene.Routes("SF1").size(), 0U);
}

TEST(Ways, AreAskedForTenAtOnce) {
  Scene scene;
  const auto code = [&scene](std::size_t count) {
    return scene.CodeOf("EXP_RECE_SEARCH_ROUTES",
                        {{"trackingType", "1"}, {"trackingNumber", Codes(count, "SF1")}});
  };
  EXPECT_EQ(code(10), "S0000");
  EXPECT_EQ(code(11), "8003");
  EXPECT_EQ(code(0), "8013");
}

TEST(Ways, OfChildrenAreTheirOwn) {
  Scene scene;
  scene.Order("shp-1", 2);
  scene.Run();
  const json list = scene.Ask("EXP_RECE_SEARCH_ORDER_RESP",
                              {{"orderId", "shp-1"}})["msgData"]["waybillNoInfoList"];
  EXPECT_EQ(scene.OpCodes(list[1]["waybillNo"]), (Codes{"51", "80"}));
}

TEST(Ways, CostNothingBeforeTheyBegin) {
  Scene scene;
  const std::string waybill = scene.Order();
  const json query{{"trackingType", "2"}, {"trackingNum", waybill}};
  EXPECT_EQ(scene.CodeOf("EXP_RECE_QUERY_SFWAYBILL", query), "8148");
  scene.Run();
  const json fees = scene.Ask("EXP_RECE_QUERY_SFWAYBILL", query)["msgData"]["waybillFeeList"];
  EXPECT_EQ(fees[0]["value"].get<double>() + fees[1]["value"].get<double>(), 28.0);
}

TEST(Intercepts, BringThemBack) {
  Scene scene;
  const std::string waybill = scene.Order();
  const json intercept{{"waybillNo", waybill}, {"serviceCode", "2"}};
  EXPECT_EQ(scene.CodeOf("EXP_RECE_WANTED_INTERCEPT", intercept), "8196");
  scene.RunFor(std::chrono::seconds(20));
  ASSERT_EQ(scene.Truth().way.at(1), "picked_up");
  EXPECT_EQ(scene.CodeOf("EXP_RECE_UPDATE_ORDER", {{"orderId", "shp-1"}, {"dealType", 2}}), "8252");
  EXPECT_EQ(scene.CodeOf("EXP_RECE_WANTED_INTERCEPT", intercept), "S0000");
  scene.Run();
  EXPECT_EQ(scene.Truth().status, "returned");
  EXPECT_EQ(scene.OpCodes(waybill).back(), "648");
}

TEST(Lives, AreTheSameWhateverGoesWrong) {
  const auto statuses = [](Options options) {
    Scene scene(std::move(options));
    for (int i = 0; i < 40; ++i)
      scene.Send("EXP_RECE_CREATE_ORDER", OrderMessage(std::to_string(i)));
    scene.Run();
    Codes all;
    for (const ShipmentTruth& truth : scene.sf.Shipments()) all.emplace_back(truth.status);
    return all;
  };
  const auto eventful = [](Options& options) {
    options.traffic = CourierTraffic();
    options.calls_per_second = 0;
  };
  const Codes calm = statuses(With(eventful));
  EXPECT_EQ(calm.size(), 40U);
  EXPECT_NE(std::ranges::find_if(calm, [](const auto& word) { return word != "delivered"; }),
            calm.end());
  EXPECT_EQ(statuses(With([&](Options& options) {
              eventful(options);
              options.faults.duplicated = options.faults.reordered = 0.5;
              options.quirks.form_pushes = true;
            })),
            calm);
}

}  // namespace
}  // namespace weir::simulators::sf_express
