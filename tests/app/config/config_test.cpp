// SPDX-License-Identifier: Apache-2.0
#include "app/config/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

namespace weir::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

constexpr const char* kWhole = R"([server]
listen = "0.0.0.0:9090"
public_url = "https://gw.example.com/"
threads = 4
max_body_bytes = 2048
max_header_bytes = 4096
max_connections = 100
request_timeout_seconds = 5
idle_timeout_seconds = 60
[storage]
url = "file:/var/lib/weir/"
journal_days = 30
feed_days = 7
[log]
level = "error"
[[merchant]]
id = "demo"
name = "Demo Kitchen"
timezone = "UTC"
[[merchant]]
id = "other"
[[key]]
id = "erp"
merchant = "demo"
scopes = ["read", "write"]
secret = "env:ERP_KEY"
[[key]]
id = "ops"
merchant = "*"
scopes = ["admin"]
secret = "file:/etc/weir/ops"
[[store]]
id = "sh-001"
merchant = "demo"
name = "示例店"
code = "ERP-SH-001"
[[connection]]
id = "mt-main"
merchant = "demo"
platform = "meituan"
base_url = "http://127.0.0.1:9101/api/v1/"
app_id = "9001"
app_secret = "literal secret"
stores = { "shop_001" = "sh-001" }
accept_minutes = 5
options = { envelope = "retail" }
)";

constexpr const char* kSealingKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
constexpr const char* kStorage = "[storage]\nurl = \"file:/data\"\n";
constexpr const char* kMerchant = "[[merchant]]\nid = \"demo\"\n";

ConfigSources Sources() {
  return {.platform = [](const std::string& platform) -> std::optional<PlatformKeys> {
            if (platform != "meituan") return std::nullopt;
            return PlatformKeys{.credentials = {"app_id", "app_secret"},
                                .options = {"envelope"},
                                .more_credentials = {"app_key"}};
          },
          .environment = [](const std::string& name) -> std::optional<std::string> {
            if (name == "EMPTY") return "";
            if (name == "SEALING") return kSealingKey;
            return name == "ERP_KEY" ? std::optional<std::string>("from-environment")
                                     : std::nullopt;
          },
          .file = [](const std::string& path) -> std::optional<std::string> {
            return path == "/etc/weir/ops" ? std::optional<std::string>("from-file") : std::nullopt;
          }};
}

Config Parse(const std::string& text) { return ParseConfig(text, "weir.toml", Sources()); }

