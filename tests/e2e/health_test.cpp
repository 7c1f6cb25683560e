// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "simulators/eleme/simulator.hpp"
#include "tests/e2e/simulated_platform.hpp"

/// What a whole gateway makes of a platform that will not have it, from the first failure to the
/// end of the trouble: the kind of the error, one line in the log, a metric, the connection's
/// state.
namespace weir::e2e {
namespace {

namespace eleme = simulators::eleme;
using nlohmann::json;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

/// Every order's push lacks a part, so that each order is read again until it is whole.
eleme::Options DegradedPushes() {
  eleme::Options options = CalmEleme();
  options.faults.degraded = 1;
  return options;
}

class ConnectionHealthStory : public ::testing::Test {
 protected:
  ConnectionHealthStory() { log_.Begin(); }

  void PlaceOrders(int count) {
    for (int i = 0; i < count; ++i) platform_.PlaceOrder(scene_.platform_now());
  }
  std::vector<std::string> Complaints() { return log_.Lines({"warning", "error"}, ""); }
  double Calls(const std::string& outcome) {
    return scene_
        .Metric(R"(weir_platform_calls_total{connection="el-main",outcome=")" + outcome + "\"}")
        .value_or(0);
  }
  double IsIn(const std::string& state) {
    return scene_.Metric(R"(weir_connection_state{connection="el-main",state=")" + state + "\"}")
        .value_or(-1);
  }
  std::vector<std::string> ConnectionChanges() {
    std::vector<std::string> types;
    for (const json& change : scene_.life().GetJson("/v1/changes?types=connection.*")["data"]) {
      types.push_back(change["type"]);
    }
    return types;
  }

  LogCapture log_;
  eleme::ElemeSimulator platform_{DegradedPushes()};
  PlatformScene scene_{platform_, ElemeConnection()};
};

TEST_F(ConnectionHealthStory, AWrongClock) {
  scene_.platform_ahead = minutes(10) + seconds(5);
  PlaceOrders(3);
  scene_.Pass(seconds(60));
  json shown = scene_.Connection();
  EXPECT_EQ(shown["state"], "clock_skew");
  EXPECT_EQ(shown["last_errors"][0]["kind"], "unauthorized");
  EXPECT_EQ(shown["last_errors"][0]["code"], "INVALID_TIMESTAMP");
  EXPECT_GT(shown["last_errors"][0]["count"], 1);
  EXPECT_NEAR(shown["skew_ms"].get<double>(), -605'000, 2'000);
  EXPECT_THAT(Complaints(),
              ElementsAre(HasSubstr("event=connection_clock_skew connection=el-main")));
  EXPECT_GT(Calls("unauthorized"), 1);
  EXPECT_EQ(IsIn("clock_skew"), 1);

  scene_.platform_ahead = seconds(0);
  scene_.Pass(minutes(4));
  shown = scene_.Connection();
  EXPECT_EQ(shown["state"], "active");
  EXPECT_EQ(IsIn("clock_skew"), 0);
  EXPECT_THAT(Complaints(), SizeIs(1));
  EXPECT_THAT(log_.Lines({"info"}, "event=connection_ok"), SizeIs(1));
  EXPECT_THAT(ConnectionChanges(), SizeIs(0));
}

TEST_F(ConnectionHealthStory, ARevokedAuthorisation) {
  ASSERT_EQ(scene_.Pull("stores")["status"], "done");
  scene_.Pass(seconds(5));
  platform_.Revoke(scene_.platform_now());
  scene_.Pass(seconds(5));
  EXPECT_EQ(scene_.Connection()["state"], "unauthorized");
  PlaceOrders(3);
  scene_.Pass(seconds(60));
  const json shown = scene_.Connection();
  EXPECT_EQ(shown["state"], "unauthorized");
  EXPECT_NE(shown["token"]["refused"], nullptr);
  EXPECT_EQ(shown["last_errors"][0]["kind"], "unauthorized");
  EXPECT_THAT(Complaints(),
              ElementsAre(HasSubstr("event=connection_unauthorized connection=el-main")));
  EXPECT_GT(Calls("unauthorized"), 0);
  EXPECT_EQ(IsIn("unauthorized"), 1);

  (void)platform_.tokens().Consent("https://example.com", scene_.platform_now());
  for (int i = 0; i < 3; ++i) {
    scene_.Leap(minutes(70));
    scene_.Pass(seconds(5));
  }
  EXPECT_EQ(scene_.Connection()["state"], "active");
  EXPECT_EQ(IsIn("unauthorized"), 0);
  EXPECT_THAT(Complaints(), SizeIs(1));
  EXPECT_THAT(ConnectionChanges(), ElementsAre("connection.unauthorized", "connection.authorized"));
}

TEST_F(ConnectionHealthStory, APlatformIn5xxForAWhile) {
  scene_.is_down = true;
  PlaceOrders(3);
  scene_.Pass(seconds(60));
  const json shown = scene_.Connection();
  EXPECT_EQ(shown["state"], "degraded");
  EXPECT_EQ(shown["last_errors"][0]["kind"], "transport");
  EXPECT_EQ(shown["last_errors"][0]["code"], "503");
  EXPECT_THAT(Complaints(), ElementsAre(HasSubstr("event=connection_degraded connection=el-main")));
  EXPECT_GT(Calls("transport"), 2);
  EXPECT_EQ(IsIn("degraded"), 1);

  scene_.is_down = false;
  scene_.Pass(minutes(4));
  EXPECT_EQ(scene_.Connection()["state"], "active");
  EXPECT_EQ(IsIn("degraded"), 0);
  EXPECT_GT(Calls("ok"), 0);
  EXPECT_THAT(Complaints(), SizeIs(1));
  EXPECT_THAT(log_.Lines({"info"}, "event=connection_ok"), SizeIs(1));
}

}  // namespace
}  // namespace weir::e2e
