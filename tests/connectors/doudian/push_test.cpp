// SPDX-License-Identifier: Apache-2.0
#include "connectors/doudian/push.hpp"

#include <gtest/gtest.h>

#include "tests/connectors/doudian/support.hpp"

namespace weir::connectors::doudian {
namespace {

using mapping::doudian::MessageOf;
using mapping::doudian::TradeData;

const Pushes& TestPushes() {
  static const Pushes pushes(TestCredentials());
  return pushes;
}

net::Request Post(std::string body, const std::string& signature) {
  net::Request request;
  request.method = "POST";
  request.target = "/hooks/dd-main";
  if (!signature.empty()) request.headers.Add("Event-Sign", signature);
  request.body = std::move(body);
  return request;
}

/// With the signature it should have.
net::Request Signed(const std::string& body) {
  return Post(body, ToHex(EventSign(kAppKey, body, Secret(kSecret))));
}

net::Request Golden() {
  const auto vector = Vector("W4_doudian_push");
  return Post(vector.at("body"), vector.at("event-sign"));
}

std::string OutcomeOf(const net::Request& request) {
  const auto push = TestPushes().Verify(request, "");
  if (push) return push->probe ? "probe" : "accepted";
  return push.error().kind == ErrorKind::kUnauthorized ? push.error().message : "malformed";
}

TEST(Pushes, TakeTheVector) {
  const auto push = TestPushes().Verify(Golden(), "some/path");
  ASSERT_TRUE(push);
  EXPECT_FALSE(push->probe);
  EXPECT_EQ(push->topic, "100");
  EXPECT_EQ(push->dialect, "messages");
  EXPECT_EQ(push->payload, Golden().body);
  ASSERT_EQ(push->mapped->orders.size(), 1U);
  EXPECT_EQ(push->mapped->orders[0].platform_order_id, "6900000000000000001");
}

TEST(Pushes, OneFlippedBitAnywhereIsRefused) {
  const std::string body = Golden().body;
  for (std::size_t i = 0; i < body.size(); ++i) {
    for (const char bit : {1, 2, 4, 8, 16, 32, 64}) {
      net::Request flipped = Golden();
      flipped.body[i] = static_cast<char>(flipped.body[i] ^ bit);
      ASSERT_EQ(OutcomeOf(flipped), "bad_signature") << i;
    }
  }
  const std::string signature = Vector("W4_doudian_push").at("event-sign");
  for (std::size_t i = 0; i < signature.size(); ++i) {
    std::string flipped = signature;
    flipped[i] = flipped[i] == '0' ? '1' : '0';
    ASSERT_EQ(OutcomeOf(Post(body, flipped)), "bad_signature") << i;
  }
}

TEST(Pushes, RefuseWhatProvesNothing) {
  EXPECT_EQ(OutcomeOf(Post(Golden().body, "")), "missing_signature");
  EXPECT_EQ(OutcomeOf(Post(Golden().body, "x")), "bad_signature");
  net::Request other = Golden();
  other.headers.Add("app-id", "7000000000000000124");
  EXPECT_EQ(OutcomeOf(other), "wrong_app_id");
}

TEST(Pushes, TakeTheirOwnAppId) {
  net::Request request = Golden();
  request.headers.Add("app-id", kAppKey);
  EXPECT_EQ(OutcomeOf(request), "accepted");
}

TEST(Pushes, ProbesSayNothing) {
  EXPECT_EQ(OutcomeOf(Post("", "")), "probe");
  EXPECT_EQ(OutcomeOf(Signed("[]")), "probe");
  const std::string probe = R"([{"tag":"0","msg_id":"0","data":"2023-11-15"}])";
  EXPECT_EQ(OutcomeOf(Signed(probe)), "probe");
  EXPECT_EQ(OutcomeOf(Post(probe, "")), "probe");
  EXPECT_EQ(OutcomeOf(Post(probe, "x")), "bad_signature");
  EXPECT_EQ(OutcomeOf(Signed(R"([{"tag":0,"msg_id":"0","data":"x"}])")), "probe");
}

TEST(Pushes, HaveATopicOfTheirOwn) {
  const json one = MessageOf(101, TradeData(), "a");
  const json other = MessageOf(110, TradeData(), "b");
  const auto topic = [](const json& messages) {
    return TestPushes().Verify(Signed(messages.dump()), "path")->topic;
  };
  EXPECT_EQ(topic({one, one}), "101");
  EXPECT_EQ(topic({one, other}), "batch");
}

TEST(Pushes, TakeManyMessagesAtOnce) {
  json batch = json::array();
  for (int i = 0; i < 50; ++i) {
    batch.push_back(MessageOf(110, TradeData({{"p_id", 6900000000000000001 + i}})));
  }
  const auto push = TestPushes().Verify(Signed(batch.dump()), "");
  ASSERT_TRUE(push);
  ASSERT_EQ(push->mapped->orders.size(), 50U);
  EXPECT_EQ(push->mapped->orders[49].platform_order_id, "6900000000000000050");
  EXPECT_FALSE(push->mapped->unmappable);
}

TEST(Pushes, OneBadMessageDoesNotCostTheOthers) {
  json bad = MessageOf(101, TradeData());
  bad["data"] = "{";
  const json batch = {MessageOf(110, TradeData()), bad, MessageOf(103, TradeData())};
  const auto push = TestPushes().Verify(Signed(batch.dump()), "");
  ASSERT_TRUE(push);
  EXPECT_EQ(push->mapped->orders.size(), 2U);
  ASSERT_TRUE(push->mapped->unmappable);
  EXPECT_TRUE(push->mapped->unmappable->in_part);
  EXPECT_EQ(push->mapped->unmappable->reason, "malformed_payload");
  EXPECT_NE(push->mapped->unmappable->detail.find("Message 2"), std::string::npos);
}

TEST(Pushes, WhatIsSignedButHoldsNoMessagesIsKept) {
  for (const char* body : {"x", "{}", "1", R"(["x"])", R"([{"tag":)"}) {
    const auto push = TestPushes().Verify(Signed(body), "");
    ASSERT_TRUE(push) << body;
    EXPECT_EQ(push->payload, body);
    ASSERT_TRUE(push->mapped->unmappable) << body;
    EXPECT_FALSE(push->mapped->unmappable->in_part);
    EXPECT_EQ(push->mapped->unmappable->reason, "malformed_payload");
  }
}

TEST(Pushes, MapAgainFromWhatTheyKeep) {
  const auto push = TestPushes().Verify(Golden(), "");
  const auto again = mapping::doudian::Map(
      {.dialect = push->dialect, .topic = push->topic, .bytes = push->payload});
  ASSERT_EQ(again.orders.size(), 1U);
  EXPECT_EQ(again.orders[0].extra, push->mapped->orders[0].extra);
}

TEST(Pushes, CopiesHaveOneContent) {
  const auto content = [](const json& messages) {
    return TestPushes().Verify(Signed(messages.dump()), "")->content;
  };
  const json message = MessageOf(101, TradeData(), "a");
  EXPECT_EQ(content({message}), content({message}));
  json other = message;
  other["msg_id"] = "b";
  EXPECT_NE(content({message}), content({other}));
  other = message;
  other["tag"] = "110";
  EXPECT_NE(content({message}), content({other}));
}

TEST(Pushes, AcceptAsDoudianWantsToHear) {
  EXPECT_EQ(TestPushes().Accepted().status, 200U);
  EXPECT_EQ(json::parse(TestPushes().Accepted().body), json::parse(ReadData("push_reply.json")));
}

TEST(Pushes, RefuseByWhatWentWrong) {
  const auto refused = [](ErrorKind kind) {
    return TestPushes().Refused({.kind = kind, .message = "why"});
  };
  EXPECT_EQ(refused(ErrorKind::kUnauthorized).status, 401U);
  EXPECT_EQ(refused(ErrorKind::kUnauthorized).body,
            R"({"code":10001,"msg":"why","message":"why"})");
  EXPECT_EQ(refused(ErrorKind::kTransport).status, 503U);
}

TEST(Explain, ShowsEachStepAndNeverTheSecret) {
  const std::string text = TestPushes().Explain(Golden(), true);
  for (const char* part :
       {"tag 100 msg_id 6800000000000000001:100", "\"p_id\":6900000000000000001",
        "md5 computed: a384c80bf8f940481b738d50784b6611", "verdict: the signature holds"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
  EXPECT_EQ(text.find(kSecret), std::string::npos);
}

TEST(Explain, HidesTheDataOfAPerson) {
  const json batch = {MessageOf(108, TradeData({{"receiver_msg", {{"name", "周一"}}}}))};
  const std::string text = TestPushes().Explain(Signed(batch.dump()), false);
  EXPECT_EQ(text.find("周一"), std::string::npos);
  EXPECT_NE(text.find("verdict: the signature holds"), std::string::npos);
}

TEST(Explain, NamesTheReasonOfARefusal) {
  net::Request request = Golden();
  request.body += " ";
  EXPECT_NE(TestPushes().Explain(request, false).find("verdict: bad_signature"), std::string::npos);
  EXPECT_NE(TestPushes().Explain(Post("", ""), false).find("a probe"), std::string::npos);
}

}  // namespace
}  // namespace weir::connectors::doudian
