// SPDX-License-Identifier: Apache-2.0
#include "app/demo/place.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "app/config/config.hpp"

namespace weir::app::demo {
namespace {

namespace fs = std::filesystem;

TEST(FreePorts, Differ) {
  const Ports ports = FindFreePorts();
  EXPECT_NE(ports.gateway, 0);
  EXPECT_NE(ports.platform, 0);
  EXPECT_NE(ports.gateway, ports.platform);
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

Config Parsed(const std::string& folder, const std::string& secret) {
  const ConfigSources sources = {
      .credentials = [](const std::string&) -> std::optional<std::vector<std::string>> {
        return std::vector<std::string>{"app_id", "app_secret"};
      },
      .environment = [](const std::string&) -> std::optional<std::string> { return std::nullopt; },
      .file = [](const std::string&) -> std::optional<std::string> { return std::nullopt; }};
  const Ports ports{.gateway = 4001, .platform = 4002};
  return ParseConfig(GatewayConfig(folder, ports, "9001", secret), "weir.toml", sources);
}

TEST(GatewayConfig, ConnectsGatewayAndPlatform) {
  const Config config = Parsed("/tmp/demo", "secret");
  EXPECT_EQ(config.server.port, 4001);
  EXPECT_EQ(config.server.public_url, "http://127.0.0.1:4001");
  EXPECT_EQ(config.storage.folder, "/tmp/demo");
  ASSERT_EQ(config.connections.size(), 1U);
  EXPECT_EQ(config.connections[0].id, kConnection);
  EXPECT_EQ(config.connections[0].base_url, "http://127.0.0.1:4002/api/v1");
  EXPECT_EQ(config.connections[0].stores.size(), config.stores.size());
}

}  // namespace
}  // namespace weir::app::demo
