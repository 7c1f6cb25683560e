// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/e2e/eventually.hpp"
#include "tests/e2e/files.hpp"
#include "tests/e2e/pushes.hpp"
#include "tests/e2e/scene.hpp"

/// What whoever runs the gateway does from a shell.
namespace weir::e2e {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string Replaced(std::string text, const std::string& what, const std::string& by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
  return text;
}

int StatusOf(const std::string& origin, const std::string& target, const std::string& key) {
  httplib::Client client(origin);
  client.set_bearer_token_auth(key);
  const auto answer = client.Get(target);
  return answer ? answer->status : 0;
}

class Operator : public ::testing::Test {
 protected:
  void Serve() {
    scene_.gateway().Start();
    ASSERT_TRUE(scene_.gateway().WaitReady()) << scene_.gateway().Log();
  }
  /// A folder beside the data.
  std::string Beside(const std::string& name) {
    return (fs::path(scene_.data()).parent_path() / name).string();
  }
  /// All but what a start reads first: every page holds something else now.
  void DamageView() {
    constexpr std::streamoff kHeader = 100;
    const std::string path = scene_.data() + "/view.db";
    const auto size = static_cast<std::size_t>(fs::file_size(path));
    std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(kHeader);
    file << std::string(size - kHeader, '\xA5');
  }
  void Configure(const std::string& text) { std::ofstream(scene_.config()) << text; }
  int Status(const std::string& key) { return StatusOf(scene_.origin(), "/v1/orders", key); }

