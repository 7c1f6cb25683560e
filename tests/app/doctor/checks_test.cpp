// SPDX-License-Identifier: Apache-2.0
#include "app/doctor/checks.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "base/fake_time.hpp"
#include "base/memory_disk.hpp"
#include "base/timer.hpp"
#include "storage/embedded/embedded_storage.hpp"

namespace weir::app::doctor {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

Finding OfPublicUrl(std::string url) {
  Config config;
  config.server.public_url = std::move(url);
  return CheckPublicUrl(config);
}

TEST(PublicUrl, IsWhatPlatformsCanCall) {
  EXPECT_TRUE(OfPublicUrl("https://gw.example.com").well);
  EXPECT_TRUE(OfPublicUrl("https://gw.example.com/weir").well);
  EXPECT_TRUE(OfPublicUrl("").well);
}

TEST(PublicUrl, IsNotOneThatPlatformsCannotCall) {
  for (const char* url : {"http://gw.example.com", "https://127.0.0.1", "https://localhost:8080",
                          "https://gw.example.com/?a=1", "https://"}) {
    EXPECT_FALSE(OfPublicUrl(url).well) << url;
  }
}

class FolderTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ("weir_doctor_" + std::to_string(::getpid()));
    fs::create_directories(folder_);
    fs::permissions(folder_, fs::perms::owner_all);
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::unique_ptr<storage::EmbeddedStorage> Open() {
    storage::EmbeddedOptions options;
    options.folder = folder_.string();
    return storage::EmbeddedStorage::Open(disk_, clock_, timer_, std::move(options), nullptr)
        .value();
  }

  fs::path folder_;
  SystemDisk disk_;
  SystemClock clock_;
  SystemTimer timer_;
};

TEST_F(FolderTest, OfThisUserOnlyIsWell) {
  EXPECT_TRUE(CheckRights(disk_, folder_.string()).well);
  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(FolderTest, OpenToOthersIsNot) {
  fs::permissions(folder_, fs::perms::others_read, fs::perm_options::add);
  EXPECT_THAT(CheckRights(disk_, folder_.string()).detail, HasSubstr("chmod 700"));
}

TEST_F(FolderTest, ThatIsAbsentIsNot) {
  EXPECT_FALSE(CheckRights(disk_, (folder_ / "absent").string()).well);
}

TEST_F(FolderTest, WithoutAJournalIsWell) {
  EXPECT_TRUE(CheckData(disk_, clock_, folder_.string()).at(0).well);
}

TEST_F(FolderTest, OfAStoppedGatewayIsReadInFull) {
  Open();
  const auto findings = CheckData(disk_, clock_, folder_.string());
  ASSERT_EQ(findings.size(), 3U);
  for (const Finding& finding : findings) EXPECT_TRUE(finding.well) << finding.detail;
}

TEST_F(FolderTest, OfARunningGatewayIsReadBesideIt) {
  const auto running = Open();
  const auto findings = CheckData(disk_, clock_, folder_.string());
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_TRUE(findings[1].well) << findings[1].detail;
  EXPECT_THAT(findings[1].detail, HasSubstr("running"));
}

TEST_F(FolderTest, SealedWithAKeyBesideTheDataSaysSo) {
  Open();
  const auto findings = CheckData(disk_, clock_, folder_.string());
  EXPECT_EQ(findings[0].subject, "encryption");
  EXPECT_THAT(findings[0].detail, HasSubstr("beside the data"));
}

TEST_F(FolderTest, WhoseKeyIsNotThereSaysWhatToDo) {
  Open();
  fs::remove(folder_ / storage::KeyRing::kMadeKey);
  const auto findings = CheckData(disk_, clock_, folder_.string());
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_FALSE(findings[0].well);
  EXPECT_THAT(findings[0].detail, HasSubstr("encryption_key"));
}

TEST_F(FolderTest, WhoseErasureWasCutOffSaysWhatToDo) {
  Open();
  std::ofstream(folder_ / storage::kErasureNote) << "{}";
  const auto findings = CheckData(disk_, clock_, folder_.string());
  ASSERT_EQ(findings.size(), 4U);
  EXPECT_FALSE(findings[2].well);
  EXPECT_THAT(findings[2].detail, HasSubstr("weir erase again"));
}

TEST_F(FolderTest, WithADamagedViewSaysWhatToDo) {
  Open();
  std::ofstream(folder_ / "view.db") << std::string(20'000, 'x');
  const auto findings = CheckData(disk_, clock_, folder_.string());
  EXPECT_FALSE(findings.back().well);
  EXPECT_THAT(findings.back().detail, HasSubstr("view.db"));
}

TEST_F(FolderTest, WrittenInTheFutureTellsOfAClockSetBack) {
  fs::create_directories(folder_ / "journal");
  std::ofstream(folder_ / "journal" / "1.wj") << "x";
  EXPECT_TRUE(CheckClock(clock_, folder_.string()).well);
  fs::last_write_time(folder_ / "journal" / "1.wj",
                      fs::file_time_type::clock::now() + std::chrono::hours(1));
  EXPECT_THAT(CheckClock(clock_, folder_.string()).detail, HasSubstr("set back"));
}

TEST(Space, UnderAGigabyteIsNotWell) {
  MemoryDisk disk;
  ASSERT_TRUE(disk.MakeFolder("data"));
  disk.SetCapacity(2ULL << 30);
  EXPECT_TRUE(CheckSpace(disk, "data").well);
  disk.SetCapacity(1000);
  EXPECT_FALSE(CheckSpace(disk, "data").well);
}

TEST(Platform, ThatAnswersAnythingIsReachable) {
  httplib::Server server;
  const int port = server.bind_to_any_port("127.0.0.1");
  std::thread serving([&server] { server.listen_after_bind(); });
  while (!server.is_running()) std::this_thread::yield();
  ConnectionConfig connection;
  connection.base_url = "http://127.0.0.1:" + std::to_string(port) + "/api/v1";
  EXPECT_TRUE(CheckReachable(connection).well);
  server.stop();
  serving.join();
  EXPECT_FALSE(CheckReachable(connection).well);
}

}  // namespace
}  // namespace weir::app::doctor
