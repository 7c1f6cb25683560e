// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "app/registry.hpp"
#include "base/seeded_random.hpp"
#include "simulators/douyin/simulator.hpp"
#include "sync/tokens.hpp"
#include "tests/sync/fold_scene.hpp"
#include "tests/world/outside.hpp"

namespace weir::world {
namespace {

namespace asio = boost::asio;
namespace douyin = simulators::douyin;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr const char* kSecret = "test_secret_douyin";

douyin::Options PlatformOptions() {
  douyin::Options options;
  options.app_secret = kSecret;
  options.push_url = "https://gw.example.com/hooks/dy-main";
  options.calls_per_second = options.order_queries_per_second = 0;
  return options;
}

/// A connector of Douyin, whose tokens end each other, and many who call at once. Parameter: the
/// connection's option `token`.
class ClientToken : public testing::TestWithParam<const char*> {
 protected:
  ClientToken() : order_(platform_.CreateOrder(clock_.Now(), douyin::Fate{})) {}

  /// As a gateway does when it starts.
  std::shared_ptr<connectors::OrderSource> Start() {
    const douyin::Options known;
    tokens_.push_back(std::make_unique<sync::Tokens>(scene_.storage, leases_, clock_, random_));
    const auto vault = tokens_.back()->VaultOf({.merchant = "demo",
                                                .connection = "dy-main",
                                                .platform = "douyin",
                                                .credentials = "digest"});
    auto made = app::MakeConnector({.id = "dy-main",
                                    .merchant = "demo",
                                    .platform = "douyin",
                                    .base_url = "http://open.douyin.example.com",
                                    .public_url = "https://gw.example.com",
                                    .credentials = {{"client_key", Secret(known.client_key)},
                                                    {"client_secret", Secret(kSecret)},
                                                    {"account_id", Secret(known.account_id)}},
                                    .options = {{"token", GetParam()}}},
                                   {.transport = slow_, .clock = clock_, .vault = vault})
                    .value();
    vault->Use(made.tokens);
    return made.orders;
  }

  /// How many of 100 calls, all at once, were answered.
  int Answered(connectors::OrderSource& orders) {
    std::vector<std::future<Result<connectors::PulledItem>>> calls;
    for (int i = 0; i < 100; ++i) {
      calls.push_back(asio::co_spawn(io_, orders.GetOrder(order_), asio::use_future));
    }
    timer_.RunFor(io_, seconds(10));
    int answered = 0;
    for (auto& call : calls) {
      const auto answer = call.get();
      answered += answer ? 1 : 0;
      if (!answer) failure_ = answer.error().message;
    }
    return answered;
  }
  const douyin::TokenCounts& counts() { return platform_.tokens().counts(); }

  asio::io_context io_{1};
  sync::testing::FoldScene scene_;
  FakeClock& clock_ = scene_.clock;
  FakeTimer& timer_ = scene_.timer;
  SeededRandom random_{1};
  douyin::DouyinSimulator platform_{PlatformOptions()};
  SimulatorTransport straight_{{{"open.douyin.example.com", &platform_}}, clock_, timer_};
  SlowTransport slow_{straight_, timer_};
  storage::LeaseTable lease_table_{clock_};
  storage::LocalLeases leases_{lease_table_, "one"};
  std::vector<std::unique_ptr<sync::Tokens>> tokens_;
  const std::string order_;
  std::string failure_;  ///< Of the last call that failed.
};

TEST_P(ClientToken, IsAskedForOnceByAHundredCalls) {
  EXPECT_EQ(Answered(*Start()), 100) << failure_;
  EXPECT_EQ(counts().asked, 1U);
}

TEST_P(ClientToken, IsKeptOverRestarts) {
  for (int start = 0; start < 10; ++start) {
    EXPECT_EQ(Answered(*Start()), 100) << failure_;
    scene_.FoldAll();
  }
  EXPECT_EQ(counts().asked, 1U);
}

TEST_P(ClientToken, IsAskedForOnceMoreWhenItEnded) {
  const auto orders = Start();
  ASSERT_EQ(Answered(*orders), 100) << failure_;
  clock_.Advance(minutes(121));
  EXPECT_EQ(Answered(*orders), 100) << failure_;
  EXPECT_EQ(counts().asked, 2U);
}

TEST_P(ClientToken, IsNeverAskedForFiveHundredTimesInFiveMinutes) {
  for (int storm = 0; storm < 20; ++storm) {
    platform_.tokens().Forget();
    (void)Answered(*Start());
    scene_.FoldAll();
  }
  EXPECT_LE(counts().most_in_window, 500U);
  EXPECT_EQ(counts().flooded, 0U);
}

INSTANTIATE_TEST_SUITE_P(Douyin, ClientToken, testing::Values("stable", "client"),
                         [](const auto& each) { return std::string(each.param); });

}  // namespace
}  // namespace weir::world
