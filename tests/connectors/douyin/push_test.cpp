// SPDX-License-Identifier: Apache-2.0
#include "connectors/douyin/push.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "connectors/douyin/signer.hpp"
#include "tests/connectors/douyin/support.hpp"

namespace weir::connectors::douyin {
namespace {

const Pushes& TestPushes() {
  static const Pushes pushes(TestCredentials(), Options());
  return pushes;
}

Secret TestSecret() { return Secret(std::string(kSecret)); }

net::Request Post(std::string target, std::string body) {
  net::Request request;
  request.method = "POST";
  request.target = std::move(target);
  request.body = std::move(body);
  return request;
}

net::Request Webhook(std::string body) {
  const std::string signature = ToHex(SignWebhook(body, TestSecret()));
  net::Request request = Post("/hooks/dy-main", std::move(body));
  request.headers.Add("X-Douyin-Signature", signature);
  return request;
}

net::Request Spi(std::string body, bool fresh = true) {
  net::Parameters query{{"client_key", std::string(kClientKey)}, {"timestamp", "1700000000000"}};
  const std::string text = SpiText(query, body);
  std::string target =
      "/hooks/dy-main/spi/trade.takeout.refund_apply?client_key=awdemo0001&timestamp=1700000000000";
  if (!fresh) target += "&sign=" + ToHex(SignSpiOld(text, TestSecret()));
  net::Request request = Post(std::move(target), std::move(body));
  if (fresh) request.headers.Add("x-life-sign", ToHex(SignSpi(text, TestSecret())));
  return request;
}

std::string OutcomeOf(const net::Request& request) {
  const auto push = TestPushes().Verify(request, "");
  if (push) return "accepted";
  return push.error().kind == ErrorKind::kUnauthorized ? push.error().message : "malformed";
}

/// The sample for our application.
std::string Ours(const char* file) {
  json body = json::parse(ReadData(file));
  body["client_key"] = kClientKey;
  return body.dump();
}

TEST(Webhooks, TakeEverySample) {
  for (const char* file : mapping::douyin::kWebhookSamples) {
    const std::string body = Ours(file);
    const auto push = TestPushes().Verify(Webhook(body), "");
    ASSERT_TRUE(push) << file;
    EXPECT_FALSE(push->probe);
    EXPECT_EQ(push->payload, body);
    EXPECT_EQ(push->dialect, "webhook");
    EXPECT_EQ(push->topic, json::parse(body)["event"]);
    EXPECT_FALSE(push->mapped->unmappable);
    EXPECT_FALSE(push->reply);
  }
}

TEST(Webhooks, MapAgainFromWhatTheyKeep) {
  const auto push =
      TestPushes().Verify(Webhook(Ours("webhook_life_takeout_order_pay_success.json")), "");
  const auto again = mapping::douyin::Map({.pulled = false,
                                           .dialect = push->dialect,
                                           .topic = push->topic,
                                           .bytes = push->payload,
                                           .received_at = {}});
  EXPECT_EQ(again.orders.at(0).snapshot, push->mapped->orders.at(0).snapshot);
  EXPECT_EQ(push->content, push->mapped->orders.at(0).snapshot->key.digest);
}

TEST(Webhooks, ContentLeavesOutHowAMessageTravelled) {
  json body = json::parse(Ours("webhook_life_takeout_delivery_change.json"));
  const auto first = TestPushes().Verify(Webhook(body.dump()), "");
  body["log_id"] = "other";
  body["from_user_id"] = "somebody";
  EXPECT_EQ(TestPushes().Verify(Webhook(body.dump()), "")->content, first->content);
  body["content"] = R"({"order_id":"2"})";
  EXPECT_NE(TestPushes().Verify(Webhook(body.dump()), "")->content, first->content);
}

TEST(Webhooks, AChallengeIsGivenBackAsItCame) {
  for (const char* content :
       {R"({"challenge":12345})", R"({"challenge":"12345"})", R"("{\"challenge\":12345}")"}) {
    const std::string body =
        R"({"event":"verify_webhook","client_key":"","content":)" + std::string(content) + "}";
    const auto push = TestPushes().Verify(Webhook(body), "");
    ASSERT_TRUE(push) << content;
    EXPECT_TRUE(push->probe);
    ASSERT_TRUE(push->reply) << content;
    const std::string expected =
        content[0] == '"' ? R"({"challenge":12345})" : std::string(content);
    EXPECT_EQ(push->reply->body, expected);
  }
  const std::string sample = json::parse(ReadData("webhook_verify.json")).dump();
  EXPECT_EQ(json::parse(TestPushes().Verify(Webhook(sample), "")->reply->body),
            json::parse(ReadData("webhook_verify_reply.json")));
}

TEST(Webhooks, WhateverIsSignedIsKept) {
  for (const char* body :
       {"x", "[]", "1", R"({"event":"life_trade_order_notify","content":"x"})",
        R"({"event":"life_trade_order_notify","content":[1]})",
        R"({"event":"life_trade_order_notify"})", R"({"event":7,"content":{}})", "{}"}) {
    const auto push = TestPushes().Verify(Webhook(body), "");
    ASSERT_TRUE(push) << body;
    EXPECT_FALSE(push->probe) << body;
    EXPECT_EQ(push->payload, body);
    EXPECT_TRUE(push->mapped->unmappable) << body;
  }
}

TEST(Webhooks, RefuseWhatProvesNothing) {
  const std::string body = Ours("webhook_life_trade_order_notify.json");
  EXPECT_EQ(OutcomeOf(Post("/hooks/dy-main", body)), "missing_signature");
  EXPECT_EQ(OutcomeOf(Webhook(ReadData("webhook_life_trade_order_notify.json"))), "wrong_app_id");
  net::Request changed = Webhook(body);
  changed.body += " ";
  EXPECT_EQ(OutcomeOf(changed), "bad_signature");
}

TEST(Webhooks, OneFlippedBitAnywhereIsRefused) {
  const auto body = Vector("W1_webhook_sha1").at("body").get<std::string>();
  net::Request request = Webhook(body);
  ASSERT_EQ(OutcomeOf(request), "accepted");
  for (std::size_t i = 0; i < body.size(); ++i) {
    for (const char bit : {1, 2, 4, 8, 16, 32, 64}) {
      request.body = body;
      request.body[i] = static_cast<char>(body[i] ^ bit);
      ASSERT_NE(OutcomeOf(request), "accepted") << i;
    }
  }
  const auto signature = Vector("W1_webhook_sha1").at("X-Douyin-Signature").get<std::string>();
  for (std::size_t i = 0; i < signature.size(); ++i) {
    std::string flipped = signature;
    flipped[i] = flipped[i] == '0' ? '1' : '0';
    net::Request forged = Post("/hooks/dy-main", body);
    forged.headers.Add("X-Douyin-Signature", flipped);
    ASSERT_EQ(OutcomeOf(forged), "bad_signature") << i;
  }
}

TEST(SpiCalls, ARefundIsTakenAndAnsweredWithProcessing) {
  const std::string body = ReadData("spi_refund_apply_request.json");
  for (const bool fresh : {true, false}) {
    const auto push = TestPushes().Verify(Spi(body, fresh), "spi/trade.takeout.refund_apply");
    ASSERT_TRUE(push) << fresh;
    EXPECT_EQ(push->topic, "spi/trade.takeout.refund_apply");
    EXPECT_EQ(push->dialect, "spi");
    EXPECT_EQ(push->payload, body);
    ASSERT_TRUE(push->reply);
    EXPECT_EQ(push->reply->body, R"({"data":{"error_code":0,"description":"success","result":2}})");
  }
}

TEST(SpiCalls, TheOptionsSayHowProcessingIsWritten) {
  Options options;
  options.refund_result = "audit_status";
  options.refund_processing = "PROCESSING";
  const Pushes pushes(TestCredentials(), options);
  const auto push = pushes.Verify(Spi(ReadData("spi_refund_apply_request.json")), "");
  EXPECT_EQ(push->reply->body,
            R"({"data":{"error_code":0,"description":"success","audit_status":"PROCESSING"}})");
}

TEST(SpiCalls, ContentDecidesNotThePath) {
  const auto push = TestPushes().Verify(Spi(ReadData("spi_refund_apply_request.json")), "");
  EXPECT_EQ(push->topic, "spi/trade.takeout.refund_apply");
  EXPECT_EQ(push->mapped->orders.size(), 1U);
}

TEST(SpiCalls, WhatIsNotUnderstoodIsKeptAndHearsNoYes) {
  const auto push = TestPushes().Verify(Spi(R"({"order_id":"1"})"), "spi/strange");
  ASSERT_TRUE(push);
  EXPECT_EQ(push->topic, "spi/strange");
  EXPECT_TRUE(push->mapped->unmappable);
  EXPECT_EQ(json::parse(push->reply->body)["data"]["error_code"], 999999);
}

TEST(SpiCalls, WithoutABodyAreProbes) { EXPECT_TRUE(TestPushes().Verify(Spi(""), "spi/x")->probe); }

TEST(SpiCalls, OneFlippedBitAnywhereIsRefused) {
  const auto body = Vector("W2_spi").at("body").get<std::string>();
  for (const bool fresh : {true, false}) {
    const net::Request signed_request = Spi(body, fresh);
    ASSERT_EQ(OutcomeOf(signed_request), "accepted");
    for (std::size_t i = 0; i < body.size(); ++i) {
      net::Request request = signed_request;
      request.body[i] = static_cast<char>(body[i] ^ 1);
      ASSERT_EQ(OutcomeOf(request), "bad_signature") << i;
    }
    const std::size_t query = signed_request.target.find('?') + 1;
    for (std::size_t i = query; i < signed_request.target.size(); ++i) {
      net::Request request = signed_request;
      request.target[i] = static_cast<char>(request.target[i] ^ 1);
      ASSERT_NE(OutcomeOf(request), "accepted") << i;
    }
  }
}

TEST(SpiCalls, OfAnotherApplicationAreRefused) {
  net::Request request = Spi(R"({"order_id":"1"})");
  request.target.replace(request.target.find("awdemo0001"), 10, "awdemo0002");
  EXPECT_EQ(OutcomeOf(request), "wrong_app_id");
}

TEST(Pushes, NoFieldIsAProbe) {
  for (const char* body : {"", "{}"}) {
    const auto push = TestPushes().Verify(Post("/hooks/dy-main", body), "");
    ASSERT_TRUE(push);
    EXPECT_TRUE(push->probe);
    EXPECT_FALSE(push->reply);
  }
}

TEST(Pushes, AnswerAsDouyinWantsToHear) {
  EXPECT_EQ(TestPushes().Accepted().status, 200U);
  EXPECT_EQ(TestPushes().Accepted().body, R"({"data":{"error_code":0,"description":"success"}})");
  EXPECT_EQ(json::parse(TestPushes().Accepted().body), json::parse(ReadData("spi_reply_ok.json")));
  const auto refused = TestPushes().Refused({.kind = ErrorKind::kUnauthorized, .message = "why"});
  EXPECT_EQ(refused.status, 401U);
  EXPECT_EQ(refused.body, R"({"data":{"error_code":1,"description":"why"}})");
}

TEST(Pushes, NameTheHeadersOfTheirSignatures) {
  const net::Request request = Spi(ReadData("spi_refund_apply_request.json"));
  net::Request kept = Post(request.target, request.body);
  for (const std::string_view name : TestPushes().SignatureHeaders()) {
    kept.headers.Add(std::string(name), std::string(request.headers.Find(name)));
  }
  EXPECT_EQ(OutcomeOf(kept), "accepted");
}

TEST(Explain, ShowsEachStepOfAWebhookAndNeverTheSecret) {
  const std::string text =
      TestPushes().Explain(Webhook(Ours("webhook_life_takeout_order_pay_success.json")), false);
  for (const char* part : {"a webhook", "event = life_takeout_order_pay_success",
                           "signed text: <client_secret>", "verdict: the signature holds"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
  EXPECT_EQ(text.find(kSecret), std::string::npos);
  EXPECT_EQ(text.find("17264842068"), std::string::npos);
}

TEST(Explain, ShowsBothSignaturesOfAnSpiCall) {
  const auto body = Vector("W2_spi").at("body").get<std::string>();
  const std::string text = TestPushes().Explain(Spi(body), true);
  for (const std::string& part :
       {std::string("an SPI call"), Vector("W2_spi").at("x-life-sign").get<std::string>(),
        Vector("W2_spi").at("old_sign_md5").get<std::string>(), "&http_body=" + body,
        std::string("verdict: the signature holds")}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
}

TEST(Explain, NamesTheReasonOfARefusal) {
  net::Request request = Webhook(Ours("webhook_life_trade_order_notify.json"));
  request.body += " ";
  EXPECT_NE(TestPushes().Explain(request, false).find("verdict: bad_signature"), std::string::npos);
  EXPECT_NE(TestPushes().Explain(Post("/hooks/dy-main", ""), false).find("a probe"),
            std::string::npos);
}

TEST(Explain, SaysThatOurCallsAreNotSigned) {
  net::Request call = Post("/goodlife/v1/trade/buy/merchant_confirm_order/", "{}");
  EXPECT_NE(TestPushes().Explain(call, false).find("nothing is signed"), std::string::npos);
}

}  // namespace
}  // namespace weir::connectors::douyin
