// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_city/push.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "connectors/sf_city/signer.hpp"
#include "tests/connectors/sf_city/support.hpp"

namespace weir::connectors::sf_city {
namespace {

const Pushes& TestPushes() {
  static const Pushes pushes(TestCredentials());
  return pushes;
}

net::Request Post(std::string body, const std::string& query) {
  net::Request request;
  request.method = "POST";
  request.target = "/hooks/sc-main/status" + (query.empty() ? "" : "?" + query);
  request.body = std::move(body);
  return request;
}
net::Request Sample(const std::string& file) {
  const json sample = json::parse(ReadData(file));
  return Post(sample["raw_body"].get<std::string>(), sample["query"].get<std::string>());
}
net::Request Signed(const std::string& body) {
  const std::string sign = Sign(body, 1234567890, Secret(std::string(kKey)));
  return Post(body, "sign=" + PercentEncode(sign));
}

std::string OutcomeOf(const net::Request& request) {
  const auto push = TestPushes().Verify(request, "status");
  if (push) return push->probe ? "probe" : "accepted";
  return push.error().kind == ErrorKind::kUnauthorized ? push.error().message : "malformed";
}

TEST(Pushes, TakeEverySample) {
  for (const char* file : kCallbackSamples) {
    const net::Request request = Sample(file);
    const auto push = TestPushes().Verify(request, "status");
    ASSERT_TRUE(push) << file;
    EXPECT_FALSE(push->probe);
    EXPECT_EQ(push->payload, request.body);
    EXPECT_EQ(push->dialect, "json");
    EXPECT_FALSE(push->mapped->unmappable);
    EXPECT_EQ(push->mapped->shipments.size(), 1U);
  }
}

TEST(Pushes, HaveTheirKindAsTopic) {
  EXPECT_EQ(TestPushes().Verify(Sample("callback_rider_status_10.json"), "x")->topic,
            "rider_status");
  EXPECT_EQ(TestPushes().Verify(Sample("callback_sf_cancel_2.json"), "x")->topic, "sf_cancel");
  EXPECT_EQ(TestPushes().Verify(Signed(R"({"url_index":"sf_cancel "})"), "x")->topic, "sf_cancel");
  EXPECT_EQ(TestPushes().Verify(Signed("{}"), "x")->topic, "");
}

TEST(Pushes, TellWhenTheyWereSent) {
  EXPECT_EQ(TestPushes().Verify(Sample("callback_rider_status_10.json"), "")->sent_at,
            mapping::sf_city::At(1700000300));
}

TEST(Pushes, MapAgainFromWhatTheyKeep) {
  const auto push = TestPushes().Verify(Sample("callback_rider_status_10.json"), "");
  const auto again = mapping::sf_city::Map(
      {.dialect = push->dialect, .topic = push->topic, .bytes = push->payload});
  EXPECT_EQ(again.shipments.at(0).nodes, push->mapped->shipments.at(0).nodes);
  EXPECT_EQ(again.shipments.at(0).look, push->mapped->shipments.at(0).look);
}

TEST(Pushes, OfAnAccountOfBaidusSaySo) {
  auto options = TestOptions();
  options.options["lbs_type"] = "1";
  const Pushes pushes(*ParseCredentials(options));
  const auto push = pushes.Verify(Sample("callback_rider_status_10.json"), "");
  EXPECT_EQ(push->dialect, "json+bd09");
  EXPECT_EQ(push->mapped->shipments.at(0).position->coordinate_system, "BD09");
}

TEST(Pushes, TakeASignatureThatIsNotEncoded) {
  const json sample = json::parse(ReadData("callback_rider_status_10.json"));
  EXPECT_EQ(OutcomeOf(Post(sample["raw_body"].get<std::string>(),
                           "sign=" + sample["sign"].get<std::string>())),
            "accepted");
}

TEST(Pushes, TakeAnyAge) {
  EXPECT_EQ(OutcomeOf(Signed(R"({"shop_order_id":"1","order_status":10,"push_time":1})")),
            "accepted");
}

TEST(Pushes, OfNothingAreAProbe) {
  EXPECT_EQ(OutcomeOf(Post("", "")), "probe");
  net::Request get;
  get.target = "/hooks/sc-main/status";
  EXPECT_EQ(OutcomeOf(get), "probe");
}

TEST(Pushes, RefuseWhatProvesNothing) {
  const std::string body = Sample("callback_rider_status_10.json").body;
  EXPECT_EQ(OutcomeOf(Post(body, "")), "missing_signature");
  EXPECT_EQ(OutcomeOf(Post(body, "sign=")), "missing_signature");
  EXPECT_EQ(OutcomeOf(Post("{}", "")), "missing_signature");
  EXPECT_EQ(OutcomeOf(Post("", "sign=x")), "bad_signature");
}

TEST(Pushes, KeepWhatIsSignedAndNoJson) {
  const auto push = TestPushes().Verify(Signed("not json"), "status");
  ASSERT_TRUE(push);
  EXPECT_EQ(push->mapped->unmappable->reason, "malformed_payload");
}

TEST(Pushes, OneFlippedBitAnywhereIsRefused) {
  const net::Request request = Sample("callback_rider_exception.json");
  ASSERT_EQ(OutcomeOf(request), "accepted");
  for (std::size_t i = 0; i < request.body.size(); ++i) {
    for (const char bit : {1, 2, 4, 8, 16, 32, 64}) {
      net::Request flipped = request;
      flipped.body[i] = static_cast<char>(flipped.body[i] ^ bit);
      ASSERT_EQ(OutcomeOf(flipped), "bad_signature") << i;
    }
  }
  const std::size_t sign = request.target.find("sign=") + 5;
  for (std::size_t i = sign; i < request.target.size(); ++i) {
    net::Request flipped = request;
    flipped.target[i] = static_cast<char>(flipped.target[i] ^ 1);
    ASSERT_NE(OutcomeOf(flipped), "accepted") << i;
  }
}

TEST(Pushes, AcceptAsSfWantsToHear) {
  EXPECT_EQ(TestPushes().Accepted().status, 200U);
  EXPECT_EQ(json::parse(TestPushes().Accepted().body),
            json::parse(ReadData("callback_reply.json")));
}

TEST(Pushes, RefuseWithoutABodySoThatSfRepeats) {
  const auto refused = [](ErrorKind kind) {
    return TestPushes().Refused({.kind = kind, .message = "why"});
  };
  EXPECT_EQ(refused(ErrorKind::kUnauthorized).status, 401U);
  EXPECT_EQ(refused(ErrorKind::kTransport).status, 503U);
  EXPECT_EQ(refused(ErrorKind::kTransport).body, "");
}

TEST(Explain, ShowsEachStepAndNeverTheKey) {
  const std::string text = TestPushes().Explain(Sample("callback_rider_status_10.json"), true);
  for (const char* part :
       {"url_index = rider_status", "\"operator_phone\":\"13900000000\"", "&1234567890&<dev_key>",
        "sign computed: OGY5ODVmZDI0MmRhOGVhMWJiNTE4MDcxMmZiNTU1Njk=",
        "verdict: the signature holds"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
  EXPECT_EQ(text.find(kKey), std::string::npos);
}

TEST(Explain, HidesTheBodyOfAPerson) {
  const std::string text = TestPushes().Explain(Sample("callback_rider_status_10.json"), false);
  EXPECT_EQ(text.find("13900000000"), std::string::npos);
  EXPECT_NE(text.find("verdict: the signature holds"), std::string::npos);
}

TEST(Explain, KnowsACallOfOurs) {
  const json sample = json::parse(ReadData("createorder_request.json"));
  net::Request request = Post(sample["raw_body"].get<std::string>(), "");
  request.target = sample["path"].get<std::string>() + "?" + sample["query"].get<std::string>();
  const std::string text = TestPushes().Explain(request, false);
  EXPECT_NE(text.find("a call of ours, createorder"), std::string::npos) << text;
  EXPECT_NE(text.find("verdict: the signature holds"), std::string::npos) << text;
}

TEST(Explain, NamesTheReasonOfARefusal) {
  EXPECT_NE(TestPushes().Explain(Post("{}", "sign=x"), false).find("verdict: bad_signature"),
            std::string::npos);
  EXPECT_NE(TestPushes().Explain(Post("{}", ""), false).find("verdict: missing_signature"),
            std::string::npos);
  EXPECT_NE(TestPushes().Explain(Post("", ""), false).find("a probe"), std::string::npos);
}

}  // namespace
}  // namespace weir::connectors::sf_city
