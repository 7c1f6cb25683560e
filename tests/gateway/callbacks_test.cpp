// SPDX-License-Identifier: Apache-2.0
#include "gateway/callbacks.hpp"

#include "sync/requests.hpp"
#include "tests/gateway/settings_fixture.hpp"

namespace weir::gateway::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* kRetry = "/v1/callbacks/3.erp/retry";
constexpr const char* kTest = "/v1/subscriptions/erp/test";

class CallbacksTest : public SettingsTest {
 protected:
  CallbacksTest() {
    Declare(sync::SubscriptionSetting{.id = "erp",
                                      .url = "https://erp.example/weir",
                                      .types = {"*"},
                                      .stores = {},
                                      .platforms = {},
                                      .rate_per_second = {},
                                      .secrets = {}});
  }
  void Keep(std::uint64_t seq, storage::CallbackStatus status, std::string subject = "meituan-1",
            std::string merchant = "demo") {
    storage::CallbackBatch batch;
    batch.callbacks = {{.merchant = std::move(merchant),
                        .key = {.seq = seq, .subscription = "erp"},
                        .id = "chg-" + std::to_string(seq),
                        .type = "order.placed",
                        .subject = std::move(subject),
                        .status = status,
                        .tries = 1,
                        .due_at = clock_.Now(),
                        .attempts = {{.at = clock_.Now(),
                                      .duration = std::chrono::milliseconds(12),
                                      .status = 500,
                                      .outcome = "server_error",
                                      .answer = "13800000000"}}}};
    ASSERT_TRUE(Run(callbacks_.log.Write(std::move(batch))));
  }
  std::vector<std::string> Ids(const std::string& target) {
    std::vector<std::string> ids;
    const json page = Get(target);
    for (const json& row : page["data"]) ids.push_back(row["id"]);
    return ids;
  }
};

TEST_F(CallbacksTest, ListsWhatWentOut) {
  Keep(3, storage::CallbackStatus::kPending);
  const json row = Get("/v1/callbacks")["data"][0];
  EXPECT_EQ(row["id"], "3.erp");
  EXPECT_EQ(row["subscription"], "erp");
  EXPECT_EQ(row["webhook_id"], "chg-3");
  EXPECT_EQ(row["status"], "pending");
  EXPECT_FALSE(row["due_at"].is_null());
  EXPECT_EQ(row["attempts"][0]["outcome"], "server_error");
  EXPECT_EQ(row["attempts"][0]["status"], 500);
  EXPECT_EQ(row["attempts"][0]["duration_ms"], 12);
}

TEST_F(CallbacksTest, ShowsAnswersToThoseWhoMaySeePersonalData) {
  Keep(3, storage::CallbackStatus::kParked);
  EXPECT_EQ(Get("/v1/callbacks", "full")["data"][0]["attempts"][0]["answer"], "13800000000");
  EXPECT_FALSE(Get("/v1/callbacks", "read")["data"][0]["attempts"][0].contains("answer"));
}

TEST_F(CallbacksTest, FiltersAndPages) {
  Keep(1, storage::CallbackStatus::kDelivered);
  Keep(2, storage::CallbackStatus::kParked, "meituan-2");
  Keep(3, storage::CallbackStatus::kPending);
  Keep(9, storage::CallbackStatus::kPending, "meituan-1", "other");
  EXPECT_THAT(Ids("/v1/callbacks"), ElementsAre("3.erp", "2.erp", "1.erp"));
  EXPECT_THAT(Ids("/v1/callbacks?status=parked"), ElementsAre("2.erp"));
  EXPECT_THAT(Ids("/v1/callbacks?subject=meituan-1"), ElementsAre("3.erp", "1.erp"));
  EXPECT_THAT(Ids("/v1/callbacks?subscription=wms"), IsEmpty());
  const json page = Get("/v1/callbacks?limit=2");
  const std::string cursor = page["next_cursor"];
  EXPECT_THAT(Ids("/v1/callbacks?limit=2&cursor=" + cursor), ElementsAre("1.erp"));
}

TEST_F(CallbacksTest, RefusesWhatIsNoFilter) {
  EXPECT_EQ(Refusal("/v1/callbacks?status=lost"), "400 invalid_parameter");
  EXPECT_EQ(Refusal("/v1/callbacks?cursor=x"), "400 invalid_parameter");
  EXPECT_EQ(Refusal("/v1/callbacks?store=x"), "400 unknown_parameter");
}

TEST_F(CallbacksTest, RetriesOne) {
  EXPECT_EQ(Done("POST", kRetry, {}, {}, "full"), (json{{"id", "3.erp"}, {"status", "pending"}}));
  EXPECT_THAT(callbacks_.asked, ElementsAre("retry demo 3.erp"));
  EXPECT_EQ(Outcome(Ask("POST", "/v1/callbacks/x/retry")), "404 not_found");
  EXPECT_EQ(Outcome(Ask("POST", kRetry, "read")), "403 forbidden");
  callbacks_.error = Error{.kind = ErrorKind::kConflict, .message = "it is delivered"};
  EXPECT_EQ(Refused("POST", kRetry, {}, {}, "full"), "409 conflict");
}