std::string Refusal(const std::string& text) {
  try {
    (void)Parse(text);
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(Config, ReadsTheServer) {
  const ServerConfig server = Parse(kWhole).server;
  EXPECT_EQ(server.host, "0.0.0.0");
  EXPECT_EQ(server.port, 9090);
  EXPECT_EQ(server.threads, 4U);
  EXPECT_EQ(server.max_body_bytes, 2048U);
  EXPECT_EQ(server.max_header_bytes, 4096U);
  EXPECT_EQ(server.max_connections, 100U);
  EXPECT_EQ(server.request_timeout, std::chrono::seconds(5));
  EXPECT_EQ(server.idle_timeout, std::chrono::seconds(60));
}

TEST(Config, CutsTheSlashOffUrls) {
  const Config config = Parse(kWhole);
  EXPECT_EQ(config.server.public_url, "https://gw.example.com");
  EXPECT_EQ(config.connections.at(0).base_url, "http://127.0.0.1:9101/api/v1");
}

TEST(Config, ReadsStorageAndLog) {
  const Config config = Parse(kWhole);
  EXPECT_EQ(config.storage.folder, "/var/lib/weir");
  EXPECT_EQ(config.storage.journal_kept, std::chrono::days(30));
  EXPECT_EQ(config.storage.feed_kept, std::chrono::days(7));
  EXPECT_EQ(config.log.level, "error");
}

TEST(Config, ReadsEncryptionKeys) {
  const Config config = ParseConfig(
      "[storage]\nurl = \"file:/d\"\nencryption_key = \"env:SEALING\"\n"
      "encryption_key_previous = \"env:SEALING\"\n",
      "weir.toml", Sources());
  EXPECT_EQ(config.storage.encryption.current.Reveal(), kSealingKey);
  EXPECT_EQ(config.storage.encryption.previous.Reveal(), kSealingKey);
}

TEST(Config, ReadsMerchants) {
  const Config config = Parse(kWhole);
  ASSERT_EQ(config.merchants.size(), 2U);
  EXPECT_EQ(config.merchants[0].name, "Demo Kitchen");
  EXPECT_EQ(config.merchants[0].timezone.offset(), std::chrono::minutes(0));
  EXPECT_EQ(config.merchants[1].name, "other");
  EXPECT_EQ(config.merchants[1].timezone.offset(), std::chrono::minutes(480));
}

TEST(Config, ResolvesSecrets) {
  const Config config = Parse(kWhole);
  ASSERT_EQ(config.keys.size(), 2U);
  EXPECT_EQ(config.keys[0].secret.Reveal(), "from-environment");
  EXPECT_EQ(config.keys[1].secret.Reveal(), "from-file");
  EXPECT_EQ(config.connections.at(0).credentials.at("app_secret").Reveal(), "literal secret");
}

TEST(Config, ReadsKeys) {
  const Config config = Parse(kWhole);
  EXPECT_THAT(config.keys.at(0).scopes, ElementsAre("read", "write"));
  EXPECT_EQ(config.keys.at(1).merchant, "*");
}

TEST(Config, ReadsStoresAndConnections) {
  const Config config = Parse(kWhole);
  EXPECT_EQ(config.stores.at(0).name, "示例店");
  EXPECT_EQ(config.stores.at(0).code, "ERP-SH-001");
  const ConnectionConfig& connection = config.connections.at(0);
  EXPECT_EQ(connection.platform, "meituan");
  EXPECT_THAT(connection.stores, ElementsAre(Pair("shop_001", "sh-001")));
  EXPECT_EQ(connection.accept_within, std::chrono::minutes(5));
}

TEST(Config, ReadsCredentialsThatMayBeLeftOut) {
  EXPECT_FALSE(Parse(kWhole).connections.at(0).credentials.contains("app_key"));
  std::string text = kWhole;
  const std::string line = "app_secret = \"literal secret\"\n";
  ASSERT_NE(text.find(line), std::string::npos);
  text.insert(text.find(line), "app_key = \"env:ERP_KEY\"\n");
  EXPECT_EQ(Parse(text).connections.at(0).credentials.at("app_key").Reveal(), "from-environment");
}

TEST(Config, NeedsNothingButStorage) {
  const Config config = Parse(kStorage);
  EXPECT_EQ(config.server.host, "127.0.0.1");
  EXPECT_EQ(config.server.port, 8080);
  EXPECT_EQ(config.log.level, "info");
}

TEST(Config, TakesAddressesInBrackets) {
  const Config config = Parse(std::string("[server]\nlisten = \"[::1]:0\"\n") + kStorage);
  EXPECT_EQ(config.server.host, "::1");
  EXPECT_EQ(config.server.port, 0);
}

struct Mistake {
  const char* what;
  std::string text;
  const char* message;  ///< Its beginning.
};

class Refused : public testing::TestWithParam<Mistake> {};

TEST_P(Refused, WithLineKeyAndExpectation) {
  EXPECT_THAT(Refusal(GetParam().text), testing::StartsWith(GetParam().message));
}

const std::string kShop = std::string(kStorage) + kMerchant;  // 4 lines.

INSTANTIATE_TEST_SUITE_P(
    Config, Refused,
    testing::Values(
        Mistake{"no_toml", "[storage\n", "weir.toml:1: not TOML: "},
        Mistake{"no_utf8", "[storage]\n'\x8a' = 1\n", "weir.toml:2: not UTF-8"},
        Mistake{"no_storage", "", "weir.toml:1: storage: is missing"},
        Mistake{"unknown_table", std::string(kStorage) + "[servers]\n",
                "weir.toml:3: servers: is not known here"},
        Mistake{"unknown_key", "[storage]\nurl = \"file:/d\"\nuri = 1\n",
                "weir.toml:3: storage.uri: is not known here; known are "
                "encryption_key, encryption_key_previous, feed_days"},
        Mistake{"a_number_for_a_text", "[storage]\nurl = 5\n",
                "weir.toml:2: storage.url: expected a text in quotes"},
        Mistake{"a_text_for_a_table", "storage = \"file:/d\"\n",
                "weir.toml:1: storage: expected a table"},
        Mistake{"other_storage", "[storage]\nurl = \"postgresql://db\"\n",
                "weir.toml:2: storage.url: expected \"file:FOLDER\""},
        Mistake{"no_folder", "[storage]\nurl = \"file:\"\n", "weir.toml:2: storage.url: expected"},
        Mistake{"a_literal_encryption_key",
                "[storage]\nurl = \"file:/d\"\nencryption_key = \"AAAA\"\n",
                "weir.toml:3: storage.encryption_key: expected \"file:PATH\" or \"env:NAME\""},
        Mistake{"an_encryption_key_of_no_32_bytes",
                "[storage]\nurl = \"file:/d\"\nencryption_key = \"env:ERP_KEY\"\n",
                "weir.toml:3: storage.encryption_key: an encryption key is 32 bytes in base64"},
        Mistake{"a_previous_encryption_key_alone",
                "[storage]\nurl = \"file:/d\"\nencryption_key_previous = \"env:SEALING\"\n",
                "weir.toml:3: storage.encryption_key_previous: goes with"},
        Mistake{"days_out_of_range", "[storage]\nurl = \"file:/d\"\nfeed_days = 0\n",
                "weir.toml:3: storage.feed_days: expected an integer from 1 to 36500"},
        Mistake{"no_port", "[server]\nlisten = \"localhost\"\n",
                "weir.toml:2: server.listen: expected \"host:port\""},
        Mistake{"port_too_large", "[server]\nlisten = \"localhost:65536\"\n",
                "weir.toml:2: server.listen: expected \"host:port\""},
        Mistake{"port_with_a_sign", "[server]\nlisten = \"localhost:+80\"\n",
                "weir.toml:2: server.listen: expected \"host:port\""},
        Mistake{"no_host", "[server]\nlisten = \":80\"\n", "weir.toml:2: server.listen: expected"},
        Mistake{"url_without_scheme", "[server]\npublic_url = \"gw.example.com\"\n",
                "weir.toml:2: server.public_url: expected a URL"},
        Mistake{"certificate_alone", "[server]\ntls_certificate = \"/c\"\n",
                "weir.toml:1: server.tls_key: tls_certificate and tls_key go together"},
        Mistake{"level", std::string(kStorage) + "[log]\nlevel = \"loud\"\n",
                "weir.toml:4: log.level: expected debug, info, warn or error"},
        Mistake{"merchant_twice", kShop + kMerchant,
                "weir.toml:6: merchant.id: 'demo' is declared"},
        Mistake{"odd_id", std::string(kStorage) + "[[merchant]]\nid = \"de mo\"\n",
                "weir.toml:4: merchant.id: expected 1 to 64 of letters"},
        Mistake{"zone", kShop + "timezone = \"Mars/Olympus\"\n",
                "weir.toml:5: merchant.timezone: expected \"Asia/Shanghai\""},
        Mistake{"one_table_for_many", std::string(kStorage) + "[merchant]\nid = \"demo\"\n",
                "weir.toml:3: merchant: expected blocks that begin with [[merchant]]"},
        Mistake{"no_such_merchant", kShop + "[[store]]\nid = \"s\"\nmerchant = \"demi\"\n",
                "weir.toml:7: store.merchant: no [[merchant]] has the id 'demi'"},
        Mistake{"scope", kShop + "[[key]]\nid = \"k\"\nmerchant = \"demo\"\nscopes = [\"all\"]\n",
                "weir.toml:8: key.scopes: expected some of read"},
        Mistake{"no_scope", kShop + "[[key]]\nid = \"k\"\nmerchant = \"demo\"\nscopes = []\n",
                "weir.toml:8: key.scopes: expected at least one scope"},
        Mistake{
            "short_secret",
            kShop +
                "[[key]]\nid = \"k\"\nmerchant = \"demo\"\nscopes = [\"read\"]\nsecret = \"x\"\n",
            "weir.toml:9: key.secret: expected at least 8 characters"},
        Mistake{"unset_variable",
                kShop + "[[key]]\nid = \"k\"\nmerchant = \"demo\"\nscopes = [\"read\"]\nsecret = "
                        "\"env:NO\"\n",
                "weir.toml:9: key.secret: the environment variable NO is not set"},
        Mistake{"empty_variable",
                kShop + "[[key]]\nid = \"k\"\nmerchant = \"demo\"\nscopes = [\"read\"]\nsecret = "
                        "\"env:EMPTY\"\n",
                "weir.toml:9: key.secret: the environment variable EMPTY is not set"},
        Mistake{"no_secret_file",
                kShop + "[[key]]\nid = \"k\"\nmerchant = \"demo\"\nscopes = [\"read\"]\nsecret = "
                        "\"file:/no\"\n",
                "weir.toml:9: key.secret: the file /no cannot be read or is empty"},
        Mistake{"unknown_platform",
                kShop + "[[connection]]\nid = \"c\"\nmerchant = \"demo\"\nplatform = \"eleme\"\n",
                "weir.toml:8: connection.platform: 'eleme' is not supported"},
        Mistake{"no_credentials",
                kShop + "[[connection]]\nid = \"c\"\nmerchant = \"demo\"\nplatform = \"meituan\"\n",
                "weir.toml:5: connection.app_id: is missing"},
        Mistake{"subscription", std::string(kStorage) + "[[subscription]]\nid = \"s\"\n",
                "weir.toml:3: subscription.merchant: is missing"}),
    [](const auto& mistake) { return std::string(mistake.param.what); });

std::string WholeWith(const std::string& old_text, const std::string& new_text) {
  std::string text = kWhole;
  text.replace(text.find(old_text), old_text.size(), new_text);
  return text;
}

TEST(Config, RefusesAShopWhoseStoreIsNotDeclared) {
  EXPECT_THAT(Refusal(WholeWith("= \"sh-001\" }", "= \"sh-009\" }")),
              HasSubstr("connection.stores: shop 'shop_001': no [[store]] has the id 'sh-009'"));
}

TEST(Config, ReadsAConnectionsOptions) {
  const Config config = ParseConfig(kWhole, "weir.toml", Sources());
  EXPECT_EQ(config.connections.at(0).options,
            (std::map<std::string, std::string>{{"envelope", "retail"}}));
}

TEST(Config, RefusesOptionsThatThePlatformDoesNotHave) {
  EXPECT_THAT(Refusal(WholeWith("{ envelope =", "{ letter =")),
              HasSubstr("connection.options: 'letter' is no option of meituan; expected some of "
                        "envelope"));
}

TEST(Config, RefusesConnectionsWithoutPublicUrl) {
  EXPECT_THAT(Refusal(WholeWith("public_url = \"https://gw.example.com/\"\n", "")),
              HasSubstr("server: public_url is missing"));
}

TEST(Config, NamesNoSecretInItsMessages) {
  EXPECT_THAT(Refusal(WholeWith("\"literal secret\"", "\"literal secret")),
              Not(HasSubstr("literal")));
  EXPECT_THAT(Refusal(WholeWith("\"env:ERP_KEY\"", "\"hush123\"")), Not(HasSubstr("hush123")));
}

TEST(Config, LoadsFiles) {
  const auto path = std::filesystem::path(testing::TempDir()) / "weir_config_test.toml";
  std::ofstream(path) << kWhole;
  const Config config = LoadConfig(path.string(), Sources());
  std::filesystem::remove(path);
  EXPECT_EQ(config.merchants.size(), 2U);
}

TEST(Config, NamesTheFileThatCannotBeRead) {
  try {
    (void)LoadConfig("/nowhere/weir.toml", Sources());
    FAIL() << "accepted";
  } catch (const ConfigError& error) {
    EXPECT_STREQ(error.what(), "/nowhere/weir.toml: cannot be read");
  }
}

TEST(SystemSources, CutsTheLineBreakOffSecretFiles) {
  const auto path = std::filesystem::path(testing::TempDir()) / "weir_config_test.secret";
  std::ofstream(path) << "top secret\r\n";
  const auto secret = SystemSources(Sources().platform).file(path.string());
  std::filesystem::remove(path);
  EXPECT_EQ(secret, "top secret");
}

TEST(NeedRestart, NamesTheBlocksThatAReloadDoesNotTake) {
  Config running;
  Config wanted;
  wanted.log.level = "debug";
  wanted.merchants.push_back({.id = "demo", .name = {}});
  wanted.keys.emplace_back();
  wanted.stores.emplace_back();
  wanted.connections.emplace_back();
  wanted.subscriptions.emplace_back();
  wanted.callbacks.timeout = std::chrono::seconds(1);
  EXPECT_THAT(NeedRestart(running, wanted), testing::IsEmpty());
  wanted.server.port = 1;
  wanted.storage.folder = "x";
  EXPECT_THAT(NeedRestart(running, wanted), testing::ElementsAre("[server]", "[storage]"));
}

}  // namespace
}  // namespace weir::app
