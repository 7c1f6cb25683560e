// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/config/config.hpp"

namespace weir::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* kHead = R"([storage]
url = "file:/data"
[[merchant]]
id = "demo"
[[store]]
id = "sh-001"
merchant = "demo"
)";
// Its first line is line 8.
constexpr const char* kWhole = R"([[subscription]]
id = "erp"
merchant = "demo"
url = "https://erp.example/weir?key=1"
secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
types = ["order.*", "store.status_changed"]
stores = ["sh-001"]
platforms = ["meituan"]
personal = true
allow_private = true
rate_per_second = 50
previous_secret = "env:OLD_SECRET"
[callbacks]
retry_seconds = [1, 60]
timeout_seconds = 20
)";

ConfigSources Sources() {
  return {.platform = [](const std::string& platform) -> std::optional<PlatformKeys> {
            if (platform != "meituan") return std::nullopt;
            return PlatformKeys{};
          },
          .environment = [](const std::string& name) -> std::optional<std::string> {
            if (name != "OLD_SECRET") return std::nullopt;
            return "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
          },
          .file = [](const std::string&) -> std::optional<std::string> { return std::nullopt; }};
}

Config Parse(const std::string& text) { return ParseConfig(kHead + text, "weir.toml", Sources()); }

std::string WhyNot(const std::string& old_text, const std::string& new_text) {
  std::string text = kWhole;
  text.replace(text.find(old_text), old_text.size(), new_text);
  try {
    Parse(text);
  } catch (const ConfigError& error) {
    return error.what();
  }
  return "";
}

TEST(Subscriptions, AreReadWhole) {
  const Config config = Parse(kWhole);
  ASSERT_EQ(config.subscriptions.size(), 1U);
  const SubscriptionConfig& erp = config.subscriptions[0];
  EXPECT_EQ(erp.id, "erp");
  EXPECT_EQ(erp.merchant, "demo");
  EXPECT_EQ(erp.url, "https://erp.example/weir?key=1");
  EXPECT_EQ(erp.secret.Reveal(), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  EXPECT_EQ(erp.previous_secret.Reveal(), "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
  EXPECT_THAT(erp.types, ElementsAre("order.*", "store.status_changed"));
  EXPECT_THAT(erp.stores, ElementsAre("sh-001"));
  EXPECT_THAT(erp.platforms, ElementsAre("meituan"));
  EXPECT_TRUE(erp.personal);
  EXPECT_TRUE(erp.allow_private);
  EXPECT_EQ(erp.rate_per_second, 50U);
  EXPECT_THAT(config.callbacks.retries,
              ElementsAre(std::chrono::seconds(1), std::chrono::seconds(60)));
  EXPECT_EQ(config.callbacks.timeout, std::chrono::seconds(20));
}

TEST(Subscriptions, MaskAndRefusePrivateAddressesUnlessToldOtherwise) {
  const Config config = Parse(R"([[subscription]]
id = "erp"
merchant = "demo"
url = "https://erp.example/"
secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
types = ["*"]
)");
  EXPECT_FALSE(config.subscriptions.at(0).personal);
  EXPECT_FALSE(config.subscriptions.at(0).allow_private);
  EXPECT_FALSE(config.subscriptions.at(0).rate_per_second);
  EXPECT_THAT(config.callbacks.retries, IsEmpty());
}

TEST(Subscriptions, AreRefusedWithLineKeyAndExpectation) {
  struct Mistake {
    const char* old_text;
    const char* new_text;
    const char* message;
  };
  for (const Mistake& each :
       {Mistake{"merchant = \"demo\"\nurl", "merchant = \"x\"\nurl",
                "weir.toml:10: subscription.merchant: no [[merchant]] has the id 'x'"},
        Mistake{"https://erp.example/weir?key=1", "ftp://erp.example",
                "weir.toml:11: subscription.url: expected an absolute http or https URL"},
        Mistake{"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "secret-text",
                "weir.toml:12: subscription.secret: expected \"whsec_\""},
        Mistake{"\"order.*\", \"store.status_changed\"", "\"order.eaten\"",
                "weir.toml:13: subscription.types: 'order.eaten' is no type of change"},
        Mistake{"\"order.*\", \"store.status_changed\"", "",
                "weir.toml:13: subscription.types: expected at least one type"},
        Mistake{"[\"sh-001\"]", "[\"sh-9\"]",
                "weir.toml:14: subscription.stores: no [[store]] has the id 'sh-9'"},
        Mistake{"[\"meituan\"]", "[\"mars\"]",
                "weir.toml:15: subscription.platforms: 'mars' is not supported"},
        Mistake{"personal = true", "personal = 1",
                "weir.toml:16: subscription.personal: expected true or false"},
        Mistake{"rate_per_second = 50", "rate_per_second = 0",
                "weir.toml:18: subscription.rate_per_second: expected an integer from 1"},
        Mistake{"OLD_SECRET", "NO_SECRET",
                "weir.toml:19: subscription.previous_secret: the environment variable"},
        Mistake{"[1, 60]", "[0]",
                "weir.toml:21: callbacks.retry_seconds: expected a list of integers"},
        Mistake{"timeout_seconds = 20", "timeout_seconds = 61",
                "weir.toml:22: callbacks.timeout_seconds: expected an integer from 1 to 60"},
        Mistake{"personal = true", "private = true", "subscription.private: is not known here"}}) {
    EXPECT_THAT(WhyNot(each.old_text, each.new_text), HasSubstr(each.message)) << each.new_text;
  }
}

TEST(Subscriptions, NameNoSecretInMessages) {
  EXPECT_THAT(WhyNot("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "secret-text"),
              Not(HasSubstr("secret-text")));
}

}  // namespace
}  // namespace weir::app
