// SPDX-License-Identifier: Apache-2.0
#include "app/demo/options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "app/demo/doudian.hpp"
#include "app/demo/douyin.hpp"
#include "app/demo/eleme.hpp"
#include "app/demo/meituan.hpp"

namespace weir::app::demo {
namespace {

namespace doudian = simulators::doudian;
namespace douyin = simulators::douyin;
namespace eleme = simulators::eleme;
namespace meituan = simulators::meituan;
using meituan::Encoding;
using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;

using Words = std::vector<std::string>;

template <typename Options>
void Parse(void (*add)(CLI::App&, Options&), Options& options, Words words) {
  CLI::App command;
  add(command, options);
  std::reverse(words.begin(), words.end());  // As the library wants a list.
  command.parse(words);
}

DemoOptions Demo(const Words& words) {
  DemoOptions options;
  Parse(AddDemoOptions, options, words);
  return options;
}

PlaceOptions Place(const Words& words) {
  PlaceOptions place;
  Parse(AddPlaceOptions, place, words);
  return place;
}

meituan::Options Simulate(Words words) {
  words.insert(words.begin(), {"--push-url", "http://gw/hooks/mt", "--app-secret", "s"});
  meituan::Options options;
  Parse(AddMeituanOptions, options, words);
  return options;
}

eleme::Options SimulateEleme(Words words) {
  words.insert(words.begin(), {"--push-url", "http://gw/hooks/el", "--app-secret", "s"});
  eleme::Options options;
  Parse(AddElemeOptions, options, words);
  return options;
}

douyin::Options SimulateDouyin(Words words) {
  words.insert(words.begin(), {"--push-url", "http://gw/hooks/dy", "--app-secret", "s"});
  douyin::Options options;
  Parse(AddDouyinOptions, options, words);
  return options;
}

TEST(DemoOptions, HaveDefaults) {
  const DemoOptions options = Demo({});
  EXPECT_EQ(options.seconds, 20U);
  EXPECT_EQ(options.orders_per_second, 20);
  EXPECT_EQ(options.data, "");
  EXPECT_EQ(options.seed, 1U);
}

TEST(DemoOptions, AreRead) {
  const DemoOptions options =
      Demo({"--seconds", "5", "--orders-per-second", "0.5", "--data", "/d", "--seed", "7"});
  EXPECT_EQ(options.seconds, 5U);
  EXPECT_EQ(options.orders_per_second, 0.5);
  EXPECT_EQ(options.data, "/d");
  EXPECT_EQ(options.seed, 7U);
}

TEST(DemoOptions, AreRefusedOutOfRange) {
  for (const Words& words : {Words{"--seconds", "0"},
                             {"--seconds", "-1"},
                             {"--seconds", "x"},
                             {"--orders-per-second", "0"},
                             {"--orders-per-second", "1001"},
                             {"--speed", "1"}}) {
    EXPECT_THROW(Demo(words), CLI::ParseError) << words[0] << ' ' << words[1];
  }
}

TEST(DemoPlatform, OrdersAsOftenAsAsked) {
  const auto platform = DemoMeituan({.orders_per_second = 4, .seed = 9}, "http://gw/hooks/mt");
  EXPECT_EQ(platform.traffic.order_every, milliseconds(250));
  EXPECT_EQ(platform.seed, 9U);
  EXPECT_EQ(platform.push_url, "http://gw/hooks/mt");
}

TEST(DemoPlatform, ShowsEveryKindOfTrouble) {
  const auto faults = DemoMeituan({}, "").faults;
  EXPECT_GT(faults.duplicated, 0);
  EXPECT_GT(faults.reordered, 0);
  EXPECT_GT(faults.forged, 0);
  EXPECT_GT(faults.degraded, 0);
  EXPECT_GT(faults.missing_paid, 0);
}

TEST(SimulateOptions, HaveDefaults) {
  const meituan::Options options = Simulate({});
  EXPECT_EQ(options.app_id, "9001");
  EXPECT_EQ(options.app_secret, "s");
  EXPECT_EQ(options.push_url, "http://gw/hooks/mt");
  EXPECT_THAT(options.shops, ElementsAre("shop_001"));
  EXPECT_EQ(options.traffic.order_every, seconds(1));
  EXPECT_EQ(options.quirks.encoding, Encoding::kDouble);
  EXPECT_EQ(options.faults.duplicated, 0);
}

TEST(SimulateOptions, AreRead) {
  const auto options = Simulate({"--app-id", "7", "--seed", "3", "--shop", "a,b",
                                 "--orders-per-second", "50", "--pace", "0.5"});
  EXPECT_EQ(options.app_id, "7");
  EXPECT_EQ(options.seed, 3U);
  EXPECT_THAT(options.shops, ElementsAre("a", "b"));
  EXPECT_EQ(options.traffic.order_every, milliseconds(20));
  EXPECT_EQ(options.traffic.pace, milliseconds(500));
}

TEST(SimulateOptions, SwitchFaults) {
  const auto faults = Simulate({"--duplicates", "0.1", "--reorder", "0.2", "--reorder-within", "3",
                                "--delay", "1.5", "--forged", "0.3", "--degraded", "0.4",
                                "--api-failure", "0.5", "--missing-paid", "1"})
                          .faults;
  EXPECT_EQ(faults.duplicated, 0.1);
  EXPECT_EQ(faults.reordered, 0.2);
  EXPECT_EQ(faults.reordered_within, seconds(3));
  EXPECT_EQ(faults.delay, milliseconds(1500));
  EXPECT_EQ(faults.forged, 0.3);
  EXPECT_EQ(faults.degraded, 0.4);
  EXPECT_EQ(faults.api_failure, 0.5);
  EXPECT_EQ(faults.missing_paid, 1);
}

TEST(SimulateOptions, ChooseManners) {
  const auto platform =
      Simulate({"--encoding", "single", "--get", "--retry", "1,2.5", "--legacy-status", "0.2"});
  EXPECT_EQ(platform.quirks.encoding, Encoding::kSingle);
  EXPECT_TRUE(platform.quirks.get_for_cancel_and_refund);
  EXPECT_EQ(platform.quirks.legacy_status, 0.2);
  EXPECT_THAT(platform.retry.retries, ElementsAre(milliseconds(1000), milliseconds(2500)));
  EXPECT_EQ(Simulate({"--encoding", "mixed"}).quirks.encoding, Encoding::kMixed);
}

TEST(SimulateOptions, AreRefusedOutOfRange) {
  for (const Words& words : {Words{"--duplicates", "1.1"},
                             {"--forged", "-0.1"},
                             {"--encoding", "triple"},
                             {"--pace", "0"},
                             {"--retry", "-1"}}) {
    EXPECT_THROW(Simulate(words), CLI::ParseError) << words[0] << ' ' << words[1];
  }
}

TEST(SimulateOptions, NeedAUrlAndASecret) {
  meituan::Options options;
  EXPECT_THROW(Parse(AddMeituanOptions, options, {"--push-url", "http://gw"}), CLI::RequiredError);
  EXPECT_THROW(Parse(AddMeituanOptions, options, {"--app-secret", "s"}), CLI::RequiredError);
  eleme::Options other;
  EXPECT_THROW(Parse(AddElemeOptions, other, {"--push-url", "http://gw"}), CLI::RequiredError);
}

TEST(PlaceOptions, AreRead) {
  EXPECT_EQ(Place({}).port, 9101);
  EXPECT_EQ(Place({"--port", "0", "--host", "0.0.0.0"}).port, 0);
  EXPECT_THROW(Place({"--port", "65536"}), CLI::ParseError);
}

TEST(SimulateEleme, HasThePlatformsDefaults) {
  const auto options = SimulateEleme({});
  EXPECT_EQ(options.push_url, "http://gw/hooks/el");
  EXPECT_EQ(options.app_secret, "s");
  EXPECT_EQ(options.shops.front().id, 10001);
  EXPECT_EQ(options.traffic.order_every, seconds(1));
  EXPECT_EQ(options.retry.retries.size(), 5U);
  EXPECT_EQ(options.tokens.access, std::chrono::days(30));
}

TEST(SimulateEleme, IsTold) {
  const auto options =
      SimulateEleme({"--app-id", "7", "--app-key", "k", "--shop", "a,b", "--type-as-text", "0.5",
                     "--token-life", "60", "--menu-items", "3000", "--retry", "1"});
  EXPECT_EQ(options.app_id, 7);
  EXPECT_EQ(options.app_key, "k");
  ASSERT_EQ(options.shops.size(), 2U);
  EXPECT_EQ(options.shops[1].id, 10002);
  EXPECT_EQ(options.shops[1].code, "b");
  EXPECT_EQ(options.quirks.type_as_text, 0.5);
  EXPECT_EQ(options.tokens.access, seconds(60));
  EXPECT_EQ(options.menu_items, 3000U);
  EXPECT_THAT(options.retry.retries, ElementsAre(seconds(1)));
}

TEST(SimulateDouyin, HasThePlatformsDefaults) {
  const auto options = SimulateDouyin({});
  EXPECT_EQ(options.push_url, "http://gw/hooks/dy");
  EXPECT_THAT(options.shops, ElementsAre("7000000000000000001"));
  EXPECT_EQ(options.retry.retries.size(), 3U);
  EXPECT_EQ(options.order_queries_per_second, 20U);
}

TEST(SimulateDouyin, IsTold) {
  const auto options = SimulateDouyin({"--client-key", "k", "--account-id", "9", "--shop", "1,2",
                                       "--coupons", "0.5", "--line-breaks", "1"});
  EXPECT_EQ(options.client_key, "k");
  EXPECT_EQ(options.account_id, "9");
  EXPECT_THAT(options.shops, ElementsAre("1", "2"));
  EXPECT_EQ(options.traffic.coupons, 0.5);
  EXPECT_EQ(options.quirks.line_breaks, 1);
}

doudian::Options SimulateDoudian(Words words) {
  words.insert(words.begin(), {"--push-url", "http://gw/hooks/dd", "--app-secret", "s"});
  doudian::Options options;
  Parse(AddDoudianOptions, options, words);
  return options;
}

TEST(SimulateDoudian, HasThePlatformsDefaults) {
  const auto options = SimulateDoudian({});
  EXPECT_EQ(options.shop_id, 12345);
  EXPECT_EQ(options.shops.front().id, 153406001);
  EXPECT_EQ(options.batches.most, 50U);
  EXPECT_EQ(options.tokens.access, std::chrono::days(7));
}

TEST(SimulateDoudian, IsTold) {
  const auto options =
      SimulateDoudian({"--app-key", "7", "--shop-id", "8", "--shop", "a,b", "--batch", "5",
                       "--gathered", "1.5", "--broken-amounts", "0.5", "--token-life", "60"});
  EXPECT_EQ(options.app_key, "7");
  EXPECT_EQ(options.shop_id, 8);
  ASSERT_EQ(options.shops.size(), 2U);
  EXPECT_EQ(options.shops[1].id, 153406002);
  EXPECT_EQ(options.shops[1].code, "b");
  EXPECT_EQ(options.batches.most, 5U);
  EXPECT_EQ(options.batches.gathered, milliseconds(1500));
  EXPECT_EQ(options.quirks.broken_amounts, 0.5);
  EXPECT_EQ(options.tokens.access, seconds(60));
}

TEST(DemoPlatforms, AreSlowedAndTroubledAlike) {
  const auto platform = DemoEleme({.orders_per_second = 4, .seed = 9}, "http://gw/hooks/el");
  EXPECT_EQ(platform.traffic.order_every, milliseconds(250));
  EXPECT_EQ(platform.seed, 9U);
  EXPECT_GT(platform.faults.forged, 0);
}

}  // namespace
}  // namespace weir::app::demo
