// SPDX-License-Identifier: Apache-2.0
#include "sync/settings.hpp"

#include <gtest/gtest.h>

#include "sync/subscriptions.hpp"
#include "tests/sync/fold_scene.hpp"

namespace weir::sync::testing {
namespace {

using namespace std::chrono_literals;

SubscriptionSetting Wms() {
  return {.id = "wms",
          .url = "https://wms.example/weir?token=t",
          .types = {"order.*"},
          .stores = {"sh-001"},
          .platforms = {"meituan"},
          .personal = true,
          .allow_private = true,
          .rate_per_second = 5,
          .made_by_api = true,
          .secrets = {{.secret = Secret("whsec_new"), .until = {}},
                      {.secret = Secret("whsec_old"), .until = Instant(5s)}}};
}

ConnectionSetting Second() {
  return {.id = "mt-second",
          .platform = "meituan",
          .stores = {{"shop", "sh-001"}},
          .accept_within = 7min,
          .made_by_api = true,
          .base_url = "https://p.example?k=1",
          .credentials = {{"app_secret", Secret("s")}}};
}

TEST(Settings, OfASubscriptionComeBack) {
  EXPECT_EQ(*DecodeSubscriptionSetting(EncodeSetting(Wms())), Wms());
  const DeliverySetting delivery{.subscription = "wms", .disabled = "gone", .endpoint = "e"};
  EXPECT_EQ(*DecodeDeliverySetting(EncodeSetting(delivery)), delivery);
}

TEST(Settings, OfAConnectionComeBack) {
  EXPECT_EQ(*DecodeConnectionSetting(EncodeSetting(Second())), Second());
}

TEST(Settings, OfTheFileHoldNoSecret) {
  auto wms = Wms();
  wms.made_by_api = false;
  EXPECT_EQ(EncodeSetting(wms).find("whsec_"), std::string::npos);
  auto second = Second();
  second.made_by_api = false;
  EXPECT_EQ(EncodeSetting(second).find("app_secret"), std::string::npos);
}

TEST(Settings, AreShownWithoutSecretsAndQueries) {
  const auto wms = nlohmann::json::parse(WithoutSecrets(EncodeSetting(Wms())));
  EXPECT_EQ(wms["url"], "https://wms.example/weir");
  EXPECT_FALSE(wms.contains("secrets"));
  const auto second = nlohmann::json::parse(WithoutSecrets(EncodeSetting(Second())));
  EXPECT_EQ(second["base_url"], "https://p.example");
  EXPECT_FALSE(second.contains("credentials"));
}

TEST(Settings, GoneIsAboutOneUrl) {
  const auto wms = Wms();
  const DeliverySetting gone{
      .subscription = "wms", .disabled = "gone", .endpoint = EndpointMark(wms.url)};
  EXPECT_EQ(WhyDisabled(wms, gone), "gone");
  auto elsewhere = wms;
  elsewhere.url = "https://new.example";
  EXPECT_EQ(WhyDisabled(elsewhere, gone), "");
  const DeliverySetting asked{.subscription = "wms", .disabled = "asked", .endpoint = {}};
  EXPECT_EQ(WhyDisabled(elsewhere, asked), "asked");
  elsewhere.enabled = false;
  EXPECT_EQ(WhyDisabled(elsewhere, {}), "not_declared");
}

class FileSettings : public ::testing::Test {
 protected:
  std::size_t Append(std::vector<SubscriptionSetting> subscriptions) {
    std::vector<DeclaredSettings> declared(1);
    declared[0].merchant = "demo";
    declared[0].subscriptions = std::move(subscriptions);
    const auto appended = scene_.Must(scene_.Run(AppendSettings(scene_.storage, declared)));
    scene_.FoldAll();
    return appended.count;
  }
  SubscriptionSetting Known(const std::string& id) {
    const auto row = scene_.Must(scene_.Run(
        scene_.storage.Read(storage::RecordKind::kSetting, "demo", "subscription/" + id)));
    return DecodeSubscriptionSetting(row.value().state).value();
  }
  static SubscriptionSetting Erp() {
    return {.id = "erp",
            .url = "https://erp.example",
            .types = {"*"},
            .stores = {},
            .platforms = {},
            .rate_per_second = {},
            .secrets = {}};
  }

  FoldScene scene_;
};

TEST_F(FileSettings, AreAppendedWhereTheyDiffer) {
  EXPECT_EQ(Append({Erp()}), 1U);
  EXPECT_EQ(Append({Erp()}), 0U);
}

TEST_F(FileSettings, ABlockThatIsGoneIsDisabledAndBackIsEnabled) {
  Append({Erp()});
  EXPECT_EQ(Append({}), 1U);
  EXPECT_FALSE(Known("erp").enabled);
  EXPECT_EQ(Append({}), 0U);
  EXPECT_EQ(Append({Erp()}), 1U);
  EXPECT_TRUE(Known("erp").enabled);
}

TEST_F(FileSettings, LeaveAloneWhatTheApiMadeAndWhatRuns) {
  scene_.Declare(Wms());
  scene_.Declare(DeliverySetting{.subscription = "wms", .disabled = "asked", .endpoint = {}});
  scene_.FoldAll();
  EXPECT_EQ(Append({}), 0U);
  EXPECT_EQ(Known("wms"), Wms());
}

TEST_F(FileSettings, TakeOverWhatTheApiMade) {
  scene_.Declare(Wms());
  scene_.FoldAll();
  auto wms = Wms();
  wms.made_by_api = false;
  wms.secrets.clear();
  EXPECT_EQ(Append({wms}), 1U);
  EXPECT_EQ(Known("wms"), wms);
}

}  // namespace
}  // namespace weir::sync::testing
