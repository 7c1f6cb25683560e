// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <atomic>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "tests/e2e/core_life.hpp"
#include "tests/e2e/scale.hpp"
#include "tests/e2e/scene.hpp"

namespace weir::e2e {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

class Refusals : public ::testing::Test {
 protected:
  Refusals() {
    life_.Settle();
    push_ = SamplePush("order_paid");
    journal_end_ = life_.core().storage().journal_end();
  }

  /// Refused as it should be, counted, and nothing else has happened.
  void ExpectRefused(const Push& push, const std::string& what) {
    ++refused_;
    ASSERT_EQ(life_.Send(push).status, 401U) << what;
    ASSERT_EQ(life_.core().storage().journal_end(), journal_end_) << what;
    // The ring takes ten a second.
    ground_.clock.Advance(std::chrono::milliseconds(101));
  }
  std::uint64_t Counted() {
    std::uint64_t sum = 0;
    for (const json& row : life_.GetJson("/v1/refusals?limit=1").at("counts")) {
      sum += row.at("count").get<std::uint64_t>();
    }
    return sum;
  }

  Ground ground_{"meituan"};
  CoreLife life_{ground_};
  Push push_;
  storage::Position journal_end_;
  std::uint64_t refused_ = 0;
};

TEST_F(Refusals, AnyOneByteOfTheBodyIsEnough) {
  const int stride = kSlow ? 7 : 1;
  for (std::size_t at = 0; at < push_.body.size(); at += static_cast<std::size_t>(stride)) {
    for (const int flip : {0x01, 0x10}) {
      Push bad = push_;
      bad.body[at] = static_cast<char>(bad.body[at] ^ flip);
      ExpectRefused(bad, "byte " + std::to_string(at) + " of the body");
      if (HasFatalFailure()) return;
    }
  }
  EXPECT_EQ(Counted(), refused_);
  EXPECT_EQ(life_.GetJson("/v1/orders").at("data").size(), 0U);
  // The push itself is as good as ever.
  EXPECT_EQ(life_.Send(push_).status, 200U);
}

TEST_F(Refusals, AnyOneByteOfTheTopicIsEnough) {
  const std::string hook = "/hooks/meituan/";
  for (std::size_t at = hook.size(); at < push_.target.size(); ++at) {
    Push bad = push_;
    bad.target[at] = static_cast<char>(bad.target[at] ^ 0x01);
    ExpectRefused(bad, bad.target);
    if (HasFatalFailure()) return;
  }
  EXPECT_EQ(Counted(), refused_);
}

TEST_F(Refusals, AnotherConnectionIsUnknown) {
  Push bad = push_;
  bad.target[std::string("/hooks/m").size()] ^= 0x01;
  EXPECT_EQ(life_.Send(bad).status, 404U);
  EXPECT_EQ(life_.core().storage().journal_end(), journal_end_);
}

TEST_F(Refusals, AreShownWithTheirReason) {
  struct Case {
    const char* field;
    const char* value;
    const char* reason;
  };
  for (const Case& bad :
       {Case{"order_id", "10000000002", "bad_signature"}, Case{"app_id", "9002", "wrong_app_id"},
        Case{"sig", "", "missing_signature"}}) {
    Fields fields = *simulators::ParseForm(push_.body);
    Set(fields, bad.field, bad.value);
    std::string body;
    for (const auto& [name, value] : fields) {
      body += (body.empty() ? "" : "&") + name + "=" + simulators::FormEncode(value);
    }
    ExpectRefused({.target = push_.target, .body = body}, bad.reason);
    const json shown = life_.GetJson("/v1/refusals").at("data").at(0);
    EXPECT_EQ(shown.at("reason"), bad.reason);
    EXPECT_EQ(shown.at("connection"), "meituan");
    EXPECT_EQ(shown.at("topic"), "order/paid");
    EXPECT_EQ(shown.at("body"), body);
  }
}

std::uintmax_t BytesIn(const std::string& folder) {
  std::uintmax_t bytes = 0;
  for (const auto& file : fs::recursive_directory_iterator(folder)) {
    if (file.is_regular_file()) bytes += file.file_size();
  }
  return bytes;
}

/// `count` different pushes with wrong signatures from four connections; how many were answered
/// 401.
int Flood(const std::string& origin, int count) {
  constexpr int kClients = 4;
  std::atomic<int> refused{0};
  std::vector<std::thread> clients;
  const std::string body = SamplePush("order_paid").body;
  for (int client = 0; client < kClients; ++client) {
    clients.emplace_back([&, client] {
      httplib::Client http(origin);
      http.set_keep_alive(true);
      http.set_tcp_nodelay(true);
      for (int i = client; i < count; i += kClients) {
        const auto answer = http.Post("/hooks/mt-main/order/paid", body + "&n=" + std::to_string(i),
                                      "application/x-www-form-urlencoded");
        if (answer && answer->status == 401) ++refused;
      }
    });
  }
  for (std::thread& client : clients) client.join();
  return refused;
}

TEST(RefusalFlood, DoesNotFillTheDisk) {
  const int count = Times("WEIR_E2E_FLOOD", 20'000, 3'000);
  Scene scene(2);
  scene.gateway().Start();
  ASSERT_TRUE(scene.gateway().WaitReady()) << scene.gateway().Log();
  const std::uintmax_t before = BytesIn(scene.data());
  EXPECT_EQ(Flood(scene.origin(), count), count);
  app::demo::GatewayClient api(scene.origin(), app::demo::kApiKey);
  const auto page = api.Get("/v1/refusals?limit=1");
  ASSERT_TRUE(page) << page.error().message;
  const json counts = json::parse(*page).at("counts");
  ASSERT_EQ(counts.size(), 1U);
  EXPECT_EQ(counts.at(0).at("count"), count);
  ASSERT_EQ(scene.gateway().Stop(), 0);
  EXPECT_LT(BytesIn(scene.data()), before + (10U << 20));
}

TEST(RefusalFlood, HindersNoGoodPush) {
  const int count = Times("WEIR_E2E_FLOOD", 20'000, 3'000);
  Scene scene(3);
  scene.gateway().Start();
  ASSERT_TRUE(scene.gateway().WaitReady()) << scene.gateway().Log();
  scene.BeginTraffic();
  EXPECT_EQ(Flood(scene.origin(), count), count);
  ASSERT_TRUE(scene.PlayOut());
  scene.Quiet();
  EXPECT_THAT(scene.Audit(), testing::IsEmpty());
}

}  // namespace
}  // namespace weir::e2e
