// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <set>

#include "tests/simulators/doudian/scene.hpp"

namespace weir::simulators::doudian {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;

std::vector<std::string> TagsOf(const SeenPush& push) {
  std::vector<std::string> tags;
  for (const SeenMessage& message : push.messages) tags.push_back(message.tag);
  return tags;
}

TEST(DoudianPush, IsASignedArrayOfMessages) {
  Scene scene;
  const std::string id = scene.doudian.CreateOrder(scene.now, CalmFate());
  scene.Run();
  ASSERT_EQ(scene.pushes.size(), 4U);
  for (const SeenPush& push : scene.pushes) {
    EXPECT_TRUE(push.signed_well());
    EXPECT_EQ(push.header("app-id"), kAppKey);
    EXPECT_EQ(push.push.method, "POST");
    EXPECT_EQ(push.push.url, "https://gw.example.com/hooks/dd-main");
  }
  const SeenMessage& created = scene.pushes.front().messages.front();
  EXPECT_EQ(created.raw["tag"], "100");
  EXPECT_TRUE(created.raw["data"].is_string());
  EXPECT_EQ(created.data["p_id"].dump(), id);
  EXPECT_EQ(created.data["shop_id"], 12345);
  EXPECT_EQ(created.data["order_status"], 1);
}

TEST(DoudianPush, CarriesWhatHappenedTogether) {
  Scene scene;
  scene.doudian.CreateOrder(scene.now, CalmFate());
  scene.Run();
  // A payment that is not checked is told and released at once.
  EXPECT_THAT(TagsOf(scene.pushes[1]), ElementsAre("101", "110"));
}

TEST(DoudianPush, GathersMessagesOfSeveralOrders) {
  Options options = CalmOptions();
  options.batches.gathered = seconds(5);
  Scene scene(options);
  scene.doudian.CreateOrder(scene.now, CalmFate());
  scene.doudian.CreateOrder(scene.now + seconds(2), CalmFate());
  scene.Run(scene.now + seconds(5));
  ASSERT_EQ(scene.pushes.size(), 1U);
  EXPECT_EQ(scene.pushes[0].at, kStart + seconds(5));
  EXPECT_THAT(TagsOf(scene.pushes[0]), ElementsAre("100", "100"));
}

TEST(DoudianPush, HoldsAtMostSoManyMessages) {
  Options options = CalmOptions();
  options.batches.most = 2;
  Scene scene(options);
  for (int i = 0; i < 3; ++i) scene.doudian.CreateOrder(scene.now, CalmFate());
  scene.Run(scene.now);
  ASSERT_EQ(scene.pushes.size(), 2U);
  EXPECT_EQ(scene.pushes[0].messages.size(), 2U);
  EXPECT_EQ(scene.pushes[1].messages.size(), 1U);
}

TEST(DoudianPush, ComesAgainAsAWholeUntilItIsAnsweredWithZero) {
  Options options = CalmOptions();
  options.traffic.pace = minutes(5);
  Scene scene(options);
  int left = 2;
  scene.answer = [&](const SeenPush&) {
    return --left >= 0 ? PushAnswer{200, R"({"code":1})"} : PushAnswer{200, R"({"code":0})"};
  };
  scene.doudian.CreateOrder(scene.now, Ends(Ending::kUnpaid));
  scene.doudian.CreateOrder(scene.now, Ends(Ending::kUnpaid));
  scene.Run(scene.now + seconds(40));
  ASSERT_GE(scene.pushes.size(), 3U);
  EXPECT_EQ(scene.pushes[1].push.body, scene.pushes[0].push.body);
  EXPECT_EQ(scene.pushes[1].at, kStart + seconds(10));
  EXPECT_EQ(scene.doudian.counts().repeated, 4U);
}

TEST(DoudianPush, ComesAgainWhenNobodyAnswers) {
  Options options = CalmOptions();
  options.traffic.pace = minutes(5);
  Scene scene(options);
  scene.doudian.CreateOrder(scene.now, CalmFate());
  ASSERT_EQ(scene.doudian.Due(scene.now, kNoLimit).size(), 1U);
  scene.Run(scene.now + seconds(15));
  EXPECT_EQ(scene.pushes.front().at, kStart + seconds(15));
  EXPECT_EQ(scene.pushes.front().messages.front().tag, "100");
}

TEST(DoudianPush, IsGivenUpInTheEnd) {
  Scene scene;
  scene.answer = [](const SeenPush&) { return PushAnswer{500, "no"}; };
  scene.doudian.CreateOrder(scene.now, Ends(Ending::kUnpaid));
  scene.Run();
  EXPECT_EQ(scene.doudian.counts().given_up, 2U);
  EXPECT_EQ(scene.doudian.counts().outstanding, 0U);
}

TEST(DoudianPush, ForgedStandsAloneAndIsNeverSignedWell) {
  Options options = CalmOptions();
  options.faults.forged = 1;
  Scene scene(options);
  for (int i = 0; i < 20; ++i) scene.doudian.CreateOrder(scene.now, CalmFate());
  scene.answer = [](const SeenPush& push) {
    return push.signed_well() ? PushAnswer{200, R"({"code":0})"} : PushAnswer{401, ""};
  };
  scene.Run();
  const Counts counts = scene.doudian.counts();
  EXPECT_EQ(counts.forged, counts.pushes);
  EXPECT_EQ(counts.forged_accepted, 0U);
  EXPECT_EQ(counts.answered_ok, counts.pushes);
}

TEST(DoudianPush, ThatWasForgedAndTakenIsCounted) {
  Options options = CalmOptions();
  options.faults.forged = 1;
  Scene scene(options);
  scene.doudian.CreateOrder(scene.now, CalmFate());
  scene.Run(scene.now);
  EXPECT_EQ(scene.doudian.counts().forged_accepted, 1U);
}

TEST(DoudianPush, ComesTwiceInsideARequestOrAcross) {
  Options options = CalmOptions();
  options.batches.doubled = 1;
  options.faults.duplicated = 1;
  Scene scene(options);
  scene.doudian.CreateOrder(scene.now, CalmFate());
  scene.Run(scene.now + seconds(5));
  ASSERT_EQ(scene.pushes.size(), 2U);
  for (const SeenPush& push : scene.pushes) {
    ASSERT_EQ(push.messages.size(), 2U);
    EXPECT_EQ(push.messages[0].id, push.messages[1].id);
  }
  EXPECT_EQ(scene.pushes[0].messages[0].id, scene.pushes[1].messages[0].id);
}

TEST(DoudianPush, MayStandInAnyOrder) {
  Options options = CalmOptions();
  options.batches.shuffled = 1;
  Scene scene(options);
  std::set<std::string> firsts;
  for (int i = 0; i < 20; ++i) scene.doudian.CreateOrder(scene.now, CalmFate());
  scene.Run();
  for (const SeenPush& push : scene.pushes) {
    if (push.messages.size() > 1 && push.messages[0].tag != "100") {
      firsts.insert(push.messages[0].tag);
    }
  }
  EXPECT_TRUE(firsts.contains("101") && firsts.contains("110"));
}

TEST(DoudianPush, OfAPaymentMayNeverCome) {
  Options options = CalmOptions();
  options.faults.missing_paid = 1;
  Scene scene(options);
  const std::string id = scene.doudian.CreateOrder(scene.now, CalmFate());
  scene.Run();
  EXPECT_EQ(scene.pushes.size(), 3U);
  EXPECT_TRUE(scene.doudian.Truth(id)->settled());
}

TEST(DoudianPush, ProbesTheUrlWithTagZero) {
  Scene scene;
  scene.doudian.Probe(scene.now);
  scene.Run();
  ASSERT_EQ(scene.pushes.size(), 1U);
  EXPECT_EQ(scene.pushes[0].messages[0].tag, "0");
  EXPECT_TRUE(scene.pushes[0].signed_well());
  EXPECT_EQ(scene.doudian.probes_answered(), 1U);
}

TEST(DoudianQuirks, WriteMessagesOtherwise) {
  Options options = CalmOptions();
  options.quirks.tag_as_number = options.quirks.camel_msg_id = 1;
  options.quirks.data_as_object = options.quirks.ids_as_text = 1;
  Scene scene(options);
  const std::string id = scene.doudian.CreateOrder(scene.now, CalmFate());
  scene.Run(scene.now);
  const auto& raw = scene.pushes[0].messages[0].raw;
  EXPECT_EQ(raw["tag"], 100);
  EXPECT_TRUE(raw.contains("msgId"));
  EXPECT_EQ(raw["data"]["p_id"], id);
  EXPECT_TRUE(scene.pushes[0].signed_well());
}

TEST(DoudianQuirks, SendTagsThatNobodyKnows) {
  Options options = CalmOptions();
  options.quirks.unknown_tags = 1;
  Scene scene(options);
  const std::string id = scene.doudian.CreateOrder(scene.now, CalmFate());
  scene.Run();
  EXPECT_THAT(scene.Tags(id), testing::Contains("999"));
}

}  // namespace
}  // namespace weir::simulators::doudian
