// SPDX-License-Identifier: Apache-2.0
#include "simulators/sf_express/pushes.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tests/simulators/sf_express/scene.hpp"

namespace weir::simulators::sf_express {
namespace {

json NodesOf(const OutgoingPush& push) {
  return json::parse(push.body).at("Body").at("WaybillRoute");
}

TEST(Pushes, TellEachNode) {
  Scene scene;
  const std::string waybill = scene.Order();
  scene.Run();
  std::vector<std::string> codes;
  for (const OutgoingPush& push : scene.pushes) {
    EXPECT_EQ(push.content_type, "application/json;charset=UTF-8");
    for (const json& node : NodesOf(push)) {
      EXPECT_EQ(node["mailno"], waybill);
      EXPECT_EQ(node["orderid"], "shp-1");
      codes.push_back(node["opCode"]);
    }
  }
  EXPECT_EQ(codes, scene.OpCodes(waybill));
  for (const Event& event : scene.Truth().events) EXPECT_EQ(event.answered_ok, 1U) << event.what;
  EXPECT_EQ(scene.sf.counts().outstanding, 0U);
}

TEST(Pushes, HoldTenNodesAtMost) {
  Scene scene(With([](Options& options) {
    options.calls_per_second = 0;
    options.quirks.batch_within = std::chrono::minutes(10);
  }));
  for (int i = 0; i < 7; ++i) scene.Order("shp-" + std::to_string(i));
  scene.Run();
  std::size_t nodes = 0;
  std::size_t largest = 0;
  for (const OutgoingPush& push : scene.pushes) {
    nodes += NodesOf(push).size();
    largest = std::max(largest, NodesOf(push).size());
  }
  EXPECT_EQ(nodes, 7U * 8U);
  EXPECT_EQ(largest, 10U);
}

TEST(Pushes, ThatFailComeAgainAsAWhole) {
  Scene scene;
  int answers = 0;
  scene.answer = [&answers](const OutgoingPush&) {
    return ++answers == 1 ? PushAnswer{200, R"({"return_code":"1000"})"}
                          : PushAnswer{200, R"({"return_code":"0000"})"};
  };
  scene.Order();
  scene.Run();
  std::map<std::string, int> bodies;
  for (const OutgoingPush& push : scene.pushes) ++bodies[push.body];
  EXPECT_EQ(bodies[scene.pushes.front().body], 2);
  EXPECT_EQ(scene.sf.counts().repeated, 1U);
  EXPECT_EQ(scene.sf.counts().failed, 1U);
  for (const Event& event : scene.Truth().events) EXPECT_EQ(event.answered_ok, 1U);
}

TEST(Pushes, AreGivenUp) {
  Scene scene(With([](Options& options) { options.retry.retries = {std::chrono::seconds(1)}; }));
  scene.answer = [](const OutgoingPush&) { return PushAnswer{500, ""}; };
  scene.Order();
  scene.Run();
  EXPECT_GT(scene.sf.counts().given_up, 0U);
  EXPECT_EQ(scene.sf.counts().outstanding, 0U);
}

TEST(Pushes, MayBeForms) {
  Scene scene(With([](Options& options) { options.quirks.form_pushes = true; }));
  scene.answer = [](const OutgoingPush&) {
    return PushAnswer{200, R"(<Response service="RoutePushService"><Head>OK</Head></Response>)"};
  };
  scene.Order();
  scene.Run();
  const auto form = ParseForm(scene.pushes.at(0).body);
  ASSERT_TRUE(form);
  const std::string* xml = Find(*form, "content");
  ASSERT_NE(xml, nullptr);
  EXPECT_NE(xml->find("<WaybillRoute id=\"160000000000001\""), std::string::npos);
  EXPECT_NE(xml->find("opCode=\"50\""), std::string::npos);
  EXPECT_EQ(scene.sf.counts().failed, 0U);
}

TEST(Pushes, AreDoubledAndOutOfOrder) {
  Scene scene(With([](Options& options) {
    options.faults.duplicated = 1;
    options.faults.reordered = 0.5;
    options.faults.reordered_within = std::chrono::minutes(2);
    options.quirks.shuffled = 1;
  }));
  const std::string waybill = scene.Order();
  scene.Run();
  std::vector<std::string> codes;
  for (const OutgoingPush& push : scene.pushes) {
    for (const json& node : NodesOf(push)) codes.push_back(node["opCode"]);
  }
  EXPECT_EQ(codes.size(), 16U);
  EXPECT_EQ(std::set<std::string>(codes.begin(), codes.end()).size(), 8U);
  EXPECT_FALSE(
      std::ranges::equal(scene.OpCodes(waybill), std::vector(codes.begin(), codes.begin() + 8)));
  EXPECT_EQ(scene.sf.counts().duplicated, 8U);
}

TEST(Pushes, AreForgedByWhoLacksTheToken) {
  Scene scene(With([](Options& options) { options.faults.forged = 1; }));
  scene.answer = [](const OutgoingPush& push) {
    return push.url.ends_with("/token-of-16-signs") ? PushAnswer{200, R"({"return_code":"0000"})"}
                                                    : PushAnswer{404, ""};
  };
  scene.Order();
  scene.Run();
  EXPECT_GT(scene.sf.counts().forged, 0U);
  EXPECT_EQ(scene.sf.counts().forged_accepted, 0U);
  for (const Event& event : scene.Truth().events) EXPECT_EQ(event.answered_ok, 1U);
}

TEST(Pushes, GoNowhereWithoutAnAddress) {
  Scene scene(With([](Options& options) { options.push_url.clear(); }));
  scene.Order();
  scene.Run();
  EXPECT_TRUE(scene.pushes.empty());
  EXPECT_EQ(scene.Truth().events.size(), 8U);
  EXPECT_TRUE(scene.Truth().events.front().suppressed);
}

}  // namespace
}  // namespace weir::simulators::sf_express
