// SPDX-License-Identifier: Apache-2.0
#include "connectors/dada/push.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "connectors/dada/signer.hpp"
#include "tests/connectors/dada/support.hpp"

namespace weir::connectors::dada {
namespace {

Pushes TestPushes() { return Pushes(TestCredentials()); }

net::Request Post(std::string body) {
  net::Request request;
  request.method = "POST";
  request.target = std::string("/hooks/da-main/") + kToken;
  request.headers.Add("Content-Type", "application/x-www-form-urlencoded");
  request.body = std::move(body);
  return request;
}

/// "accepted", "probe" or why not.
std::string OutcomeOf(const std::string& body, std::string_view topic = kToken) {
  const auto push = TestPushes().Verify(Post(body), topic);
  if (!push) return push.error().message;
  return push->probe ? "probe" : "accepted";
}

TEST(Pushes, TakeEverySample) {
  for (const char* file : mapping::dada::kStatusSamples) {
    const std::string body = ReadData(file);
    const auto push = TestPushes().Verify(Post(body), kToken);
    ASSERT_TRUE(push) << file;
    EXPECT_EQ(push->payload, body);
    EXPECT_EQ(push->dialect, "callback");
    EXPECT_EQ(push->topic, "status");
    EXPECT_FALSE(push->sent_at);
    EXPECT_EQ(push->mapped->shipments.size(), 1U);
  }
  for (const char* file : mapping::dada::kMessageSamples) {
    const auto push = TestPushes().Verify(Post(ReadData(file)), kToken);
    ASSERT_TRUE(push) << file;
    EXPECT_EQ(push->topic, "message");
    EXPECT_FALSE(push->mapped->unmappable);
  }
}

TEST(Pushes, WithoutTheTokenAreNotFound) {
  const std::string body = ReadData("callback_2.json");
  const std::string token = kToken;
  for (const std::string& topic :
       {std::string(), token + "0", token.substr(1), std::string("status")}) {
    const auto push = TestPushes().Verify(Post(body), topic);
    ASSERT_FALSE(push) << topic;
    EXPECT_EQ(push.error().kind, ErrorKind::kNotFound);
    EXPECT_EQ(push.error().message, "wrong_token");
    EXPECT_EQ(TestPushes().Refused(push.error()).status, 404U);
  }
  EXPECT_EQ(OutcomeOf("", "x"), "wrong_token");
}

TEST(Pushes, AreRefusedWhenAByteOfWhatIsSignedDiffers) {
  for (const char* name : {"client_id", "order_id", "update_time", "signature"}) {
    json push = mapping::dada::Sample("callback_2_string_update_time.json");
    std::string value = push.at(name);
    for (char& c : value) {
      c = static_cast<char>(c ^ 1);
      push[name] = value;
      EXPECT_EQ(OutcomeOf(push.dump()), "bad_signature") << name;
      c = static_cast<char>(c ^ 1);
    }
  }
}

TEST(Pushes, WithoutASignatureAreRefused) {
  json push = Sample("callback_2.json");
  push.erase("signature");
  EXPECT_EQ(OutcomeOf(push.dump()), "missing_signature");
  EXPECT_EQ(OutcomeOf(R"({"hello":1})"), "missing_signature");
  EXPECT_EQ(TestPushes().Verify(Post(push.dump()), kToken).error().kind, ErrorKind::kUnauthorized);
}

TEST(Pushes, ThatAreNoJsonAreMalformed) {
  for (const char* body : {"x", "[]", "order_id=1", "{\"order_id\":"}) {
    EXPECT_EQ(TestPushes().Verify(Post(body), kToken).error().kind, ErrorKind::kMalformed) << body;
  }
}

TEST(Pushes, ThatSayNothingAreProbes) {
  EXPECT_EQ(OutcomeOf(""), "probe");
  EXPECT_EQ(OutcomeOf("{}"), "probe");
}

TEST(Pushes, MayHaveNamesInCamelCase) {
  EXPECT_EQ(OutcomeOf(R"({"clientId":"1000000001","orderId":"D20261122001","orderStatus":2,)"
                      R"("updateTime":1700000100,"signature":"BB8DBED6FA5D2FE9753C5660937C806B"})"),
            "accepted");
}

TEST(Pushes, MayBeSortedAsNumbers) {
  const std::string signature = ToHex(Md5("9101700000100"));
  EXPECT_EQ(OutcomeOf(json({{"client_id", "9"},
                            {"order_id", "10"},
                            {"order_status", 1},
                            {"update_time", 1700000100},
                            {"signature", signature}})
                          .dump()),
            "accepted");
}

TEST(Pushes, ContentLeavesOutTheSignatureAndHowItIsWritten) {
  json upper = Sample("callback_2_string_update_time.json");
  std::string signature = upper["signature"];
  for (char& c : signature) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  upper["signature"] = signature;
  const auto content = [](const json& push) {
    return TestPushes().Verify(Post(push.dump()), kToken)->content;
  };
  EXPECT_EQ(content(upper), content(Sample("callback_2.json")));
  EXPECT_NE(content(Sample("callback_2.json")), content(Sample("callback_3.json")));
}

TEST(Pushes, MapAgainFromWhatTheyKeep) {
  const auto push = TestPushes().Verify(Post(ReadData("callback_4.json")), kToken);
  const auto again =
      mapping::dada::Map({.dialect = push->dialect, .topic = push->topic, .bytes = push->payload});
  EXPECT_EQ(again.shipments.at(0).nodes, push->mapped->shipments.at(0).nodes);
  EXPECT_EQ(push->content, push->mapped->shipments.at(0).look->key.digest);
}

TEST(Replies, AreWhatDadaWantsToHear) {
  EXPECT_EQ(json::parse(TestPushes().Accepted().body), Sample("callback_reply.json"));
  EXPECT_EQ(TestPushes().Accepted().status, 200U);
  const net::Response failed = TestPushes().Refused({.kind = ErrorKind::kTransport});
  EXPECT_EQ(failed.body, R"({"status":"fail"})");
  EXPECT_EQ(failed.status, 503U);
}

void ExpectParts(const std::string& text, std::initializer_list<const char*> parts) {
  for (const char* part : parts) EXPECT_NE(text.find(part), std::string::npos) << part << text;
}
void ExpectNone(const std::string& text, std::initializer_list<const char*> parts) {
  for (const char* part : parts) EXPECT_EQ(text.find(part), std::string::npos) << part << text;
}

TEST(Explain, ShowsEachStepAndNobody) {
  const std::string text = TestPushes().Explain(Post(ReadData("callback_2.json")), false);
  ExpectParts(text,
              {"token: this connection's", "signed text: 10000000011700000100D20261122001",
               "md5 computed: bb8dbed6fa5d2fe9753c5660937c806b",
               "md5 received: bb8dbed6fa5d2fe9753c5660937c806b", "verdict: the signature holds"});
  ExpectNone(text, {kToken, kSecret, "13900000000", "测试达达"});
  ExpectParts(TestPushes().Explain(Post(ReadData("callback_2.json")), true), {"13900000000"});
}

TEST(Explain, SaysWhatIsWrong) {
  net::Request request = Post("x");
  request.target = "/hooks/da-main/guess";
  ExpectParts(TestPushes().Explain(request, false), {"wrong_token"});
  request.target = "/hooks/da-main/status";
  ExpectParts(TestPushes().Explain(request, false), {"token: not kept"});
  json push = Sample("callback_2.json");
  push["update_time"] = 1;
  ExpectParts(TestPushes().Explain(Post(push.dump()), false), {"verdict: bad_signature"});
  ExpectParts(TestPushes().Explain(Post(""), false), {"a probe"});
  ExpectParts(TestPushes().Explain(Post(ReadData("message_1_rider_cancel.json")), false),
              {"the token decides"});
}

TEST(Explain, KnowsACallOfOurs) {
  const std::string text = TestPushes().Explain(Post(ReadData("addOrder_request.json")), false);
  ExpectParts(text,
              {"a call of ours", "<app_secret>app_key",
               "md5 computed: 3A411E820CFAD92374E7D8EEEFE3C7A0", "verdict: the signature holds"});
  ExpectNone(text, {kSecret, "张三", "13800000000"});
}

}  // namespace
}  // namespace weir::connectors::dada
