// SPDX-License-Identifier: Apache-2.0
#include "webhooks/callbacks/dispatcher.hpp"

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
using ::testing::SizeIs;
using testing::Status;

class DispatcherTest : public CallbackTest {
 protected:
  void StartErp(CallbackOptions options = {}) {
    std::vector<sync::SubscriptionSetting> all;
    all.push_back(Erp());
    Start(std::move(all), std::move(options));
  }
  static storage::CallbackKey Key(std::uint64_t seq) { return {.seq = seq, .subscription = "erp"}; }
  void Park(const std::string& subject) {
    endpoint_.answer = [](const Endpoint::Message&) { return Status(500); };
    CallbackOptions options;
    options.retries = {seconds(1)};
    StartErp(std::move(options));
    Publish(subject);
    Run(seconds(5));
    ASSERT_EQ(Row(1)->status, CallbackStatus::kParked);
    endpoint_.answer = nullptr;
    endpoint_.got.clear();
  }
};

TEST_F(DispatcherTest, ADeadEndpointCostsTheOthersNothing) {
  sync::SubscriptionSetting dead = Erp();
  dead.id = "dead";
  dead.url = "https://dead.example/";
  endpoint_.answer = [](const Endpoint::Message& message) -> Result<net::Response> {
    if (message.request.target.starts_with("https://dead")) {
      return Fail(ErrorKind::kTransport, "Cannot connect.");
    }
    return Status(204);
  };
  std::vector<sync::SubscriptionSetting> all;
  all.push_back(std::move(dead));
  all.push_back(Erp());
  Start(std::move(all));
  for (int i = 0; i < 100; ++i) Publish("o-" + std::to_string(i));
  Run(milliseconds(0));
  EXPECT_EQ(dispatcher_->subscribers()->at(1)->figures().delivered, 100U);
  EXPECT_TRUE(dispatcher_->subscribers()->at(0)->figures().failed > 0);
}

TEST_F(DispatcherTest, OneDeadAmongAThousandDelaysNobody) {
  constexpr int kSubscriptions = 1000;
  endpoint_.answer = [](const Endpoint::Message& message) -> Result<net::Response> {
    if (message.request.target == "https://erp.example/7") {
      return Fail(ErrorKind::kTransport, "Cannot connect.");
    }
    return Status(204);
  };
  std::vector<sync::SubscriptionSetting> all;
  for (int i = 0; i < kSubscriptions; ++i) {
    sync::SubscriptionSetting& subscription = all.emplace_back(Erp());
    subscription.id = "s-" + std::to_string(i);
    subscription.url = "https://erp.example/" + std::to_string(i);
  }
  Start(std::move(all));
  for (int i = 0; i < 6; ++i) Publish("o-" + std::to_string(i));
  Run(milliseconds(0));
  std::size_t done = 0;
  const auto subscribers = dispatcher_->subscribers();
  for (const auto& subscriber : *subscribers) {
    done += static_cast<std::size_t>(subscriber->figures().delivered == 6);
  }
  EXPECT_EQ(done, kSubscriptions - 1U);
}

TEST_F(DispatcherTest, AFirstCursorIsDurableBeforeAnythingElseHappens) {
  Publish("o-1");
  std::vector<sync::SubscriptionSetting> all;
  all.push_back(Erp());
  Start(std::move(all));
  Kill();
  EXPECT_EQ(WrittenCursor(), 1U);
  Publish("o-2");
  StartErp();
  EXPECT_THAT(endpoint_.Seqs(), ElementsAre(2));
}

TEST_F(DispatcherTest, StopWaitsForWhatIsUnderWayAndWritesIt) {
  endpoint_.thinking = milliseconds(50);
  StartErp();
  Publish("o-1");
  Run(milliseconds(0));
  boost::asio::co_spawn(io_, dispatcher_->Stop(seconds(5)), [](const std::exception_ptr&) {});
  Run(milliseconds(70));
  EXPECT_EQ(WrittenCursor(), 1U);
}

TEST_F(DispatcherTest, NothingIsBegunAfterStop) {
  StartErp();
  boost::asio::co_spawn(io_, dispatcher_->Stop(seconds(0)), [](const std::exception_ptr&) {});
  Run(seconds(1));
  Publish("o-1");
  Run(seconds(5));
  EXPECT_THAT(endpoint_.got, IsEmpty());
}

TEST_F(DispatcherTest, AParkedOneIsSentAgainWhenAsked) {
  Park("o-1");
  ASSERT_TRUE(Ask(dispatcher_->Retry("demo", Key(1))));
  Run(seconds(1));
  EXPECT_THAT(endpoint_.Seqs(), ElementsAre(1));
  EXPECT_EQ(Row(1)->status, CallbackStatus::kDelivered);
}

