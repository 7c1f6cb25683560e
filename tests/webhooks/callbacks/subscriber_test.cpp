// SPDX-License-Identifier: Apache-2.0
#include "webhooks/callbacks/subscriber.hpp"

#include <gmock/gmock.h>

#include "tests/webhooks/callbacks/world.hpp"

namespace weir::webhooks {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using storage::CallbackStatus;
using testing::CallbackTest;
using ::testing::ElementsAre;
using testing::Endpoint;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::SizeIs;
using testing::Status;

class SubscriberTest : public CallbackTest {
 protected:
  void Start(sync::SubscriptionSetting subscription = Erp(), CallbackOptions options = {}) {
    std::vector<sync::SubscriptionSetting> all;
    all.push_back(std::move(subscription));
    CallbackTest::Start(std::move(all), std::move(options));
  }
  const SubscriptionFigures& figures() { return dispatcher_->subscribers()->front()->figures(); }
  static CallbackOptions Retries(std::vector<seconds> retries) {
    CallbackOptions options;
    options.retries = std::move(retries);
    return options;
  }
  /// Every attempt for `subject` is answered with that status.
  void Refuse(const std::string& subject, unsigned status = 500) {
    endpoint_.answer = [subject, status](const Endpoint::Message& message) {
      return Status(message.subject == subject ? status : 204);
    };
  }
  void RefuseAll(unsigned status) {
    endpoint_.answer = [status](const Endpoint::Message&) { return Status(status); };
  }
};

TEST_F(SubscriberTest, DeliversWhatIsPublishedAtOnce) {
  Start();
  Publish("o-1");
  Run(milliseconds(0));
  ASSERT_THAT(endpoint_.got, SizeIs(1));
  EXPECT_EQ(endpoint_.got[0].subject, "o-1");
  EXPECT_EQ(endpoint_.got[0].id, endpoint_.got[0].request.headers.Find("webhook-id"));
}

TEST_F(SubscriberTest, DeliversWhatWasPublishedWhileItWasAway) {
  Start();
  Run(seconds(1));
  Kill();
  Publish("o-1");
  Start();
  EXPECT_THAT(endpoint_.Seqs(), ElementsAre(1));
}

TEST_F(SubscriberTest, ANewSubscriptionBeginsWithWhatComes) {
  Publish("o-1");
  Start();
  Publish("o-2");
  Run(seconds(1));
  EXPECT_THAT(endpoint_.Seqs(), ElementsAre(2));
}

TEST_F(SubscriberTest, FiltersByType) {
  sync::SubscriptionSetting erp = Erp();
  erp.types = {"store.*", "order.cancelled"};
  Start(std::move(erp));
  Publish("o-1", "order.placed");
  Publish("o-1", "order.cancelled");
  Publish("sh-1", "store.status_changed");
  Run(seconds(1));
  EXPECT_THAT(endpoint_.Seqs(), ElementsAre(2, 3));
  EXPECT_EQ(WrittenCursor(), 3U);
}

TEST_F(SubscriberTest, FiltersByStoreAndPlatform) {
  sync::SubscriptionSetting erp = Erp();
  erp.stores = {"sh-1"};
  erp.platforms = {"meituan"};
  Start(std::move(erp));
  Publish("o-1", "order.placed", "sh-1", "meituan");
  Publish("o-2", "order.placed", "sh-2", "meituan");
  Publish("o-3", "order.placed", "sh-1", "eleme");
  Run(seconds(1));
  EXPECT_THAT(endpoint_.Seqs(), ElementsAre(1));
  EXPECT_EQ(WrittenCursor(), 3U);
}

TEST_F(SubscriberTest, OneSubjectIsNeverUnderWayTwice) {
  endpoint_.thinking = milliseconds(50);
  Start();
  for (int i = 0; i < 5; ++i) Publish("o-1");
  Run(seconds(1));
  EXPECT_THAT(endpoint_.Seqs(), ElementsAre(1, 2, 3, 4, 5));
  EXPECT_EQ(endpoint_.most_at_once, 1U);
}

TEST_F(SubscriberTest, SubjectsAreUnderWaySideBySideWithinABound) {
  endpoint_.thinking = milliseconds(50);
  Start();
  for (int i = 0; i < 100; ++i) Publish("o-" + std::to_string(i));
  Run(seconds(1));
  EXPECT_THAT(endpoint_.got, SizeIs(100));
  EXPECT_EQ(endpoint_.most_at_once, Throttle::kMostAtOnce);
}

TEST_F(SubscriberTest, RetriesInTheGivenPausesThenParks) {
  RefuseAll(500);
  Start(Erp(), Retries({seconds(5), minutes(5), minutes(30)}));
  Publish("o-1");
  Run(std::chrono::hours(3));
  ASSERT_THAT(endpoint_.got, SizeIs(4));
  const std::vector<seconds> pauses = {seconds(5), minutes(5), minutes(30)};
  for (std::size_t i = 0; i < pauses.size(); ++i) {
    const auto took = endpoint_.got[i + 1].at - endpoint_.got[i].at;
    EXPECT_GE(took, pauses[i] * 4 / 5) << i;
    EXPECT_LE(took, pauses[i] * 6 / 5 + milliseconds(200)) << i;
  }
  const auto row = Row(1);
  ASSERT_TRUE(row);
  EXPECT_EQ(row->status, CallbackStatus::kParked);
  EXPECT_THAT(row->attempts, SizeIs(4));
  EXPECT_EQ(row->attempts[0].outcome, "server_error");
  EXPECT_EQ(figures().parked, 1U);
}

TEST_F(SubscriberTest, EveryAttemptHasTheSameIdAndASignatureOfItsTime) {
  RefuseAll(500);
  Start();
  Publish("o-1");
  Run(seconds(10));
  ASSERT_THAT(endpoint_.got, SizeIs(2));
  EXPECT_EQ(endpoint_.got[0].id, endpoint_.got[1].id);
  EXPECT_EQ(endpoint_.got[0].request.body, endpoint_.got[1].request.body);
  EXPECT_NE(endpoint_.got[0].request.headers.Find("webhook-signature"),
            endpoint_.got[1].request.headers.Find("webhook-signature"));
}

TEST_F(SubscriberTest, OneThatFailsHoldsBackItsSubjectOnly) {
  Refuse("o-1");
  Start();
  Publish("o-1");
  Publish("o-1");
  Publish("o-2");
  Run(seconds(1));
  EXPECT_THAT(endpoint_.Seqs("o-1"), ElementsAre(1));
  EXPECT_THAT(endpoint_.Seqs("o-2"), ElementsAre(3));
  endpoint_.answer = nullptr;
  Run(seconds(10));
  EXPECT_THAT(endpoint_.Seqs("o-1"), ElementsAre(1, 1, 2));
}

TEST_F(SubscriberTest, TheCursorPassesWhatIsKept) {
  Refuse("o-1");
  Start();
  Publish("o-1");
  Publish("o-1");
  Publish("o-2");
  Run(seconds(1));
  EXPECT_EQ(WrittenCursor(), 3U);
  EXPECT_EQ(Row(1)->status, CallbackStatus::kPending);
  EXPECT_EQ(Row(2)->status, CallbackStatus::kPending);
  EXPECT_EQ(Row(3)->status, CallbackStatus::kDelivered);
  EXPECT_EQ(figures().pending, 2U);
}

TEST_F(SubscriberTest, WhatFollowsAParkedOneGoesOn) {
  Refuse("o-1");
  Start(Erp(), Retries({seconds(1)}));
  Publish("o-1");
  Publish("o-1");
  Run(seconds(2));
  endpoint_.answer = nullptr;
  Run(seconds(2));
  EXPECT_EQ(Row(1)->status, CallbackStatus::kParked);
  EXPECT_EQ(Row(2)->status, CallbackStatus::kDelivered);
}

TEST_F(SubscriberTest, ARedirectIsAFailure) {
  RefuseAll(307);
  Start();
  Publish("o-1");
  Run(seconds(1));
  EXPECT_THAT(endpoint_.got, SizeIs(1));
  EXPECT_EQ(Row(1)->attempts.at(0).outcome, "redirect");
}

TEST_F(SubscriberTest, AnEndpointThatStallsTimesOut) {
  endpoint_.thinking = minutes(10);
  Start();
  Publish("o-1");
  Run(seconds(16));
  EXPECT_EQ(Row(1)->attempts.at(0).outcome, "timeout");
  EXPECT_EQ(Row(1)->attempts.at(0).duration, seconds(15));
}

TEST_F(SubscriberTest, RetryAfterHoldsTheWholeEndpointAndCostsNoTry) {
  bool asked = false;
  endpoint_.answer = [&asked](const Endpoint::Message&) {
    return std::exchange(asked, true) ? Status(204) : Status(429, "120");
  };
  Start(Erp(), Retries({seconds(1)}));
  Publish("o-1");
  Run(seconds(1));
  Publish("o-2");
  Run(seconds(118));
  EXPECT_THAT(endpoint_.Seqs(), ElementsAre(1));
  EXPECT_EQ(Row(1)->tries, 0U);
  Run(seconds(3));
  EXPECT_THAT(endpoint_.Seqs(), IsSupersetOf({1U, 2U}));
}

TEST_F(SubscriberTest, GoneDisablesForAllLivesToCome) {
  RefuseAll(410);
  Start();
  Publish("o-1");
  Publish("o-2");
  Run(seconds(1));
  EXPECT_TRUE(figures().disabled);
  const auto got = endpoint_.got.size();
  endpoint_.answer = nullptr;
  Run(minutes(10));
  Kill();
  Start();
  Publish("o-3");
  Run(minutes(10));
  EXPECT_THAT(endpoint_.got, SizeIs(got));
  EXPECT_TRUE(figures().disabled);
}

TEST_F(SubscriberTest, AnotherUrlEnablesAgainAndNothingIsLost) {
  RefuseAll(410);
  Start();
  Publish("o-1");
  Publish("o-1");
  Run(seconds(1));
  Kill();
  endpoint_.got.clear();
  endpoint_.answer = nullptr;
  sync::SubscriptionSetting erp = Erp();
  erp.url = "https://erp.example/new";
  Start(std::move(erp));
  Run(seconds(1));
  EXPECT_THAT(endpoint_.Seqs(), ElementsAre(1, 2));
  EXPECT_FALSE(figures().disabled);
}

TEST_F(SubscriberTest, ADeadEndpointIsProbedByOneAndNothingIsGivenUp) {
  RefuseAll(503);
  Start(Erp(), Retries({seconds(1), seconds(1)}));
  for (int i = 0; i < 40; ++i) Publish("o-" + std::to_string(i));
  Run(seconds(1));
  const auto first = endpoint_.got.size();
  Run(std::chrono::hours(6));
  EXPECT_TRUE(figures().holding);
  EXPECT_LE(endpoint_.got.size() - first, 6U * 60 * 5 / 4 + 10);
  EXPECT_EQ(figures().parked, 0U);
  endpoint_.answer = nullptr;
  endpoint_.got.clear();
  Run(minutes(2));
  EXPECT_THAT(endpoint_.got, SizeIs(40));
  EXPECT_FALSE(figures().holding);
  EXPECT_EQ(figures().pending, 0U);
}

TEST_F(SubscriberTest, AHeldSubscriptionStopsReading) {
  RefuseAll(503);
  Start();
  for (int i = 0; i < 40; ++i) Publish("o-" + std::to_string(i));
  Run(seconds(2));
  const std::uint64_t pending = figures().pending;
  for (int i = 0; i < 1000; ++i) Publish("p-" + std::to_string(i));
  Run(minutes(5));
  EXPECT_EQ(figures().pending, pending);
  endpoint_.answer = nullptr;
  endpoint_.got.clear();
  Run(minutes(6));
  EXPECT_THAT(endpoint_.got, SizeIs(1040));
}

TEST_F(SubscriberTest, CatchesUpWithinTheDeclaredRate) {
  sync::SubscriptionSetting erp = Erp();
  erp.rate_per_second = 20;
  Start(std::move(erp));
  for (int i = 0; i < 200; ++i) Publish("o-" + std::to_string(i));
  Run(seconds(5));
  EXPECT_GE(endpoint_.got.size(), 95U);
  EXPECT_LE(endpoint_.got.size(), 105U);
  Run(seconds(6));
  EXPECT_THAT(endpoint_.got, SizeIs(200));
}

TEST_F(SubscriberTest, AKilledProcessRepeatsWithTheSameIdsAndForgetsNothing) {
  Start();
  for (int i = 0; i < 10; ++i) Publish("o-1");
  Run(milliseconds(0));
  const auto before = endpoint_.Ids();
  ASSERT_THAT(before, SizeIs(10));
  Kill();
  endpoint_.got.clear();
  Start();
  Run(seconds(1));
  EXPECT_EQ(endpoint_.Ids(), before);
}

TEST_F(SubscriberTest, RetriesSurviveAKill) {
  Refuse("o-1");
  Start();
  Publish("o-1");
  Publish("o-1");
  Publish("o-2");
  Run(seconds(1));
  Kill();
  endpoint_.got.clear();
  endpoint_.answer = nullptr;
  Start();
  Run(milliseconds(100));
  EXPECT_THAT(endpoint_.got, IsEmpty());
  Run(seconds(10));
  EXPECT_THAT(endpoint_.Seqs(), ElementsAre(1, 2));
}

TEST_F(SubscriberTest, WhatCannotBeWrittenIsWrittenLater) {
  Start();
  life_log_->is_dead = true;
  Publish("o-1");
  Run(seconds(1));
  EXPECT_EQ(WrittenCursor(), 0U);
  life_log_->is_dead = false;
  Run(seconds(1));
  EXPECT_EQ(WrittenCursor(), 1U);
  EXPECT_EQ(Row(1)->status, CallbackStatus::kDelivered);
}

TEST_F(SubscriberTest, ALogThatCannotBeWrittenHoldsDeliveryInTheEnd) {
  Start();
  life_log_->is_dead = true;
  for (int i = 0; i < 10'000; ++i) Publish("o-" + std::to_string(i));
  Run(seconds(10));
  EXPECT_LT(endpoint_.got.size(), 9000U);
  life_log_->is_dead = false;
  Run(seconds(10));
  EXPECT_THAT(endpoint_.got, SizeIs(10'000));
}

TEST_F(SubscriberTest, EveryOrderKeepsItsSequenceWhateverFails) {
  SeededRandom chance(7);
  endpoint_.answer = [&chance](const Endpoint::Message&) -> Result<net::Response> {
    switch (chance.Below(6)) {
      case 0:
        return Status(500);
      case 1:
        return Fail(ErrorKind::kTransport, "The answer ended in its middle.");
      case 2:
        return Status(429, "1");
      default:
        return Status(204);
    }
  };
  Start(Erp(), Retries(std::vector<seconds>(20, seconds(1))));
  for (int i = 0; i < 500; ++i) {
    Publish("o-" + std::to_string(chance.Below(9)));
    Run(milliseconds(chance.Below(400)));
    if (chance.Below(60) == 0) {
      Kill();
      Start(Erp(), Retries(std::vector<seconds>(20, seconds(1))));
    }
  }
  Run(minutes(10));
  std::set<std::uint64_t> seen;
  std::map<std::string, std::uint64_t> last;
  for (const auto& message : endpoint_.got) {
    // A repeat comes after a kill; what is new comes in order.
    if (!seen.insert(message.seq).second) continue;
    EXPECT_GT(message.seq, last[message.subject]);
    last[message.subject] = message.seq;
  }
  EXPECT_THAT(seen, SizeIs(500));
}

}  // namespace
}  // namespace weir::webhooks
