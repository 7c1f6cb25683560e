// SPDX-License-Identifier: Apache-2.0
#include "connectors/douyin/signer.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "tests/connectors/douyin/support.hpp"

namespace weir::connectors::douyin {
namespace {

Secret SecretOf(const json& vector) {
  return Secret(vector.at("client_secret").get<std::string>());
}

net::Parameters QueryOf(const json& vector) {
  net::Parameters query;
  for (const auto& [name, value] : vector.at("query").items()) {
    query.emplace_back(name, value.get<std::string>());
  }
  return query;
}

// Protocol A7, W1 and W1b.
TEST(WebhookSignature, IsTheWorkedExamples) {
  for (const char* name : {"W1_webhook_sha1", "W1b_verify_webhook_sha1"}) {
    const json vector = Vector(name);
    const auto body = vector.at("body").get<std::string>();
    EXPECT_EQ(ToHex(SignWebhook(body, SecretOf(vector))), vector.at("X-Douyin-Signature")) << name;
    EXPECT_TRUE(
        WebhookHolds(body, vector.at("X-Douyin-Signature").get<std::string>(), SecretOf(vector)));
  }
}

TEST(WebhookSignature, HoldsOverTheBodyWithoutItsLineBreaks) {
  const json vector = Vector("W1_webhook_sha1");
  auto body = vector.at("body").get<std::string>();
  const auto signature = vector.at("X-Douyin-Signature").get<std::string>();
  body.insert(1, "\r\n").append("\n");
  EXPECT_TRUE(WebhookHolds(body, signature, SecretOf(vector)));
  EXPECT_TRUE(WebhookHolds(body, ToHex(SignWebhook(body, SecretOf(vector))), SecretOf(vector)));
  EXPECT_FALSE(WebhookHolds(body + " ", signature, SecretOf(vector)));
}

// Protocol A8, W2 and W2b.
TEST(SpiSignature, IsTheWorkedExamples) {
  const json vector = Vector("W2_spi");
  const std::string text = SpiText(QueryOf(vector), vector.at("body").get<std::string>());
  EXPECT_EQ(text, "&client_key=awdemo0001&timestamp=1700000000000&http_body=" +
                      vector.at("body").get<std::string>());
  EXPECT_EQ(ToHex(SignSpi(text, SecretOf(vector))), vector.at("x-life-sign"));
  EXPECT_EQ(ToHex(SignSpiOld(text, SecretOf(vector))), vector.at("old_sign_md5"));
}

TEST(SpiSignature, LeavesOutAnEmptyBody) {
  const json vector = Vector("W2b_spi_no_body");
  EXPECT_EQ(ToHex(SignSpi(SpiText(QueryOf(vector), ""), SecretOf(vector))),
            vector.at("x-life-sign"));
}

TEST(SpiSignature, TakesTheQueryByNameAndValueWithoutSign) {
  EXPECT_EQ(SpiText({{"b", "2"}, {"sign", "x"}, {"b", "1"}, {"a", "3"}}, ""), "&a=3&b=1&b=2");
}

}  // namespace
}  // namespace weir::connectors::douyin
