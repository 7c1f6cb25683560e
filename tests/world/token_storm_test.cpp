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
#include "simulators/eleme/simulator.hpp"
#include "sync/tokens.hpp"
#include "tests/sync/fold_scene.hpp"
#include "tests/world/outside.hpp"

namespace weir::world {
namespace {

namespace asio = boost::asio;
namespace eleme = simulators::eleme;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr const char* kSecret = "test_secret_eleme";

eleme::Options PlatformOptions() {
  eleme::Options options;
  options.app_secret = kSecret;
  options.push_url = "https://gw.example.com/hooks/el-main";
  options.calls_per_second = 0;
  return options;
}

/// A connector of Ele.me with its token, and many who call at once.
class TokenStorm : public testing::Test {
 protected:
  TokenStorm() : order_(platform_.CreateOrder(clock_.Now(), eleme::Fate{})) {
    // Until it is paid for, nobody can read it.
    clock_.Advance(minutes(3));
    (void)platform_.Due(clock_.Now(), simulators::kNoLimit);
  }

  std::shared_ptr<connectors::OrderSource> Connect(sync::Tokens& tokens) {
    const auto vault = tokens.VaultOf({.merchant = "demo",
                                       .connection = "el-main",
                                       .platform = "eleme",
                                       .credentials = "digest"});
    auto made = app::MakeConnector({.id = "el-main",
                                    .merchant = "demo",
                                    .platform = "eleme",
                                    .base_url = "http://open-api.example.com/api/v1",
                                    .public_url = "https://gw.example.com",
                                    .credentials = {{"app_id", Secret("10000001")},
                                                    {"app_key", Secret("test_key")},
                                                    {"app_secret", Secret(kSecret)}}},
                                   {.transport = slow_, .clock = clock_, .vault = vault})
                    .value();
    vault->Use(made.tokens);
    issuer_ = made.tokens;
    return made.orders;
  }

  /// How many of `count` calls, all at once, were answered.
  int Answered(connectors::OrderSource& orders, int count) {
    std::vector<std::future<Result<connectors::PulledItem>>> calls;
    for (int i = 0; i < count; ++i) {
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
  Result<connectors::Token> AskForToken(std::optional<connectors::Token> former) {
    auto asked = asio::co_spawn(io_, issuer_->Issue(std::move(former)), asio::use_future);
    timer_.RunFor(io_, seconds(10));
    return asked.get();
  }
  /// The token as the view holds it.
  connectors::Token Saved() {
    scene_.FoldAll();
    return scene_.Run(sync::ReadTokenState(scene_.storage, "demo", "el-main"))
        .value()
        .value()
        .token.value();
  }
  const eleme::TokenCounts& counts() { return platform_.tokens().counts(); }

  asio::io_context io_{1};
  sync::testing::FoldScene scene_;
  FakeClock& clock_ = scene_.clock;
  FakeTimer& timer_ = scene_.timer;
  SeededRandom random_{1};
  eleme::ElemeSimulator platform_{PlatformOptions()};
  SimulatorTransport straight_{{{"open-api.example.com", &platform_}}, clock_, timer_};
  SlowTransport slow_{straight_, timer_};
  storage::LeaseTable lease_table_{clock_};
  storage::LocalLeases leases_{lease_table_, "one"};
  sync::Tokens tokens_{scene_.storage, leases_, clock_, random_};
  std::shared_ptr<connectors::TokenIssuer> issuer_;
  const std::string order_;
  std::string failure_;  ///< Of the last call that failed.
};

TEST_F(TokenStorm, TwoHundredCallsAskForTheFirstTokenOnce) {
  const auto orders = Connect(tokens_);
  EXPECT_EQ(Answered(*orders, 200), 200) << failure_;
  EXPECT_EQ(counts().issued, 1U);
}

TEST_F(TokenStorm, TwoHundredCallsWithATokenThatEndedRefreshItOnce) {
  const auto orders = Connect(tokens_);
  ASSERT_EQ(Answered(*orders, 1), 1) << failure_;
  platform_.tokens().EndAccess();
  EXPECT_EQ(Answered(*orders, 200), 200) << failure_;
  EXPECT_EQ(counts().refreshed, 1U);
  EXPECT_EQ(counts().issued, 2U);
}

TEST_F(TokenStorm, ARefreshThatWasNeverSavedIsMadeOnceMore) {
  ASSERT_EQ(Answered(*Connect(tokens_), 1), 1);
  ASSERT_TRUE(AskForToken(Saved()));
  // Whoever asked died here. The next start knows the former pair, whose access the refresh ended.
  sync::Tokens next_start(scene_.storage, leases_, clock_, random_);
  EXPECT_EQ(Answered(*Connect(next_start), 200), 200);
  EXPECT_EQ(counts().repeated, 1U);
}

TEST_F(TokenStorm, ARefreshTooLongAgoIsMadeUpForByTheCredentials) {
  const auto orders = Connect(tokens_);
  ASSERT_EQ(Answered(*orders, 1), 1) << failure_;
  ASSERT_TRUE(AskForToken(Saved()));
  clock_.Advance(minutes(31));
  EXPECT_EQ(Answered(*orders, 200), 200) << failure_;
  EXPECT_EQ(counts().repeated, 0U);
}

TEST_F(TokenStorm, ARevokedAuthorisationIsNotAskedForAgainAndAgain) {
  const auto orders = Connect(tokens_);
  ASSERT_EQ(Answered(*orders, 1), 1) << failure_;
  platform_.Revoke(clock_.Now());
  EXPECT_EQ(Answered(*orders, 200), 0);
  EXPECT_EQ(Answered(*orders, 200), 0);
  EXPECT_LE(counts().refused, 2U);
}

}  // namespace
}  // namespace weir::world
