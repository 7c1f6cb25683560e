// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

#include <filesystem>
#include <string>

#include "base/disk.hpp"
#include "storage/embedded/sqlite.hpp"
#include "tests/e2e/files.hpp"
#include "tests/e2e/pushes.hpp"
#include "tests/e2e/scene.hpp"

namespace weir::e2e {
namespace {

using ::testing::HasSubstr;

/// A stopped gateway's data folder with one order in it.
class Replay : public ::testing::Test {
 protected:
  void SetUp() override {
    scene_.gateway().Start();
    ASSERT_TRUE(scene_.gateway().WaitReady()) << scene_.gateway().Log();
    httplib::Client client(scene_.origin());
    for (const char* status : {"2", "4"}) {
      Fields fields = SampleFields("order_paid");
      Set(fields, "status", status);
      const Push push = Signed(scene_.origin(), "/hooks/mt-main/order/paid", std::move(fields));
      const auto answer = client.Post(push.target, push.body, "application/x-www-form-urlencoded");
      ASSERT_TRUE(answer);
      ASSERT_EQ(answer->status, 200);
    }
    ASSERT_EQ(scene_.gateway().Stop(), 0);
  }

  /// Changes view.db behind the gateway's back.
  void Tamper(const char* sql) {
    SystemDisk disk;
    const storage::SqliteVfs vfs(disk);
    storage::SqliteConnection(vfs, View(), storage::SqliteConnection::Mode::kReadWrite)
        .Execute(sql);
  }
  std::string View() { return scene_.data() + "/view.db"; }
  Finished Run() { return RunWeir({"replay", "--data", scene_.data()}); }
  void ExpectDifferent(const std::string& example) {
    const Finished replay = Run();
    EXPECT_EQ(replay.exit_code, 1);
    EXPECT_THAT(replay.output, HasSubstr(example));
    EXPECT_THAT(replay.output, HasSubstr("DIFFERENT"));
  }

  Scene scene_{4};
};

TEST_F(Replay, FindsItsViewIdenticalAndLeavesItAlone) {
  const std::string before = TextOf(View());
  const Finished replay = RunWeir({"replay", "--config", scene_.config()});
  EXPECT_EQ(replay.exit_code, 0) << replay.output;
  EXPECT_THAT(replay.output, HasSubstr("changes      2"));
  EXPECT_THAT(replay.output, HasSubstr("identical"));
  EXPECT_TRUE(TextOf(View()) == before);
  EXPECT_FALSE(std::filesystem::exists(scene_.data() + "/replay.unfinished"));
}

TEST_F(Replay, FindsAChangedRecord) {
  Tamper("UPDATE record SET version = version + 1 WHERE id LIKE '%10000000001'");
  ExpectDifferent("record meituan-10000000001 of demo differs");
}

TEST_F(Replay, FindsAChangedChange) {
  Tamper("UPDATE change SET version = version + 1");
  ExpectDifferent("change 1 of demo: order.placed meituan-10000000001 v2 in the feed");
}

TEST_F(Replay, FindsAMissingChange) {
  Tamper("DELETE FROM change WHERE key = (SELECT max(key) FROM change)");
  ExpectDifferent("order.accepted meituan-10000000001 v2 of demo, made by entry");
}

TEST_F(Replay, FindsAChangeTooMany) {
  // Unsealed, as nobody without the keys could write it otherwise.
  Tamper(
      "INSERT INTO change SELECT key + 1, cause + 1, ordinal, type, version, at, "
      "x'00136d65697475616e2d31303030303030303030317b7d' "
      "FROM change ORDER BY key DESC LIMIT 1");
  ExpectDifferent("change 3 of demo, order.accepted meituan-10000000001 v2, is not made any more");
}

TEST_F(Replay, FindsAChangeInAnothersPlace) {
  Tamper(
      "UPDATE change SET content = (SELECT content FROM change ORDER BY key LIMIT 1) "
      "WHERE key = (SELECT max(key) FROM change)");
  const Finished replay = RunWeir({"replay", "--config", scene_.config()});
  EXPECT_EQ(replay.exit_code, 1);
  EXPECT_THAT(replay.output, HasSubstr("a change does not open"));
}

TEST_F(Replay, WantsADataFolder) {
  const Finished replay = RunWeir({"replay", "--data", scene_.data() + "/nowhere"});
  EXPECT_EQ(replay.exit_code, 1);
  EXPECT_THAT(replay.output, HasSubstr("holds no journal"));
}

}  // namespace
}  // namespace weir::e2e
