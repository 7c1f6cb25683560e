// SPDX-License-Identifier: Apache-2.0
#include "sync/mappers.hpp"
#include "tests/gateway/api_fixture.hpp"

namespace weir::gateway::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

class RedriveTest : public ApiTest {
 protected:
  std::shared_ptr<Pending> Redrive(const std::string& position) {
    net::Request request{.method = "POST", .target = "/v1/journal/" + position + "/redrive"};
    request.headers.Add("Authorization", "Bearer full");
    return Start(std::move(request));
  }

  /// What the entry at `position`, a redrive, carries.
  sync::Redriven Carried(const std::string& position) {
    const json entry = Get("/v1/journal/" + position);
    EXPECT_EQ(entry["kind"], "redrive");
    sync::Redriven carried;
    carried.position = *storage::Position::Parse(entry["redrives"].get<std::string>());
    carried.payload = entry["payload"];
    return carried;
  }

  json Done(const Pending& pending) {
    timer_.RunFor(io_, 10ms);
    EXPECT_TRUE(pending.response);
    if (!pending.response) return {};
    EXPECT_EQ(pending.response->status, 200U) << pending.response->body;
    json body = json::parse(pending.response->body);
    EXPECT_THAT(document_.Check(body, document_.At("/components/schemas/RedriveResult")),
                ::testing::IsEmpty());
    return body;
  }
};

TEST_F(RedriveTest, AnswersOnceTheEntryIsFoldedAgain) {
  AppendPush("order_id=1");
  Apply({});
  const auto pending = Redrive("0-1");
  timer_.RunFor(io_, 1s);
  EXPECT_FALSE(pending->response);
  Apply({});
  const json result = Done(*pending);
  EXPECT_EQ(result, json({{"position", "0-2"}, {"redrives", "0-1"}, {"state", "folded"}}));
}

TEST_F(RedriveTest, CarriesTheEntryWhole) {
  AppendPush("order_id=1");
  const auto pending = Redrive("0-1");
  const sync::Redriven carried = Carried("0-2");
  EXPECT_EQ(carried.position, (storage::Position{0, 1}));
  EXPECT_EQ(carried.payload, "order_id=1");
  Apply({});
  Done(*pending);
}

TEST_F(RedriveTest, CarriesTheFirstEntryOfARedrive) {
  AppendPush("order_id=1");
  const auto first = Redrive("0-1");
  Apply({});
  Done(*first);
  const auto second = Redrive("0-2");
  Apply({});
  EXPECT_EQ(Done(*second)["redrives"], "0-2");
  EXPECT_EQ(Carried("0-3").payload, "order_id=1");
}

TEST_F(RedriveTest, TellsWhenTheEntryIsStillNotUnderstood) {
  AppendPush();
  const auto pending = Redrive("0-1");
  Quarantine({0, 2});
  const json result = Done(*pending);
  EXPECT_EQ(result["state"], "quarantined");
  EXPECT_EQ(result["reason"], "unknown_topic");
}

TEST_F(RedriveTest, SaysSoWhenTheFoldIsTooFarBehind) {
  AppendPush();
  const auto pending = Redrive("0-1");
  timer_.RunFor(io_, 5s);
  ASSERT_TRUE(pending->response);
  EXPECT_EQ(Outcome(*pending->response), "503 busy");
  EXPECT_THAT(pending->response->body, HasSubstr("stored as 0-2"));
}

TEST_F(RedriveTest, DrivesOnlyWhatAPlatformSaid) {
  Append({.kind = storage::EntryKind::kSetting, .merchant = "demo"}, "{}");
  EXPECT_EQ(Outcome(Ask("POST", "/v1/journal/0-1/redrive")), "409 conflict");
  EXPECT_EQ(storage_.journal_end().offset, 1U);
}

TEST_F(RedriveTest, FindsNothingOfAnotherMerchant) {
  AppendPush("p", "other");
  EXPECT_EQ(Outcome(Ask("POST", "/v1/journal/0-1/redrive")), "404 not_found");
}

}  // namespace
}  // namespace weir::gateway::testing
