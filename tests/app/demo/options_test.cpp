// SPDX-License-Identifier: Apache-2.0
#include "app/demo/options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

namespace weir::app::demo {
namespace {

using simulators::meituan::Encoding;
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

SimulateOptions Simulate(Words words) {
  words.insert(words.begin(), {"--push-url", "http://gw/hooks/mt", "--app-secret", "s"});
  SimulateOptions options;
  Parse(AddSimulateOptions, options, words);
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
  const auto platform = DemoPlatform({.orders_per_second = 4, .seed = 9}, "http://gw/hooks/mt");
  EXPECT_EQ(platform.traffic.order_every, milliseconds(250));
  EXPECT_EQ(platform.seed, 9U);
  EXPECT_EQ(platform.push_base_url, "http://gw/hooks/mt");
}

TEST(DemoPlatform, ShowsEveryKindOfTrouble) {
  const auto faults = DemoPlatform({}, "").faults;
  EXPECT_GT(faults.duplicated, 0);
  EXPECT_GT(faults.reordered, 0);
  EXPECT_GT(faults.forged, 0);
  EXPECT_GT(faults.degraded, 0);
  EXPECT_GT(faults.missing_paid, 0);
}

TEST(SimulateOptions, HaveDefaults) {
  const SimulateOptions options = Simulate({});
  EXPECT_EQ(options.port, 9101);
  EXPECT_EQ(options.platform.app_id, "9001");
  EXPECT_EQ(options.platform.app_secret, "s");
  EXPECT_EQ(options.platform.push_base_url, "http://gw/hooks/mt");
  EXPECT_THAT(options.platform.shops, ElementsAre("shop_001"));
  EXPECT_EQ(options.platform.traffic.order_every, seconds(1));
  EXPECT_EQ(options.platform.quirks.encoding, Encoding::kDouble);
  EXPECT_EQ(options.platform.faults.duplicated, 0);
}

TEST(SimulateOptions, AreRead) {
  const auto options = Simulate({"--app-id", "7", "--port", "0", "--seed", "3", "--shop", "a,b",
                                 "--orders-per-second", "50", "--pace", "0.5"});
  EXPECT_EQ(options.port, 0);
  EXPECT_EQ(options.platform.app_id, "7");
  EXPECT_EQ(options.platform.seed, 3U);
  EXPECT_THAT(options.platform.shops, ElementsAre("a", "b"));
  EXPECT_EQ(options.platform.traffic.order_every, milliseconds(20));
  EXPECT_EQ(options.platform.traffic.pace, milliseconds(500));
}

TEST(SimulateOptions, SwitchFaults) {
  const auto faults = Simulate({"--duplicates", "0.1", "--reorder", "0.2", "--reorder-within", "3",
                                "--delay", "1.5", "--forged", "0.3", "--degraded", "0.4",
                                "--api-failure", "0.5", "--missing-paid", "1"})
                          .platform.faults;
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
      Simulate({"--encoding", "single", "--get", "--retry", "1,2.5", "--legacy-status", "0.2"})
          .platform;
  EXPECT_EQ(platform.quirks.encoding, Encoding::kSingle);
  EXPECT_TRUE(platform.quirks.get_for_cancel_and_refund);
  EXPECT_EQ(platform.quirks.legacy_status, 0.2);
  EXPECT_THAT(platform.retry.retries, ElementsAre(milliseconds(1000), milliseconds(2500)));
  EXPECT_EQ(Simulate({"--encoding", "mixed"}).platform.quirks.encoding, Encoding::kMixed);
}

TEST(SimulateOptions, AreRefusedOutOfRange) {
  for (const Words& words : {Words{"--duplicates", "1.1"},
                             {"--forged", "-0.1"},
                             {"--port", "65536"},
                             {"--encoding", "triple"},
                             {"--pace", "0"},
                             {"--retry", "-1"}}) {
    EXPECT_THROW(Simulate(words), CLI::ParseError) << words[0] << ' ' << words[1];
  }
}

TEST(SimulateOptions, NeedAUrlAndASecret) {
  SimulateOptions options;
  EXPECT_THROW(Parse(AddSimulateOptions, options, {"--push-url", "http://gw"}), CLI::RequiredError);
  EXPECT_THROW(Parse(AddSimulateOptions, options, {"--app-secret", "s"}), CLI::RequiredError);
}

}  // namespace
}  // namespace weir::app::demo
