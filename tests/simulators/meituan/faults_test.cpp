// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "tests/simulators/meituan/scene.hpp"

namespace weir::simulators::meituan {
namespace {

/// The number of pushes that do not verify.
int CountForgeries(const Scene& scene) {
  int forged = 0;
  for (const SeenPush& seen : scene.pushes) {
    Fields fields(seen.fields.begin(), seen.fields.end());
    forged += Sign(UrlOf(seen.push), fields, kSecret) == seen.fields.at("sig") ? 0 : 1;
  }
  return forged;
}

TEST(Faults, DuplicateEveryPushHalfOfThemByteForByte) {
  Options options = CalmOptions();
  options.faults.duplicated = 1;
  Scene scene(options);
  for (int i = 0; i < 20; ++i) {
    scene.meituan.CreateOrder(scene.now, CalmFate());
  }
  scene.Run();
  EXPECT_EQ(scene.pushes.size(), 2U * 8 * 20);
  std::map<std::string, int> bodies;
  for (const SeenPush& seen : scene.pushes) {
    ++bodies[seen.push.body];
  }
  int exact = 0;
  for (const auto& [body, times] : bodies) {
    exact += times - 1;
  }
  EXPECT_NEAR(exact, 80, 30);
  EXPECT_EQ(scene.meituan.counts().duplicated, 160U);
}

TEST(Faults, ReorderPushesWithinTheirBound) {
  Options options = CalmOptions();
  options.traffic.pace = std::chrono::milliseconds(200);
  options.faults.reordered = 0.5;
  Scene scene(options);
  for (int i = 0; i < 10; ++i) {
    scene.meituan.CreateOrder(scene.now, CalmFate());
  }
  scene.Run();
  std::map<std::string, std::string> last;
  int backwards = 0;
  for (const SeenPush& seen : scene.pushes) {
    if (seen.topic == "logistics") {
      std::string& before = last[seen.fields.at("order_id")];
      backwards += seen.fields.at("time") < before ? 1 : 0;
      before = seen.fields.at("time");
    }
  }
  EXPECT_GT(backwards, 5);
  for (const OrderTruth& order : scene.meituan.Orders()) {
    EXPECT_TRUE(order.settled());
  }
}

TEST(Faults, DelayEveryPush) {
  Options options = CalmOptions();
  options.faults.delay = std::chrono::seconds(7);
  Scene scene(options);
  const std::string id = scene.meituan.CreateOrder(scene.now, CalmFate());
  scene.RunUntil(id, "status 2");
  EXPECT_EQ(scene.pushes[0].at - scene.meituan.Truth(id)->events[0].at, std::chrono::seconds(7));
}

TEST(Faults, ForgeACopyBesideEveryPush) {
  Options options = CalmOptions();
  options.faults.forged = 1;
  Scene scene(options);
  scene.answer = [](const SeenPush& seen) {
    Fields fields(seen.fields.begin(), seen.fields.end());
    const bool right = Sign(UrlOf(seen.push), fields, kSecret) == seen.fields.at("sig");
    return right ? PushAnswer{200, R"({"data":"ok"})"} : PushAnswer{401, ""};
  };
  for (int i = 0; i < 20; ++i) {
    scene.meituan.CreateOrder(scene.now, CalmFate());
  }
  scene.Run();
  EXPECT_EQ(CountForgeries(scene), 160);
  EXPECT_EQ(scene.meituan.counts().forged, 160U);
  EXPECT_EQ(scene.meituan.counts().forged_accepted, 0U);
  EXPECT_EQ(scene.meituan.counts().repeated, 0U);
}

TEST(Faults, NoticeAnAppThatTakesForgeries) {
  Options options = CalmOptions();
  options.faults.forged = 1;
  Scene scene(options);
  scene.meituan.CreateOrder(scene.now, CalmFate());
  scene.Run();
  EXPECT_EQ(scene.meituan.counts().forged_accepted, 8U);
}

TEST(Faults, NeverSendThePaidPush) {
  Options options = CalmOptions();
  options.faults.missing_paid = 1;
  Scene scene(options);
  const std::string id = scene.meituan.CreateOrder(scene.now, CalmFate());
  scene.Run();
  EXPECT_EQ(scene.pushes.front().topic, "order/confirmed");
  EXPECT_TRUE(scene.meituan.Truth(id)->events[0].suppressed);
  EXPECT_TRUE(scene.meituan.Truth(id)->settled());
}

TEST(Faults, DegradeAPushByLeavingAPartOut) {
  Options options = CalmOptions();
  options.faults.degraded = 1;
  Scene scene(options);
  for (int i = 0; i < 20; ++i) {
    scene.meituan.CreateOrder(scene.now, CalmFate());
  }
  scene.Run();
  const std::map<std::string, std::string> part_of = {{"[0]", "detail"},
                                                      {"[1]", "extras"},
                                                      {"[4]", "poi_receive_detail"},
                                                      {"[6]", "recipient_address"}};
  std::map<std::string, int> seen_parts;
  for (const SeenPush& seen : scene.pushes) {
    if (seen.topic.starts_with("order/")) {
      EXPECT_EQ(seen.fields.at("incmp_code"), "-1");
      const std::string& part = part_of.at(seen.fields.at("incmp_modules"));
      EXPECT_FALSE(seen.fields.contains(part));
      ++seen_parts[part];
    }
  }
  EXPECT_EQ(seen_parts.size(), 4U);
}

TEST(Faults, FailCallsBeforeOrAfterTheyHadEffect) {
  Options options = CalmOptions();
  options.faults.api_failure = 1;
  options.traffic.auto_confirm = false;
  Scene scene(options);
  int with_effect = 0;
  for (int i = 0; i < 40; ++i) {
    const std::string id = scene.meituan.CreateOrder(scene.now, CalmFate());
    scene.RunUntil(id, "status 2");
    EXPECT_TRUE(scene.Call("order/confirm", {{"order_id", id}}).is_discarded());
    with_effect += scene.meituan.Truth(id)->platform_status == kConfirmed ? 1 : 0;
  }
  EXPECT_GT(with_effect, 5);
  EXPECT_LT(with_effect, 35);
}

TEST(Faults, LeaveTheOrdersOfASeedAsTheyAre) {
  Options quiet = CalmOptions();
  Options noisy = CalmOptions();
  noisy.faults = {.duplicated = 0.5, .reordered = 0.5, .forged = 0.2, .degraded = 0.3};
  Scene first(quiet);
  Scene second(noisy);
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(first.meituan.CreateOrder(kStart), second.meituan.CreateOrder(kStart));
  }
  first.Run();
  second.Run();
  const auto a = first.meituan.Orders();
  const auto b = second.meituan.Orders();
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].total, b[i].total);
    EXPECT_EQ(a[i].status, b[i].status);
  }
}

}  // namespace
}  // namespace weir::simulators::meituan