TEST_F(CallbacksTest, TestsAnEndpoint) {
  EXPECT_EQ(Done("POST", kTest)["outcome"], "delivered");
  EXPECT_THAT(callbacks_.asked, ElementsAre("test demo erp"));
  EXPECT_EQ(Refused("POST", "/v1/subscriptions/x/test"), "404 not_found");
  callbacks_.error = Error{.kind = ErrorKind::kConflict, .message = "no secret"};
  EXPECT_EQ(Refused("POST", kTest), "409 conflict");
}

TEST_F(CallbacksTest, Replays) {
  const json answer =
      Done("POST", "/v1/subscriptions/erp/replay?from=2&to=9&types=order.*&subject=meituan-1");
  EXPECT_EQ(answer, (json{{"callbacks", 2}, {"through", 9}}));
  ASSERT_EQ(callbacks_.replays.size(), 1U);
  EXPECT_EQ(callbacks_.replays[0].from, 2U);
  EXPECT_EQ(callbacks_.replays[0].to, 9U);
  EXPECT_THAT(callbacks_.replays[0].types, ElementsAre("order.*"));
  EXPECT_EQ(callbacks_.replays[0].subject, "meituan-1");
}

TEST_F(CallbacksTest, RefusesWhatIsNoRange) {
  for (const char* query : {"from=0", "from=9&to=2", "types=order.eaten", "to=x"}) {
    EXPECT_EQ(Outcome(Ask("POST", std::string("/v1/subscriptions/erp/replay?") + query, "admin")),
              "400 invalid_parameter")
        << query;
  }
}

TEST_F(CallbacksTest, WhatIsAskedForIsDurableBeforeItIsDone) {
  const auto pending = Begin("POST", kTest);
  EXPECT_THAT(callbacks_.asked, IsEmpty());
  const auto entry = Run(storage_.Scan(storage_.journal_end(), 1, 1))->at(0);
  EXPECT_EQ(entry.envelope.kind, storage::EntryKind::kRequest);
  EXPECT_EQ(json::parse(entry.payload), json({{"kind", "test"}, {"subscription", "erp"}}));
  Fold();
  EXPECT_THAT(callbacks_.asked, SizeIs(1));
  EXPECT_TRUE(pending->response);
}

TEST_F(CallbacksTest, TheSameRequestIsDoneOnceAndAnsweredTheSame) {
  for (const char* target : {kTest, kRetry, "/v1/subscriptions/erp/replay?from=2"}) {
    callbacks_.asked.clear();
    const std::string key = std::string("k") + target;
    const auto first = Do("POST", target, {}, {{"Idempotency-Key", key}}, "all");
    const auto second = Do("POST", target, {}, {{"Idempotency-Key", key}}, "all");
    EXPECT_EQ(first.status, 200U) << target;
    EXPECT_EQ(second.status, 200U) << target;
    EXPECT_EQ(second.body, first.body) << target;
    EXPECT_THAT(callbacks_.asked, SizeIs(1)) << target;
  }
}

TEST_F(CallbacksTest, ARefusalIsAnsweredTheSameToo) {
  callbacks_.error = Error{.kind = ErrorKind::kConflict, .message = "it is delivered"};
  EXPECT_EQ(Refused("POST", kRetry, {}, {{"Idempotency-Key", "k"}}, "full"), "409 conflict");
  callbacks_.error.reset();
  EXPECT_EQ(Refused("POST", kRetry, {}, {{"Idempotency-Key", "k"}}, "full"), "409 conflict");
}

TEST_F(CallbacksTest, AKeyDoesNotStandForAnotherRequest) {
  Do("POST", kTest, {}, {{"Idempotency-Key", "k"}});
  EXPECT_EQ(Refused("POST", "/v1/subscriptions/erp/replay", {}, {{"Idempotency-Key", "k"}}),
            "422 idempotency_key_reused");
}

TEST_F(CallbacksTest, WhatIsBeingDoneIsNotDoneBeside) {
  const auto first = Begin("POST", kTest, {}, {{"Idempotency-Key", "k"}});
  EXPECT_EQ(Refused("POST", kTest, {}, {{"Idempotency-Key", "k"}}), "503 busy");
  Fold();
  Fold();
  EXPECT_EQ(first->response->status, 200U);
  EXPECT_THAT(callbacks_.asked, SizeIs(1));
}

TEST_F(CallbacksTest, OurOwnFailureIsNoAnswerForGood) {
  callbacks_.error = Error{.kind = ErrorKind::kInternal, .message = "the disk"};
  EXPECT_EQ(Refused("POST", kTest, {}, {{"Idempotency-Key", "k"}}), "500 internal");
  callbacks_.error.reset();
  EXPECT_EQ(Do("POST", kTest, {}, {{"Idempotency-Key", "k"}}).status, 200U);
}

TEST_F(CallbacksTest, AnOutcomeIsForgottenWithItsKey) {
  Do("POST", kTest, {}, {{"Idempotency-Key", "k"}});
  clock_.Advance(std::chrono::hours(25));
  Append({.kind = storage::EntryKind::kTick}, "");
  Fold();
  for (const char* kind : {sync::kIdempotencyKeyWork, sync::kRequestOutcomeWork}) {
    EXPECT_THAT(*Run(storage_.DueWork(kind, Instant::max(), 9)), IsEmpty()) << kind;
  }
}

}  // namespace
}  // namespace weir::gateway::testing
