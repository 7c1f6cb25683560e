// SPDX-License-Identifier: Apache-2.0
#include "app/config/config_text.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace weir::app {
namespace {

Config Parsed(const std::string& text) {
  return ParseConfig(text, "weir.toml",
                     {.platform = [](const std::string&) -> std::optional<PlatformKeys> {
                        return PlatformKeys{.credentials = {"app_id", "app_secret"},
                                            .options = {"envelope"}};
                      },
                      .environment = {},
                      .file = {}});
}

Config Sample() {
  Config config;
  config.server = {.host = "127.0.0.1", .port = 4001, .public_url = "http://127.0.0.1:4001"};
  config.storage.folder = "/tmp/a \"b\" \\c";
  config.log.level = "warn";
  config.merchants = {{.id = "demo", .name = "示例"}};
  config.keys = {{.id = "erp",
                  .merchant = "demo",
                  .scopes = {"read", "read_personal"},
                  .secret = Secret("erp-secret")}};
  config.stores = {{.id = "sh-001", .merchant = "demo", .name = "示例路店", .code = "ERP-1"},
                   {.id = "sh-002", .merchant = "demo", .name = "sh-002", .code = ""}};
  config.connections = {
      {.id = "mt-main",
       .merchant = "demo",
       .platform = "meituan",
       .base_url = "http://127.0.0.1:9101/api/v1",
       .credentials = {{"app_id", Secret("9001")}, {"app_secret", Secret("line\nbreak\t\x7F")}},
       .options = {{"envelope", "retail"}},
       .stores = {{"shop_001", "sh-001"}, {"shop_002", "sh-002"}},
       .accept_within = {}}};
  return config;
}

TEST(ConfigText, ReadsAsWhatItWasMadeOf) {
  const Config config = Parsed(ConfigText(Sample()));
  EXPECT_EQ(config.server.port, 4001);
  EXPECT_EQ(config.server.public_url, "http://127.0.0.1:4001");
  EXPECT_EQ(config.log.level, "warn");
  EXPECT_EQ(config.merchants.at(0).name, "示例");
  EXPECT_EQ(config.keys.at(0).scopes.size(), 2U);
  EXPECT_EQ(config.keys.at(0).secret.Reveal(), "erp-secret");
  EXPECT_EQ(config.stores.at(0).code, "ERP-1");
  EXPECT_EQ(config.connections.at(0).base_url, "http://127.0.0.1:9101/api/v1");
  EXPECT_EQ(config.connections.at(0).stores.at("shop_002"), "sh-002");
}

TEST(ConfigText, TakesOddTextsAsTheyAre) {
  const Config config = Parsed(ConfigText(Sample()));
  EXPECT_EQ(config.storage.folder, "/tmp/a \"b\" \\c");
  EXPECT_EQ(config.connections.at(0).credentials.at("app_secret").Reveal(), "line\nbreak\t\x7F");
  EXPECT_EQ(config.connections.at(0).options.at("envelope"), "retail");
}

}  // namespace
}  // namespace weir::app
