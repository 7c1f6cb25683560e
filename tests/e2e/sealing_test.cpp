// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "tests/e2e/echoing_endpoint.hpp"
#include "tests/e2e/eventually.hpp"
#include "tests/e2e/files.hpp"
#include "tests/e2e/pushes.hpp"
#include "tests/e2e/scene.hpp"

/// What lies on the disk tells nobody about a customer.
namespace weir::e2e {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class Sealing : public ::testing::Test {
 protected:
  void Serve() {
    scene_.gateway().Start();
    ASSERT_TRUE(scene_.gateway().WaitReady()) << scene_.gateway().Log();
  }
  json Get(const std::string& target) {
    app::demo::GatewayClient client(scene_.origin(), app::demo::kApiKey);
    return json::parse(client.Get(target).value());
  }
  /// Every customer that the gateway knows.
  std::set<std::string> People() {
    std::set<std::string> needles;
    for (const json& order : Get("/v1/orders?limit=500").at("data")) {
      const json& customer = order.at("customer");
      for (const char* member : {"name", "phone", "address"}) {
        AddForms(needles, customer.value(member, ""));
      }
    }
    return needles;
  }
  void SendARefusedOne() {
    Push push = SamplePush("order_paid");
    push.body[push.body.find("sig=") + 4] ^= 1;
    httplib::Client client(scene_.origin());
    const auto answer = client.Post(std::string("/hooks/") + kConnection + "/order/paid", push.body,
                                    "application/x-www-form-urlencoded");
    ASSERT_TRUE(answer);
    ASSERT_EQ(answer->status, 401);
  }
  std::string Beside(const std::string& name) {
    return (fs::path(scene_.data()).parent_path() / name).string();
  }

  EchoingEndpoint endpoint_;
  Scene scene_{31, endpoint_.Declared()};
};

TEST_F(Sealing, NoFileHoldsACustomerInClear) {
  Serve();
  scene_.BeginTraffic();
  ASSERT_TRUE(Eventually([&] { return scene_.last_cause_seen() > 150; }));
  SendARefusedOne();
  // The latest wait behind others that were tried.
  ASSERT_TRUE(Eventually([&] {
    const json page = Get("/v1/callbacks?status=pending&limit=500");
    return std::ranges::any_of(page.at("data"),
                               [](const json& row) { return !row.at("attempts").empty(); });
  }));
  const std::string backup = Beside("backup");
  const Finished taken = RunWeir({"backup", backup, "--config", scene_.config()});
  ASSERT_EQ(taken.exit_code, 0) << taken.output;
  const std::uint64_t seen = scene_.last_cause_seen();
  ASSERT_TRUE(Eventually([&] { return scene_.last_cause_seen() > seen + 50; }));
  scene_.Quiet();

  std::set<std::string> needles = People();
  ASSERT_GT(needles.size(), 20U);
  for (const char* text : {"13800000000", "张三(先生)", "示例路1号"}) AddForms(needles, text);
  EXPECT_THAT(json(Get("/v1/refusals")).dump(), HasSubstr("13800000000"));
  // With WALs and zero-filled segments as they are, then as a stop leaves them.
  scene_.gateway().Kill();
  EXPECT_THAT(Grep(scene_.data(), needles), IsEmpty());
  Serve();
  EXPECT_EQ(scene_.gateway().Stop(), 0);
  EXPECT_THAT(Grep(scene_.data(), needles), IsEmpty());
  EXPECT_THAT(Grep(backup, needles), IsEmpty());
  EXPECT_FALSE(fs::exists(backup + "/encryption.key"));
}

TEST_F(Sealing, WithTheKeyRotatedEverythingReads) {
  const std::string base = TextOf(scene_.config());
  const auto configure = [&](const std::string& keys) {
    std::string text = base;
    const std::string section = "[storage]\n";
    const auto at = text.find(section);
    ASSERT_NE(at, std::string::npos);
    std::ofstream(scene_.config()) << text.insert(at + section.size(), keys);
  };
  for (const char* name : {"a", "b"}) {
    std::ofstream(Beside(name)) << ToBase64(std::string(32, name[0])) << "\n";
  }
  const std::string key_a = fmt::format("\"file:{}\"\n", Beside("a"));
  const std::string key_b = fmt::format("\"file:{}\"\n", Beside("b"));

  configure("encryption_key = " + key_a);
  Serve();
  scene_.BeginTraffic();
  ASSERT_TRUE(Eventually([&] { return scene_.last_cause_seen() > 100; }));
  scene_.Quiet();
  const auto people = People();
  ASSERT_EQ(scene_.gateway().Stop(), 0);

  configure("encryption_key = " + key_b + "encryption_key_previous = " + key_a);
  Serve();
  EXPECT_EQ(People(), people);
  ASSERT_EQ(scene_.gateway().Stop(), 0);

  configure("encryption_key = " + key_b);
  Serve();
  EXPECT_EQ(People(), people);
  ASSERT_EQ(scene_.gateway().Stop(), 0);
  const Finished replay = RunWeir({"replay", "--config", scene_.config()});
  EXPECT_EQ(replay.exit_code, 0) << replay.output;
  const Finished doctor = RunWeir({"doctor", "--config", scene_.config()});
  EXPECT_THAT(doctor.output, HasSubstr("ok   encryption"));

  configure("encryption_key = " + key_a);
  scene_.gateway().Start();
  EXPECT_FALSE(scene_.gateway().WaitReady());
  EXPECT_THAT(scene_.gateway().Log(), HasSubstr("does not open with [storage] encryption_key"));
}

}  // namespace
}  // namespace weir::e2e