TEST_F(DispatcherTest, ARetryNeedNotWaitForItsPause) {
  endpoint_.answer = [](const Endpoint::Message&) { return Status(500); };
  CallbackOptions options;
  options.retries = {minutes(60)};
  StartErp(std::move(options));
  Publish("o-1");
  Run(seconds(1));
  endpoint_.answer = nullptr;
  ASSERT_TRUE(Ask(dispatcher_->Retry("demo", Key(1))));
  Run(seconds(1));
  EXPECT_EQ(Row(1)->status, CallbackStatus::kDelivered);
}

TEST_F(DispatcherTest, ADeliveredOneIsNotRetried) {
  StartErp();
  Publish("o-1");
  Run(seconds(1));
  EXPECT_EQ(Ask(dispatcher_->Retry("demo", Key(1))).error().kind, ErrorKind::kConflict);
  EXPECT_EQ(Ask(dispatcher_->Retry("demo", Key(9))).error().kind, ErrorKind::kNotFound);
}

TEST_F(DispatcherTest, ReplaysARangeWithTheSameIdsInOrder) {
  StartErp();
  for (int i = 0; i < 5; ++i) Publish("o-1");
  Run(seconds(1));
  const auto ids = endpoint_.Ids();
  endpoint_.got.clear();
  const auto replayed = Ask(dispatcher_->Replay("demo", "erp", {.from = 2, .to = 4}));
  ASSERT_TRUE(replayed);
  EXPECT_EQ(replayed->callbacks, 3U);
  EXPECT_EQ(replayed->through, 4U);
  Run(seconds(1));
  EXPECT_THAT(endpoint_.Seqs(), ElementsAre(2, 3, 4));
  EXPECT_THAT(endpoint_.Ids(), ElementsAre(ids[1], ids[2], ids[3]));
}

TEST_F(DispatcherTest, ReplaysByTypeAndSubject) {
  StartErp();
  Publish("o-1", "order.placed");
  Publish("o-2", "order.placed");
  Publish("o-2", "order.cancelled");
  Run(seconds(1));
  endpoint_.got.clear();
  ASSERT_TRUE(
      Ask(dispatcher_->Replay("demo", "erp", {.types = {"order.placed"}, .subject = "o-2"})));
  Run(seconds(1));
  EXPECT_THAT(endpoint_.Seqs(), ElementsAre(2));
}

TEST_F(DispatcherTest, AReplaySurvivesAKill) {
  StartErp();
  Publish("o-1");
  Run(seconds(1));
  endpoint_.answer = [](const Endpoint::Message&) { return Status(500); };
  ASSERT_TRUE(Ask(dispatcher_->Replay("demo", "erp", {})));
  Kill();
  endpoint_.got.clear();
  endpoint_.answer = nullptr;
  StartErp();
  Run(seconds(10));
  EXPECT_THAT(endpoint_.Seqs(), ElementsAre(1));
}

TEST_F(DispatcherTest, ATestIsSentWhateverWaitsAndKeptNowhere) {
  StartErp();
  const auto attempt = Ask(dispatcher_->Test("demo", "erp"));
  ASSERT_TRUE(attempt);
  EXPECT_EQ(attempt->outcome, "delivered");
  ASSERT_THAT(endpoint_.got, SizeIs(1));
  EXPECT_EQ(endpoint_.got[0].type, "test");
  Run(seconds(1));
  EXPECT_EQ(WrittenCursor(), 0U);
}

TEST_F(DispatcherTest, AnEndpointThatTakesATestIsEnabledAgain) {
  endpoint_.answer = [](const Endpoint::Message&) { return Status(410); };
  StartErp();
  Publish("o-1");
  Run(seconds(1));
  endpoint_.answer = nullptr;
  endpoint_.got.clear();
  ASSERT_TRUE(Ask(dispatcher_->Test("demo", "erp")));
  Run(seconds(1));
  EXPECT_THAT(endpoint_.Seqs(), ElementsAre(0, 1));
}

TEST_F(DispatcherTest, AMerchantsSubscriptionIsNobodyElses) {
  StartErp();
  EXPECT_FALSE(Ask(dispatcher_->Test("other", "erp")));
  EXPECT_FALSE(Ask(dispatcher_->Replay("other", "erp", {})));
  EXPECT_FALSE(Ask(dispatcher_->Retry("other", Key(1))));
}

}  // namespace
}  // namespace weir::webhooks
