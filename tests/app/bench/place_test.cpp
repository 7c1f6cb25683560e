// SPDX-License-Identifier: Apache-2.0
#include "app/bench/place.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "app/config/config.hpp"

namespace weir::app::bench {
namespace {

namespace fs = std::filesystem;

void Fill(const std::string& path, std::size_t size) {
  fs::create_directories(fs::path(path).parent_path());
  std::ofstream(path) << std::string(size, 'x');
}

TEST(WorkFolder, LeavesNothingBehind) {
  std::string path;
  {
    const WorkFolder folder(testing::TempDir());
    path = folder.path();
    Fill(path + "/data/journal/1.wj", 10);
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST(DiskUse, IsToldByPart) {
  const WorkFolder folder(testing::TempDir());
  Fill(folder.path() + "/journal/1.wj", 40'000);
  Fill(folder.path() + "/view.db", 20'000);
  Fill(folder.path() + "/view.db-wal", 10'000);
  Fill(folder.path() + "/snapshots/1.db", 5'000);
  const DiskUse use = UseOf(folder.path());
  EXPECT_GE(use.journal, 40'000U);
  EXPECT_GE(use.view, 20'000U);
  EXPECT_GE(use.write_ahead, 10'000U);
  EXPECT_GE(use.other, 5'000U);
  EXPECT_EQ(use.total(), use.journal + use.view + use.write_ahead + use.other);
}

TEST(BenchConfig, IsOneTheGatewayTakes) {
  const PushSource source = BenchSource();
  const Config config =
      ParseConfig(BenchConfig(source, "/data"), "weir.toml",
                  {.platform = [](const std::string&) -> std::optional<PlatformKeys> {
                     return PlatformKeys{.credentials = {"app_id", "app_secret"}, .options = {}};
                   },
                   .environment = {},
                   .file = {}});
  EXPECT_EQ(config.server.public_url, source.origin);
  EXPECT_EQ(config.server.port, 0);
  EXPECT_EQ(config.storage.folder, "/data");
  EXPECT_EQ(config.connections.at(0).id, source.connection);
  EXPECT_EQ(config.connections.at(0).stores.size(), source.shops.size());
}

}  // namespace
}  // namespace weir::app::bench
