// SPDX-License-Identifier: Apache-2.0
#include "app/demo/merchant.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/config/config.hpp"
#include "app/demo/audit.hpp"
#include "app/demo/meituan.hpp"
#include "app/demo/place.hpp"
#include "base/digest.hpp"
#include "base/text.hpp"

namespace weir::app::demo {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kRecord = R"({"id":"meituan-1"})";

FeedLog FeedOf(std::uint64_t changes) {
  FeedLog log;
  nlohmann::json data = nlohmann::json::array();
  for (std::uint64_t seq = 1; seq <= changes; ++seq) {
    data.push_back({{"seq", seq},
                    {"type", seq == 1 ? "order.placed" : "order.accepted"},
                    {"subject", "meituan-1"},
                    {"at", "2026-11-22T03:00:00.000Z"},
                    {"version", seq},
                    {"data", nlohmann::json::parse(kRecord)}});
  }
  EXPECT_TRUE(log.Take(nlohmann::json{{"next", changes}, {"data", data}}.dump()).has_value());
  return log;
}

class MerchantAudit : public testing::Test {
 protected:
  void Send(std::uint64_t seq, const std::string& record = kRecord) {
    const std::string id = "chg-" + std::to_string(seq);
    const std::string body = R"({"type":"order.placed","sequence":)" + std::to_string(seq) +
                             R"(,"data":)" + record + "}";
    const std::string key = FromBase64(options_.secret.substr(6)).value();
    const auto digest = HmacSha256(key, id + ".1764000000." + body);
    const auto answer = merchant_.Handle(
        {.method = "POST",
         .body = body,
         .headers = {{"webhook-id", id},
                     {"webhook-timestamp", "1764000000"},
                     {"webhook-signature",
                      "v1," + ToBase64(std::string(digest.begin(), digest.end()))}}},
        Instant(std::chrono::seconds(1'764'000'000)));
    ASSERT_EQ(answer.status, 200U);
  }
  std::vector<std::string> Differences(std::uint64_t feed_end) {
    Audit audit({});
    audit.CheckCallbacks(merchant_, FeedOf(feed_end), feed_end);
    return audit.differences();
  }

  simulators::merchant::Options options_ = [] {
    auto options = DemoMerchant(1);
    options.faults = {};
    return options;
  }();
  simulators::merchant::MerchantSimulator merchant_{options_};
};

TEST_F(MerchantAudit, IsContentWithAllOfTheFeedInOrder) {
  Send(1);
  Send(2);
  EXPECT_THAT(Differences(2), IsEmpty());
}

TEST_F(MerchantAudit, MissesAChange) {
  Send(2);
  EXPECT_THAT(Differences(2), Contains(HasSubstr("change 1 never came")));
}

TEST_F(MerchantAudit, SeesAChangeOutOfOrder) {
  Send(2);
  Send(1);
  EXPECT_THAT(Differences(2), Contains(HasSubstr("change 1 came after change 2")));
}

TEST_F(MerchantAudit, SeesAnotherRecord) {
  Send(1, R"({"id":"meituan-1","status":"placed"})");
  EXPECT_THAT(Differences(1), Contains(HasSubstr("differs from the feed")));
}

TEST(SubscriptionConfig, IsOneTheGatewayTakes) {
  const ConfigSources sources{
      .platform = [](const std::string&) -> std::optional<PlatformKeys> {
        return PlatformKeys{.credentials = {"app_id", "app_secret"}, .options = {}};
      },
      .environment = [](const std::string&) -> std::optional<std::string> { return std::nullopt; },
      .file = [](const std::string&) -> std::optional<std::string> { return std::nullopt; }};
  const Config config =
      ParseConfig(GatewayConfig("/data", 1, {ConnectionTo(kMeituan, "http://127.0.0.1:2")}) +
                      SubscriptionConfig("http://127.0.0.1:9"),
                  "weir.toml", sources);
  ASSERT_EQ(config.subscriptions.size(), 1U);
  EXPECT_EQ(config.subscriptions[0].url, "http://127.0.0.1:9/weir");
  EXPECT_TRUE(config.subscriptions[0].allow_private);
}

}  // namespace
}  // namespace weir::app::demo
