// SPDX-License-Identifier: Apache-2.0
#include "app/demo/place.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "app/config/config.hpp"
#include "app/demo/platforms.hpp"

namespace weir::app::demo {
namespace {

namespace fs = std::filesystem;

TEST(FreePorts, Differ) {
  const auto ports = FindFreePorts(3);
  EXPECT_EQ(std::set<std::uint16_t>(ports.begin(), ports.end()).size(), 3U);
  EXPECT_THAT(ports, testing::Not(testing::Contains(0)));
}

TEST(DataFolder, WithoutANameLeavesNothingBehind) {
  std::string path;
  {
    const DataFolder folder("");
    path = folder.path();
    EXPECT_FALSE(folder.kept());
    fs::create_directories(path + "/journal");
    std::ofstream(path + "/journal/segment") << "bytes";
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST(DataFolder, WithANameStays) {
  const DataFolder home("");
  const std::string path = home.path() + "/kept";
  {
    EXPECT_TRUE(DataFolder(path).kept());
  }
  EXPECT_TRUE(fs::is_directory(path));
}

TEST(DataFolder, IsNotTakenFromSomeoneElse) {
  const DataFolder home("");
  std::ofstream(home.path() + "/view.db") << "somebody's";
  EXPECT_THROW(const DataFolder taken(home.path()), std::runtime_error);
  EXPECT_TRUE(fs::exists(home.path() + "/view.db"));
}

TEST(GatewayConfig, ConnectsGatewayAndPlatforms) {
  const ConfigSources sources = {
      .platform = [](const std::string& word) -> std::optional<PlatformKeys> {
        PlatformKeys keys;
        for (const SimulatedPlatform* platform : SimulatedPlatforms()) {
          if (platform->word != word) continue;
          for (const auto& [name, secret] : platform->credentials())
            keys.credentials.push_back(name);
        }
        return keys;
      },
      .environment = [](const std::string&) -> std::optional<std::string> { return std::nullopt; },
      .file = [](const std::string&) -> std::optional<std::string> { return std::nullopt; }};
  std::vector<ConnectionConfig> connections;
  for (const SimulatedPlatform* platform : SimulatedPlatforms()) {
    connections.push_back(ConnectionTo(*platform, "http://127.0.0.1:4002"));
  }
  const Config config =
      ParseConfig(GatewayConfig("/tmp/demo", 4001, connections), "weir.toml", sources);
  EXPECT_EQ(config.server.port, 4001);
  EXPECT_EQ(config.server.public_url, "http://127.0.0.1:4001");
  EXPECT_EQ(config.storage.folder, "/tmp/demo");
  ASSERT_EQ(config.connections.size(), SimulatedPlatforms().size());
  EXPECT_EQ(config.connections[0].id, "mt-main");
  EXPECT_EQ(config.connections[1].id, "el-main");
  EXPECT_EQ(config.connections[0].base_url, "http://127.0.0.1:4002/api/v1");
  for (std::size_t i = 0; i < config.connections.size(); ++i) {
    EXPECT_EQ(config.connections[i].base_url, connections[i].base_url);
    EXPECT_EQ(config.connections[i].stores.size(), config.stores.size());
  }
}

}  // namespace
}  // namespace weir::app::demo