  Scene scene_{11};
};

TEST_F(Operator, BringsBackWhatWasBackedUp) {
  Serve();
  scene_.BeginTraffic();
  ASSERT_TRUE(Eventually([&] { return scene_.last_cause_seen() > 100; }));
  const std::string backup = Beside("backup");
  const Finished taken = RunWeir({"backup", backup, "--config", scene_.config()});
  ASSERT_EQ(taken.exit_code, 0) << taken.output;
  const std::uint64_t seen = scene_.last_cause_seen();
  ASSERT_TRUE(Eventually([&] { return scene_.last_cause_seen() > seen + 50; }));
  scene_.Quiet();
  ASSERT_EQ(scene_.gateway().Stop(), 0);
  Serve();
  scene_.gateway().Kill();

  DamageView();
  scene_.gateway().Start();
  EXPECT_FALSE(scene_.gateway().WaitReady());
  EXPECT_THAT(scene_.gateway().Log(), AllOf(HasSubstr("view.db is damaged"), HasSubstr("remove")));

  const std::string restored = Beside("restored");
  const Finished back = RunWeir({"restore", backup, "--data", restored});
  ASSERT_EQ(back.exit_code, 0) << back.output;
  // No backup carries the key that opens it.
  fs::copy_file(scene_.data() + "/encryption.key", restored + "/encryption.key");
  Configure(Replaced(TextOf(scene_.config()), scene_.data(), restored));
  Serve();
  EXPECT_EQ(Status(app::demo::kApiKey), 200);
  EXPECT_EQ(scene_.gateway().Stop(), 0);
  const Finished replay = RunWeir({"replay", "--data", restored});
  EXPECT_EQ(replay.exit_code, 0) << replay.output;
  EXPECT_THAT(replay.output, HasSubstr("identical"));
}

TEST_F(Operator, BacksUpAStoppedGateway) {
  Serve();
  ASSERT_EQ(scene_.gateway().Stop(), 0);
  const Finished taken = RunWeir({"backup", Beside("backup"), "--data", scene_.data()});
  EXPECT_EQ(taken.exit_code, 0) << taken.output;
  const Finished again = RunWeir({"backup", Beside("backup"), "--data", scene_.data()});
  EXPECT_EQ(again.exit_code, 1);
  EXPECT_THAT(again.output, HasSubstr("not empty"));
}

TEST_F(Operator, RestoresNothingOverData) {
  Serve();
  ASSERT_EQ(scene_.gateway().Stop(), 0);
  ASSERT_EQ(RunWeir({"backup", Beside("backup"), "--data", scene_.data()}).exit_code, 0);
  const Finished over = RunWeir({"restore", Beside("backup"), "--data", scene_.data()});
  EXPECT_EQ(over.exit_code, 1);
  EXPECT_THAT(over.output, HasSubstr("not empty"));
}

TEST_F(Operator, ReloadsKeysWithoutARestart) {
  Serve();
  const std::string before = TextOf(scene_.config());
  Configure(before +
            "[[key]]\nid = \"second\"\nmerchant = \"demo\"\nscopes = [\"read\"]\n"
            "secret = \"the-second-key\"\n");
  EXPECT_EQ(Status("the-second-key"), 401);
  scene_.gateway().Reload();
  EXPECT_TRUE(Eventually([&] { return Status("the-second-key") == 200; }));
  Configure(before);
  scene_.gateway().Reload();
  EXPECT_TRUE(Eventually([&] { return Status("the-second-key") == 401; }));
  EXPECT_EQ(Status(app::demo::kApiKey), 200);
}

TEST_F(Operator, GoesOnWithTheOldConfigurationWhenTheNewOneIsBroken) {
  Serve();
  Configure("[server\n");
  scene_.gateway().Reload();
  EXPECT_TRUE(Eventually(
      [&] { return scene_.gateway().Log().find("event=reload_refused") != std::string::npos; }));
  EXPECT_THAT(scene_.gateway().Log(), HasSubstr("weir.toml:1"));
  EXPECT_EQ(Status(app::demo::kApiKey), 200);
}

TEST_F(Operator, ABlockThatIsGoneIsDisabled) {
  Serve();
  const std::string text = TextOf(scene_.config());
  Configure(text.substr(0, text.find("[[connection]]")));
  scene_.gateway().Reload();
  const Push push =
      Signed(scene_.origin(), "/hooks/mt-main/order/paid", SampleFields("order_paid"));
  EXPECT_TRUE(Eventually([&] {
    const auto answer = httplib::Client(scene_.origin())
                            .Post(push.target, push.body, "application/x-www-form-urlencoded");
    return answer && answer->status == 404;
  }));
  ASSERT_EQ(scene_.gateway().Stop(), 0);
  EXPECT_EQ(RunWeir({"replay", "--data", scene_.data()}).exit_code, 0);
}

TEST_F(Operator, MakesAKeyThatTheConfigurationNamesOnly) {
  const Finished made =
      RunWeir({"keys", "--id", "erp-2", "--merchant", "demo", "--scopes", "read,write"});
  ASSERT_EQ(made.exit_code, 0) << made.output;
  EXPECT_THAT(made.output, HasSubstr("secret = \"env:WEIR_ERP_2_KEY\""));
  EXPECT_THAT(made.output, HasSubstr("scopes = [\"read\", \"write\"]"));
  const std::string line = "WEIR_ERP_2_KEY=wk_";
  const auto at = made.output.find(line);
  ASSERT_NE(at, std::string::npos);
  EXPECT_EQ(made.output.substr(at + line.size()).find_first_not_of("0123456789abcdef"), 64U);
  EXPECT_NE(RunWeir({"keys", "--id", "erp-2", "--merchant", "demo"}).output,
            RunWeir({"keys", "--id", "erp-2", "--merchant", "demo"}).output);
}

TEST_F(Operator, IsToldWhatIsWrong) {
  Serve();
  const Finished examined = RunWeir({"doctor", "--config", scene_.config()});
  EXPECT_EQ(examined.exit_code, 1);
  EXPECT_THAT(examined.output, HasSubstr("BAD  public_url"));
  EXPECT_THAT(examined.output, AllOf(HasSubstr("ok   configuration"), HasSubstr("ok   journal")));
  Configure("[server\n");
  EXPECT_THAT(RunWeir({"doctor", "--config", scene_.config()}).output,
              HasSubstr("BAD  configuration"));
}

TEST_F(Operator, IsToldThatAllIsWell) {
  Serve();
  ASSERT_EQ(scene_.gateway().Stop(), 0);
  Configure(Replaced(TextOf(scene_.config()), "public_url = \"" + scene_.origin(),
                     "public_url = \"https://gw.example.com"));
  const Finished examined = RunWeir({"doctor", "--config", scene_.config()});
  EXPECT_EQ(examined.exit_code, 0) << examined.output;
  EXPECT_THAT(examined.output, AllOf(HasSubstr("ok   view"), Not(HasSubstr("BAD"))));
}

}  // namespace
}  // namespace weir::e2e
