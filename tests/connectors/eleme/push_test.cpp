// SPDX-License-Identifier: Apache-2.0
#include "connectors/eleme/push.hpp"

#include <gtest/gtest.h>

#include "connectors/answers.hpp"
#include "connectors/eleme/signer.hpp"
#include "tests/connectors/eleme/support.hpp"

namespace weir::connectors::eleme {
namespace {

using mapping::eleme::Push;

const Pushes& TestPushes() {
  static const Pushes pushes(TestCredentials());
  return pushes;
}

net::Request Post(std::string body) {
  net::Request request;
  request.method = "POST";
  request.target = "/hooks/el-main";
  request.body = std::move(body);
  return request;
}

json Confirmed() { return json::parse(ReadData("push_12_order_confirmed.json")); }

/// The push with the signature it should have.
std::string Signed(json push) {
  const auto decoded = Push::Decode(push.dump());
  push["signature"] = ToUpperHex(Sign(PushText(decoded->fields()), Secret(std::string(kSecret))));
  return push.dump();
}

std::string OutcomeOf(const std::string& body) {
  const auto push = TestPushes().Verify(Post(body), "");
  if (push) return "accepted";
  return push.error().kind == ErrorKind::kUnauthorized ? push.error().message : "malformed";
}

TEST(Pushes, TakeEverySample) {
  for (const char* file : mapping::eleme::kPushSamples) {
    const std::string body = ReadData(file);
    const auto push = TestPushes().Verify(Post(body), "");
    ASSERT_TRUE(push) << file;
    EXPECT_FALSE(push->probe);
    EXPECT_EQ(push->payload, body);
    EXPECT_EQ(push->dialect, "nop");
    EXPECT_EQ(push->sent_at, mapping::eleme::SentAt());
    EXPECT_FALSE(push->mapped->unmappable);
  }
}

TEST(Pushes, HaveTheirTypeAsTopic) {
  EXPECT_EQ(TestPushes().Verify(Post(Confirmed().dump()), "some/path")->topic, "12");
  json push = Confirmed();
  push["type"] = "012";
  EXPECT_EQ(TestPushes().Verify(Post(Signed(push)), "")->topic, "12");
  push["type"] = "later";
  EXPECT_EQ(TestPushes().Verify(Post(Signed(push)), "")->topic, "");
}

TEST(Pushes, MapAgainFromWhatTheyKeep) {
  const auto push = TestPushes().Verify(Post(ReadData("push_10_order_effective.json")), "");
  const auto again =
      mapping::eleme::Map({.dialect = push->dialect, .topic = push->topic, .bytes = push->payload});
  EXPECT_EQ(again.orders.at(0).snapshot, push->mapped->orders.at(0).snapshot);
  EXPECT_EQ(push->content, push->mapped->orders.at(0).snapshot->key.digest);
}

TEST(Pushes, TakeNumbersAsNumberOrText) {
  json push = Confirmed();
  for (const char* name : {"type", "userId", "appId", "shopId", "timestamp"}) {
    push[name] = push[name].dump();
  }
  EXPECT_EQ(OutcomeOf(push.dump()), "accepted");
  EXPECT_EQ(TestPushes().Verify(Post(push.dump()), "")->content,
            TestPushes().Verify(Post(Confirmed().dump()), "")->content);
}

TEST(Pushes, KeepAccountsBeyondTwoToThe53Whole) {
  json push = Confirmed();
  push["userId"] = 18446744073709551615U;
  EXPECT_EQ(OutcomeOf(Signed(push)), "accepted");
  push["userId"] = 9007199254740993;
  const std::string body = Signed(push);
  EXPECT_EQ(OutcomeOf(body), "accepted");
  push = json::parse(body);
  push["userId"] = 9007199254740992;
  EXPECT_EQ(OutcomeOf(push.dump()), "bad_signature");
}

TEST(Pushes, ReadNumbersAsTheyAreWritten) {
  for (const char* number :
       {"0", "-0", "1.0", "-12", "1e3", "9007199254740993", "18446744073709551615",
        "-9223372036854775808", "123456789012345678901234567890", "true"}) {
    const auto push = Push::Decode(std::string(R"({"type":12,"userId":)") + number + "}");
    ASSERT_TRUE(push) << number;
    EXPECT_EQ(push->fields().back().value, number);
    EXPECT_EQ(push->type(), "12");
  }
  EXPECT_EQ(Push::Decode(R"({"userId":null,"type":{}})")->fields().back().value, "");
}

TEST(Pushes, SignTheMessageAsItIsAfterOneUnescape) {
  json push = Confirmed();
  push["message"] = "{\"orderId\": \"1\", \"remark\":\"a\\/b\\n\\u00e9 \xF0\x9F\x8D\x9C\"}  ";
  const std::string body = Signed(push);
  EXPECT_EQ(OutcomeOf(body), "accepted");
  // Other escapes of the envelope, the same message.
  std::string escaped = body;
  escaped.replace(escaped.find("\xF0\x9F\x8D\x9C"), 4, "\\ud83c\\udf5c");
  EXPECT_EQ(OutcomeOf(escaped), "accepted");
}

TEST(Pushes, ContentLeavesOutHowAMessageTravelled) {
  json later = Confirmed();
  later["timestamp"] = 1700009999999;
  later["requestId"] = "999";
  EXPECT_EQ(TestPushes().Verify(Post(Signed(later)), "")->content,
            TestPushes().Verify(Post(Confirmed().dump()), "")->content);
  later["type"] = 18;
  EXPECT_NE(TestPushes().Verify(Post(Signed(later)), "")->content,
            TestPushes().Verify(Post(Confirmed().dump()), "")->content);
}

TEST(Pushes, TakeAnyAge) {
  json push = Confirmed();
  push["timestamp"] = 1000000000000;
  EXPECT_EQ(OutcomeOf(Signed(push)), "accepted");
}

TEST(Pushes, TakeASignatureInLowerCase) {
  json push = Confirmed();
  push["signature"] = "7ebe9e317dc89dd0fa465f6b8bbda8a3";
  EXPECT_EQ(OutcomeOf(push.dump()), "accepted");
}

TEST(Pushes, NoFieldIsAProbe) {
  net::Request get;
  get.target = "/hooks/el-main";
  for (const auto& request : {get, Post(""), Post("{}")}) {
    const auto push = TestPushes().Verify(request, "");
    ASSERT_TRUE(push);
    EXPECT_TRUE(push->probe);
    ASSERT_NE(push->mapped, nullptr);
  }
}

TEST(Pushes, RefuseWhatProvesNothing) {
  json push = Confirmed();
  push.erase("signature");
  EXPECT_EQ(OutcomeOf(push.dump()), "missing_signature");
  push = Confirmed();
  push["appId"] = 10000002;
  EXPECT_EQ(OutcomeOf(Signed(push)), "wrong_app_id");
  push = Confirmed();
  push["message"] = json::object();
  EXPECT_EQ(OutcomeOf(push.dump()), "bad_signature");
}

TEST(Pushes, WhatIsNoObjectIsMalformed) {
  for (const char* body : {"x", "[]", "1", "null", "{\"a\":", " "}) {
    EXPECT_EQ(OutcomeOf(body), "malformed") << body;
  }
}

TEST(Pushes, OneFlippedBitAnywhereIsRefused) {
  const std::string body = Confirmed().dump();
  ASSERT_EQ(OutcomeOf(body), "accepted");
  for (std::size_t i = 0; i < body.size(); ++i) {
    for (const char bit : {1, 2, 4, 8, 16, 32, 64}) {
      std::string flipped = body;
      flipped[i] = static_cast<char>(flipped[i] ^ bit);
      // The case of a signature's digits says nothing.
      if (std::tolower(flipped[i]) == std::tolower(body[i]) && std::isxdigit(body[i]) != 0 &&
          i > body.find("signature")) {
        continue;
      }
      ASSERT_NE(OutcomeOf(flipped), "accepted") << i;
    }
  }
}

TEST(Pushes, AcceptAsEleMeWantsToHear) {
  EXPECT_EQ(TestPushes().Accepted().status, 200U);
  EXPECT_EQ(TestPushes().Accepted().body, R"({"message":"ok"})");
}

TEST(Pushes, RefuseByWhatWentWrong) {
  const auto refused = [](ErrorKind kind) {
    return TestPushes().Refused({.kind = kind, .message = "why"});
  };
  EXPECT_EQ(refused(ErrorKind::kUnauthorized).status, 401U);
  EXPECT_EQ(refused(ErrorKind::kUnauthorized).body, R"({"message":"why"})");
  EXPECT_EQ(refused(ErrorKind::kMalformed).status, 400U);
  EXPECT_EQ(refused(ErrorKind::kTransport).status, 503U);
  EXPECT_EQ(refused(ErrorKind::kInternal).status, 500U);
}

TEST(Explain, ShowsEachStepAndNeverTheSecret) {
  const std::string text = TestPushes().Explain(Post(Confirmed().dump()), true);
  for (const char* part :
       {"type = 12", "message = {\"orderId\"", "signed text: appId=10000001", "<app_secret>",
        "md5 computed: 7EBE9E317DC89DD0FA465F6B8BBDA8A3", "verdict: the signature holds"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
  EXPECT_EQ(text.find(kSecret), std::string::npos);
}

TEST(Explain, HidesTheMessageOfAPerson) {
  const std::string text =
      TestPushes().Explain(Post(ReadData("push_10_order_effective.json")), false);
  EXPECT_EQ(text.find("13800000000"), std::string::npos);
  EXPECT_NE(text.find("verdict: the signature holds"), std::string::npos);
}

TEST(Explain, NamesTheReasonOfARefusal) {
  json push = Confirmed();
  push["shopId"] = 10002;
  EXPECT_NE(TestPushes().Explain(Post(push.dump()), false).find("verdict: bad_signature"),
            std::string::npos);
  EXPECT_NE(TestPushes().Explain(Post(""), false).find("a probe"), std::string::npos);
}

TEST(Explain, KnowsACallOfOurs) {
  const std::string text =
      TestPushes().Explain(Post(ReadData("request_cancelOrderLite.json")), false);
  for (const char* part :
       {"a call of ours, eleme.order.cancelOrderLite", "<token>",
        "md5 computed: 3CAEEDD64A64A5214692548DD3EFBB8B", "verdict: the signature holds"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
  EXPECT_EQ(text.find("tok_eleme"), std::string::npos);
  EXPECT_EQ(text.find("售完"), std::string::npos);
}

}  // namespace
}  // namespace weir::connectors::eleme
