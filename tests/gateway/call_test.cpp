// SPDX-License-Identifier: Apache-2.0
#include "tests/gateway/api_fixture.hpp"

namespace weir::gateway::testing {
namespace {

using ::testing::HasSubstr;

class CallTest : public ApiTest {};

TEST_F(CallTest, AsksForAKey) {
  const net::Response response = Ask("GET", "/v1/orders", "");
  EXPECT_EQ(Outcome(response), "401 unauthorized");
  EXPECT_EQ(response.headers.Find("WWW-Authenticate"), "Bearer");
}

TEST_F(CallTest, RefusesAnUnknownKey) {
  EXPECT_EQ(Refusal("/v1/orders", "guess"), "401 unauthorized");
}

TEST_F(CallTest, TellsNothingOfPathsBeforeTheKey) {
  EXPECT_EQ(Refusal("/v1/orders/meituan-1?bad=%zz", ""), "401 unauthorized");
}

TEST_F(CallTest, HoldsEachCallToItsScope) {
  EXPECT_EQ(Refusal("/v1/orders", "write"), "403 forbidden");
  EXPECT_EQ(Outcome(Ask("POST", "/v1/journal/0-1/redrive", "read")), "403 forbidden");
}

TEST_F(CallTest, NamesAnUnknownParameterAndTheKnownOnes) {
  const net::Response response = Ask("GET", "/v1/changes?aftr=1");
  EXPECT_EQ(Outcome(response), "400 unknown_parameter");
  EXPECT_THAT(response.body,
              HasSubstr("'aftr' is not known; known are: after, limit, wait, types"));
}

TEST_F(CallTest, ShowsAKeyItsOwnMerchantOnly) {
  Publish("1", "order.placed", "demo");
  Publish("2", "order.placed", "other");
  EXPECT_EQ(Get("/v1/orders")["data"].size(), 1U);
  EXPECT_EQ(Refusal("/v1/orders/meituan-2"), "404 not_found");
  EXPECT_EQ(Refusal("/v1/orders?merchant=other"), "403 forbidden");
  EXPECT_EQ(Get("/v1/orders?merchant=demo")["data"].size(), 1U);
}

TEST_F(CallTest, LetsAKeyOfAnyMerchantNameOne) {
  Publish("2", "order.placed", "other");
  EXPECT_EQ(Get("/v1/orders?merchant=other", "any")["data"].size(), 1U);
  EXPECT_EQ(Refusal("/v1/orders", "any"), "400 invalid_parameter");
  EXPECT_EQ(Refusal("/v1/orders?merchant=*", "any"), "400 invalid_parameter");
}

TEST_F(CallTest, TellsTheFeedPositionOfTheMerchant) {
  Publish("1");
  Publish("2");
  Publish("3", "order.placed", "other");
  EXPECT_EQ(Ask("GET", "/v1/orders").headers.Find("Weir-Seq"), "2");
  EXPECT_EQ(Ask("GET", "/v1/journal?merchant=other", "any").headers.Find("Weir-Seq"), "1");
}

TEST_F(CallTest, AnswersHeadLikeGet) { EXPECT_EQ(Ask("HEAD", "/v1/orders").status, 200U); }

TEST_F(CallTest, KnowsItsRoutes) {
  EXPECT_EQ(Refusal("/v1/nothing"), "404 not_found");
  EXPECT_EQ(Refusal("/v1/orders/"), "404 not_found");
  const net::Response response = Ask("DELETE", "/v1/orders/x");
  EXPECT_EQ(Outcome(response), "405 method_not_allowed");
  EXPECT_EQ(response.headers.Find("Allow"), "GET, HEAD");
}

TEST_F(CallTest, RefusesIdsThatAreNoText) {
  for (const char* path : {"/v1/orders/%ff", "/v1/orders/a%00b", "/v1/orders/%zz"}) {
    EXPECT_EQ(Refusal(path), "400 bad_request") << path;
  }
}

TEST_F(CallTest, ShowsNothingUntilTheFoldHasCaughtUp) {
  readiness_ = {.ready = false, .status = "starting"};
  const net::Response response = Ask("GET", "/v1/orders");
  EXPECT_EQ(Outcome(response), "503 busy");
  EXPECT_EQ(response.headers.Find("Retry-After"), "1");
}

TEST_F(CallTest, GoesOnShowingWhileItDrainsLagsOrIsFull) {
  for (const char* status : {"draining", "behind", "disk_full", "disk_failing"}) {
    readiness_ = {.ready = false, .status = status};
    EXPECT_EQ(Ask("GET", "/v1/orders").status, 200U) << status;
  }
}

TEST_F(CallTest, WritesNothingToAFullDisk) {
  const storage::Position position = AppendPush();
  readiness_ = {.ready = false, .status = "disk_full"};
  const auto response = Ask("POST", "/v1/journal/" + position.ToText() + "/redrive");
  EXPECT_EQ(Outcome(response), "503 busy");
  EXPECT_EQ(storage_.journal_end(), position);
}

TEST_F(CallTest, KeepsTheInsideOfAFailureToItself) {
  storage_.broken = true;
  for (const char* path : {"/v1/orders", "/v1/orders/x", "/v1/orders/x/timeline", "/v1/changes",
                           "/v1/journal/0-1", "/v1/journal?state=quarantined"}) {
    const net::Response response = Ask("GET", path);
    EXPECT_EQ(Outcome(response), "500 internal") << path;
    EXPECT_THAT(response.body, Not(HasSubstr("/secret/path"))) << path;
  }
}

TEST_F(CallTest, OpensItsPagesOfOperationToAll) {
  EXPECT_EQ(Get("/healthz", ""), json({{"status", "ok"}}));
  EXPECT_EQ(Get("/readyz", ""), json({{"status", "ready"}, {"lag_entries", 0}, {"lag_ms", 0}}));
  EXPECT_EQ(Ask("GET", "/metrics", "").content_type, "text/plain; version=0.0.4; charset=utf-8");
}

TEST_F(CallTest, TellsWhyItIsNotReady) {
  readiness_ = {.ready = false, .status = "behind", .lag_entries = 7, .lag_ms = 61'000};
  const net::Response response = Ask("GET", "/readyz", "");
  EXPECT_EQ(response.status, 503U);
  EXPECT_EQ(response.body, R"({"status":"behind","lag_entries":7,"lag_ms":61000})");
}

}  // namespace
}  // namespace weir::gateway::testing
