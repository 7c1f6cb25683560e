// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <chrono>
#include <future>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/e2e/pushes.hpp"
#include "tests/e2e/scene.hpp"

/// The program as its callers meet it, over a socket.
namespace weir::e2e {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

class Program : public ::testing::Test {
 protected:
  void SetUp() override {
    scene_.gateway().Start();
    ASSERT_TRUE(scene_.gateway().WaitReady()) << scene_.gateway().Log();
    client_.set_bearer_token_auth(app::demo::kApiKey);
    client_.set_read_timeout(std::chrono::seconds(70));
  }

  int Status(const std::string& target) {
    const auto answer = client_.Get(target);
    return answer ? answer->status : 0;
  }
  json Get(const std::string& target) {
    const auto answer = client_.Get(target);
    if (!answer || answer->status != 200) return nullptr;
    return json::parse(answer->body, nullptr, false);
  }
  void SendPaid() {
    const Push push =
        Signed(scene_.origin(), "/hooks/mt-main/order/paid", SampleFields("order_paid"));
    const auto answer = httplib::Client(scene_.origin())
                            .Post(push.target, push.body, "application/x-www-form-urlencoded");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, R"({"data":"ok"})");
  }

  Scene scene_{3};
  httplib::Client client_{scene_.origin()};
};

TEST_F(Program, AsksForAKey) {
  httplib::Client nobody(scene_.origin());
  EXPECT_EQ(nobody.Get("/v1/orders")->status, 401);
  nobody.set_bearer_token_auth("a-wrong-key");
  EXPECT_EQ(nobody.Get("/v1/orders")->status, 401);
  EXPECT_EQ(Status("/v1/orders"), 200);
  // This key may not administer.
  EXPECT_EQ(client_.Get("/v1/audit")->status, 403);
}

TEST_F(Program, TellsHowItIs) {
  EXPECT_EQ(Get("/healthz").at("status"), "ok");
  EXPECT_EQ(Get("/readyz").at("status"), "ready");
  EXPECT_THAT(client_.Get("/metrics")->body, HasSubstr("weir_pushes_stored_total 0"));
  EXPECT_EQ(Get("/openapi.json").at("openapi").get<std::string>().substr(0, 3), "3.1");
  EXPECT_EQ(Status("/v1/no-such-thing"), 404);
  EXPECT_EQ(Status("/v1/orders?no_such_parameter=1"), 400);
}

TEST_F(Program, WakesALongPollWithTheChange) {
  auto poll = std::async(std::launch::async, [this] { return Get("/v1/changes?after=0&wait=60"); });
  SendPaid();
  const json page = poll.get();
  ASSERT_TRUE(page.is_object());
  ASSERT_EQ(page.at("data").size(), 1U);
  EXPECT_EQ(page.at("data").at(0).at("type"), "order.placed");
  EXPECT_EQ(page.at("next"), 1);
}

TEST_F(Program, AnswersAPollThatWaitedInVain) {
  const json page = Get("/v1/changes?after=0&wait=1");
  ASSERT_TRUE(page.is_object());
  EXPECT_EQ(page.at("data").size(), 0U);
}

TEST_F(Program, KeepsOrdersOverARestart) {
  SendPaid();
  scene_.WaitUntilFolded();
  const json order = Get("/v1/orders/meituan-10000000001");
  ASSERT_TRUE(order.is_object());
  ASSERT_EQ(scene_.gateway().Stop(), 0);
  scene_.gateway().Start();
  ASSERT_TRUE(scene_.gateway().WaitReady()) << scene_.gateway().Log();
  EXPECT_EQ(Get("/v1/orders/meituan-10000000001"), order);
}

TEST_F(Program, DrainsWhileSomebodyPolls) {
  auto poll = std::async(std::launch::async, [this] { return Status("/v1/changes?wait=60"); });
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(scene_.gateway().Stop(), 0) << scene_.gateway().Log();
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(30));
  const int status = poll.get();
  EXPECT_TRUE(status == 200 || status == 503 || status == 0) << status;
}

TEST_F(Program, RefusesAFolderInUse) {
  const Finished second = RunWeir({"serve", "--config", scene_.config()});
  EXPECT_EQ(second.exit_code, 1);
  const Finished replay = RunWeir({"replay", "--config", scene_.config()});
  EXPECT_EQ(replay.exit_code, 1);
  EXPECT_THAT(replay.output, HasSubstr("is in use: stop its gateway"));
}

}  // namespace
}  // namespace weir::e2e
