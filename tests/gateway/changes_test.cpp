// SPDX-License-Identifier: Apache-2.0
#include "gateway/changes.hpp"

#include "tests/gateway/api_fixture.hpp"

namespace weir::gateway::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ChangesTest : public ApiTest {
 protected:
  static std::vector<std::uint64_t> Seqs(const json& page) {
    std::vector<std::uint64_t> seqs;
    for (const json& change : page["data"]) seqs.push_back(change["seq"]);
    return seqs;
  }

  std::shared_ptr<Pending> Wait(const std::string& query) {
    net::Request request{.target = "/v1/changes?" + query};
    request.headers.Add("Authorization", "Bearer full");
    return Start(std::move(request));
  }

  static json BodyOf(const Pending& pending) { return json::parse(pending.response->body); }
};

TEST_F(ChangesTest, ShowsChangesInOrder) {
  Publish("1");
  Publish("1", "order.accepted");
  const json page = Get("/v1/changes");
  ASSERT_THAT(Seqs(page), ElementsAre(1U, 2U));
  const json& change = page["data"][1];
  EXPECT_EQ(change["id"], "chg-2-0");
  EXPECT_EQ(change["type"], "order.accepted");
  EXPECT_EQ(change["subject"], "meituan-1");
  EXPECT_EQ(change["version"], 2);
  EXPECT_EQ(change["data"], Get("/v1/orders/meituan-1"));
  EXPECT_EQ(page["next"], 2);
}

TEST_F(ChangesTest, GoesOnBehindWhatWasSeen) {
  for (int i = 1; i <= 5; ++i) Publish(std::to_string(i));
  const json page = Get("/v1/changes?after=1&limit=2");
  EXPECT_THAT(Seqs(page), ElementsAre(2U, 3U));
  EXPECT_EQ(page["next"], 3);
}

TEST_F(ChangesTest, StandsStillAtTheEnd) {
  Publish("1");
  EXPECT_EQ(Ask("GET", "/v1/changes?after=1").body, R"({"data":[],"next":1})");
}

TEST_F(ChangesTest, TellsWhereTheFeedEnds) {
  for (int i = 1; i <= 3; ++i) Publish(std::to_string(i));
  EXPECT_EQ(Ask("GET", "/v1/changes?limit=1").headers.Find("Weir-Seq"), "3");
}

TEST_F(ChangesTest, MasksWhatIsPersonal) {
  Publish("1");
  EXPECT_EQ(Get("/v1/changes", "read")["data"][0]["data"]["customer"]["name"], "张**");
}

TEST_F(ChangesTest, FiltersByTypeAndGoesOnBehindTheRest) {
  Publish("1");
  Publish("1", "order.accepted");
  Publish("1", "order.refund_applied");
  EXPECT_THAT(Seqs(Get("/v1/changes?types=order.placed,order.refund_applied")),
              ElementsAre(1U, 3U));
  EXPECT_THAT(Seqs(Get("/v1/changes?types=order.*")), ElementsAre(1U, 2U, 3U));
  const json none = Get("/v1/changes?types=store.*");
  EXPECT_THAT(Seqs(none), IsEmpty());
  EXPECT_EQ(none["next"], 3);
}

// A word that is mistyped would wait for ever.
TEST_F(ChangesTest, RefusesTypesThatDoNotExist) {
  for (const char* types : {"order.plced", "ordr.*", "order.", ".*", "order.*.x", "a,", ",", "",
                            "order.pending_payment"}) {
    EXPECT_EQ(Refusal(std::string("/v1/changes?types=") + types), "400 invalid_parameter") << types;
  }
  EXPECT_EQ(Ask("GET", "/v1/changes?types=*").status, 200U);
}

TEST_F(ChangesTest, RefusesNumbersOutOfRange) {
  for (const char* query : {"after=-1", "after=x", "limit=501", "wait=61", "wait=1.5"}) {
    EXPECT_EQ(Refusal(std::string("/v1/changes?") + query), "400 invalid_parameter") << query;
  }
}

TEST_F(ChangesTest, RefusesAPositionTheFeedNeverHad) {
  Publish("1");
  const net::Response response = Ask("GET", "/v1/changes?after=18446744073709551615");
  EXPECT_EQ(Outcome(response), "400 invalid_parameter");
  EXPECT_THAT(response.body, HasSubstr("at most 1, where the feed ends"));
}

TEST_F(ChangesTest, SaysSoWhenTheFeedNoLongerReachesBack) {
  for (int i = 1; i <= 5; ++i) Publish(std::to_string(i));
  storage_.first_change = 4;
  EXPECT_EQ(Refusal("/v1/changes?after=2"), "410 cursor_expired");
  EXPECT_EQ(Ask("GET", "/v1/changes?after=3").status, 200U);
}

TEST_F(ChangesTest, WaitsForAChange) {
  const auto pending = Wait("after=0&wait=30");
  timer_.RunFor(io_, 10s);
  ASSERT_FALSE(pending->response);
  Publish("1");
  ASSERT_TRUE(pending->response);
  EXPECT_THAT(Seqs(BodyOf(*pending)), ElementsAre(1U));
  EXPECT_EQ(pending->response->headers.Find("Weir-Seq"), "1");
}

TEST_F(ChangesTest, WaitsNoLongerThanAsked) {
  const auto pending = Wait("wait=30");
  timer_.RunFor(io_, 29s);
  ASSERT_FALSE(pending->response);
  timer_.RunFor(io_, 1s);
  ASSERT_TRUE(pending->response);
  EXPECT_EQ(pending->response->body, R"({"data":[],"next":0})");
}

TEST_F(ChangesTest, DoesNotWaitWhenThereIsSomething) {
  Publish("1");
  EXPECT_TRUE(Wait("wait=30")->response);
}

TEST_F(ChangesTest, WaitsOnPastChangesOfOtherTypes) {
  const auto pending = Wait("wait=30&types=order.accepted");
  Publish("1");
  ASSERT_FALSE(pending->response);
  Publish("1", "order.accepted");
  ASSERT_TRUE(pending->response);
  EXPECT_THAT(Seqs(BodyOf(*pending)), ElementsAre(2U));
}

TEST_F(ChangesTest, IsNotWokenByAnotherMerchant) {
  const auto pending = Wait("wait=30");
  Publish("1", "order.placed", "other");
  EXPECT_FALSE(pending->response);
  timer_.RunFor(io_, 30s);
  EXPECT_TRUE(pending->response);
}

TEST_F(ChangesTest, LetsItsReadersGoWhenTheGatewayIsAboutToStop) {
  const auto pending = Wait("wait=60");
  readiness_ = {.ready = false, .status = "draining"};
  timer_.RunFor(io_, 1s);
  ASSERT_TRUE(pending->response);
  EXPECT_EQ(pending->response->status, 200U);
}

}  // namespace
}  // namespace weir::gateway::testing
