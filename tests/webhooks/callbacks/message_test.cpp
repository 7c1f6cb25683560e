// SPDX-License-Identifier: Apache-2.0
#include "webhooks/callbacks/message.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/text.hpp"

namespace weir::webhooks {
namespace {

using nlohmann::json;

storage::ChangeRow Change() {
  return {.merchant = "demo",
          .seq = 7,
          .cause = {.offset = 40},
          .type = "order.placed",
          .subject = "meituan-1",
          .version = 3,
          .at = Instant(std::chrono::seconds(1'764'000'000)),
          .data = R"({"id":"meituan-1","platform":"meituan","store":"sh-1",)"
                  R"("customer":{"name":"张三","phone":"13800000000"}})"};
}

Subscription Erp() {
  return {.url = "https://erp.example/weir?x=1",
          .keys = {*SigningKey::Parse("whsec_" + ToBase64(std::string(24, 'k')))},
          .types = {"*"}};
}

TEST(BodyOf, SaysWhatTheContractSays) {
  Subscription erp = Erp();
  erp.personal = true;
  const json body = json::parse(BodyOf(erp, "chg-1", Change()));
  EXPECT_EQ(body, (json{{"id", "chg-1"},
                        {"type", "order.placed"},
                        {"timestamp", "2025-11-24T16:00:00.000Z"},
                        {"sequence", 7},
                        {"data", json::parse(Change().data)}}));
}

TEST(BodyOf, MasksPersonalDataUnlessTheSubscriptionMaySeeIt) {
  const json body = json::parse(BodyOf(Erp(), "chg-1", Change()));
  EXPECT_EQ(body["data"]["customer"], (json{{"name", "张**"}, {"phone", "138****0000"}}));
  EXPECT_EQ(body["data"]["id"], "meituan-1");
}

TEST(IsWanted, TakesEverythingWithoutFilters) { EXPECT_TRUE(IsWanted(Erp(), Change())); }

TEST(IsWanted, FiltersByStore) {
  Subscription erp = Erp();
  erp.stores = {"sh-2", "sh-1"};
  EXPECT_TRUE(IsWanted(erp, Change()));
  erp.stores = {"sh-2"};
  EXPECT_FALSE(IsWanted(erp, Change()));
}

TEST(IsWanted, FiltersByPlatform) {
  Subscription erp = Erp();
  erp.platforms = {"meituan"};
  EXPECT_TRUE(IsWanted(erp, Change()));
  erp.platforms = {"eleme"};
  EXPECT_FALSE(IsWanted(erp, Change()));
}

TEST(MakeRequest, CarriesIdTimeAndSignature) {
  const Subscription erp = Erp();
  const Instant now{std::chrono::milliseconds(1'764'000'000'900)};
  const net::Request request = MakeRequest(erp, "chg-1", "{}", now);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, erp.url);
  EXPECT_EQ(request.body, "{}");
  EXPECT_EQ(request.headers.Find("content-type"), "application/json");
  EXPECT_EQ(request.headers.Find("webhook-id"), "chg-1");
  EXPECT_EQ(request.headers.Find("webhook-timestamp"), "1764000000");
  EXPECT_EQ(request.headers.Find("webhook-signature"), Sign(erp.keys, "chg-1", now, "{}"));
}

}  // namespace
}  // namespace weir::webhooks
