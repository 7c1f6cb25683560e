// SPDX-License-Identifier: Apache-2.0
#include "sync/commands.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sync/order_hand.hpp"
#include "tests/sync/command_scene.hpp"

namespace weir::sync::testing {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Error Of(ErrorKind kind) { return {.kind = kind, .message = "m", .remote_code = "808"}; }

/// A platform with one order, which may lose the request, or the answer.
class Platform final : public connectors::OrderDesk, public connectors::OrderSource {
 public:
  explicit Platform(const Clock& clock) : clock_(clock) {}

  boost::asio::awaitable<Result<void>> Accept(std::string id) override {
    calls.push_back("accept " + id);
    if (refuses) co_return std::unexpected(*refuses);
    if (!loses_request) status = 4;
    if (loses_request || loses_answer) co_return std::unexpected(Of(ErrorKind::kTransport));
    co_return Result<void>{};
  }
  boost::asio::awaitable<Result<void>> Refuse(std::string id, std::string reason) override {
    calls.push_back("refuse " + id + " " + reason);
    status = 9;
    co_return Result<void>{};
  }
  boost::asio::awaitable<Result<connectors::PulledItem>> GetOrder(std::string id) override {
    calls.push_back("read " + id);
    if (silent) co_return std::unexpected(Of(ErrorKind::kTransport));
    co_return connectors::PulledItem{.dialect = "toy",
                                     .topic = "read",
                                     .payload = std::to_string(status),
                                     .asked_at = clock_.Now()};
  }

  std::vector<std::string> calls;
  std::optional<Error> refuses;
  bool loses_request = false;
  bool loses_answer = false;
  bool silent = false;
  int status = 2;  ///< 2 placed, 4 accepted, 9 cancelled.

 private:
  const Clock& clock_;
};

model::OrderFacts FactsOf(model::OrderStatus status, Instant at) {
  model::OrderFacts facts;
  facts.platform = "meituan";
  facts.platform_order_id = "7";
  model::OrderSnapshot snapshot;
  snapshot.key.updated_at = at;
  snapshot.platform_shop = "shop_001";
  facts.snapshot = std::move(snapshot);
  facts.statuses.push_back(
      {.status = status, .cause = model::CancelCause::kNone, .at = at, .sent_at = {}});
  return facts;
}

mapping::Mapped MapToy(const mapping::Payload& payload) {
  mapping::Mapped mapped;
  const auto status = payload.bytes == "2"   ? model::OrderStatus::kPlaced
                      : payload.bytes == "4" ? model::OrderStatus::kAccepted
                                             : model::OrderStatus::kCancelled;
  mapped.orders.push_back(FactsOf(status, payload.received_at));
  return mapped;
}

class CommandsTest : public CommandScene {
 protected:
  CommandsTest() {
    scene_.mappers.emplace("meituan", MapToy);
    readers_.emplace(
        "mt-main",
        OrderReader{
            .merchant = "demo", .platform = "meituan", .orders = platform_, .desk = platform_});
    scene_.Declare(ConnectionSetting{.id = "mt-main",
                                     .platform = "meituan",
                                     .stores = {{"shop_001", "sh-001"}},
                                     .accept_within = {}});
    scene_.Push("mt-main", FactsOf(model::OrderStatus::kPlaced, scene_.clock.Now()));
    scene_.FoldAll();
  }

  std::string Plan(const std::string& kind = "order.accept", const OrderArguments& arguments = {}) {
    return CommandScene::Plan("mt-main", {.kind = kind,
                                          .subject = "meituan-7",
                                          .platform_subject = "7",
                                          .deadline = scene_.clock.Now() + minutes(30),
                                          .arguments = EncodeOrderArguments(arguments)});
  }

  std::shared_ptr<Platform> platform_ = std::make_shared<Platform>(scene_.clock);
};

TEST_F(CommandsTest, AreSentOnceAndTold) {
  const std::string id = Plan();
  EXPECT_EQ(Status(id), "planned");
  EXPECT_TRUE(Step());
  EXPECT_EQ(Status(id), "applied");
  EXPECT_FALSE(StepAfter(minutes(10)));
  EXPECT_THAT(platform_->calls, ElementsAre("accept 7"));
  EXPECT_THAT(ChangeTypes(), ElementsAre("command.applied"));
}

TEST_F(CommandsTest, AreNotSentWhenTheOrderIsThereAlready) {
  scene_.Push("mt-main", FactsOf(model::OrderStatus::kAccepted, scene_.clock.Now()));
  const std::string id = Plan();
  EXPECT_TRUE(Step());
  EXPECT_EQ(Status(id), "already_applied");
  EXPECT_THAT(platform_->calls, IsEmpty());
}

TEST_F(CommandsTest, RejectAnOrderForAReason) {
  const std::string id = Plan("order.reject", {.reason = "sold_out"});
  EXPECT_TRUE(Step());
  EXPECT_EQ(Status(id), "applied");
  EXPECT_THAT(platform_->calls, ElementsAre("refuse 7 sold_out"));
}

TEST_F(CommandsTest, ThatThePlatformHasNoCallForAreRejectedAsUnsupported) {
  const std::string id = Plan("order.ready");
  EXPECT_TRUE(Step());
  EXPECT_EQ(Status(id), "rejected");
  EXPECT_EQ(Read(id).tries.back().error->remote_code, "unsupported");
}

TEST_F(CommandsTest, OfARefundThatIsNotThereAreRejected) {
  const std::string id = Plan("order.approve_refund", {.refund = "7001"});
  EXPECT_TRUE(Step());
  EXPECT_EQ(Read(id).tries.back().error->remote_code, "no_refund");
}

TEST_F(CommandsTest, OfAClosedOrderAreRejectedWithoutACall) {
  scene_.Push("mt-main", FactsOf(model::OrderStatus::kCancelled, scene_.clock.Now()));
  const std::string id = Plan();
  EXPECT_TRUE(Step());
  EXPECT_EQ(Status(id), "rejected");
  EXPECT_EQ(Read(id).tries.back().error->remote_code, "order_closed");
  EXPECT_THAT(platform_->calls, IsEmpty());
}

TEST_F(CommandsTest, WhoseAnswerIsLostAreAskedAboutBeforeAnotherTry) {
  platform_->loses_answer = true;
  const std::string id = Plan();
  EXPECT_TRUE(Step());
  EXPECT_EQ(Status(id), "unknown");
  EXPECT_TRUE(StepAfter(seconds(5)));
  EXPECT_EQ(Status(id), "applied");
  EXPECT_THAT(platform_->calls, ElementsAre("accept 7", "read 7"));
  EXPECT_THAT(ChangeTypes(), ElementsAre("command.unknown", "command.applied"));
}

TEST_F(CommandsTest, WhoseRequestIsLostAreSentAgainOnceThatIsKnown) {
  platform_->loses_request = true;
  const std::string id = Plan();
  EXPECT_TRUE(Step());
  platform_->loses_request = false;
  EXPECT_TRUE(StepAfter(seconds(5)));
  EXPECT_EQ(Status(id), "planned");
  EXPECT_TRUE(Step());
  EXPECT_EQ(Status(id), "applied");
  EXPECT_THAT(platform_->calls, ElementsAre("accept 7", "read 7", "accept 7"));
}

TEST_F(CommandsTest, ThatNobodyCanTellOfAreNeverSentAgain) {
  platform_->loses_answer = true;
  platform_->silent = true;
  const std::string id = Plan();
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(StepAfter(minutes(10)));
  EXPECT_EQ(Status(id), "unknown");
  EXPECT_THAT(ChangeTypes(), ElementsAre("command.unknown"));
  EXPECT_EQ(std::ranges::count(platform_->calls, "accept 7"), 1);
}

TEST_F(CommandsTest, WhoseProcessEndedInBetweenAreAskedAbout) {
  const std::string id = Plan();
  scene_.Append({.envelope = {.kind = storage::EntryKind::kAttempt,
                              .merchant = "demo",
                              .connection = "mt-main",
                              .platform = "meituan"},
                 .payload = EncodeAttempt({.command = id, .asks = false})});
  platform_->status = 4;
  scene_.FoldAll();
  Commands next_life(parts_);
  EXPECT_TRUE(Step(next_life));
  EXPECT_EQ(Status(id), "applied");
  EXPECT_THAT(platform_->calls, ElementsAre("read 7"));
}

TEST_F(CommandsTest, AreRejectedForGoodByThePlatform) {
  platform_->refuses = Of(ErrorKind::kRejected);
  const std::string id = Plan();
  EXPECT_TRUE(Step());
  EXPECT_EQ(Status(id), "rejected");
  EXPECT_EQ(Read(id).tries.back().error->remote_code, "808");
  EXPECT_THAT(ChangeTypes(), ElementsAre("command.rejected"));
}

TEST_F(CommandsTest, AreRepeatedWhenThePlatformSaysSo) {
  platform_->refuses = Of(ErrorKind::kRateLimited);
  platform_->refuses->retry_after = seconds(60);
  const std::string id = Plan();
  EXPECT_TRUE(Step());
  platform_->refuses.reset();
  EXPECT_FALSE(StepAfter(seconds(20)));
  EXPECT_TRUE(StepAfter(seconds(100)));
  EXPECT_EQ(Status(id), "applied");
}

TEST_F(CommandsTest, AreNotSentAfterTheirDeadline) {
  const std::string id = Plan();
  EXPECT_TRUE(StepAfter(minutes(31)));
  EXPECT_EQ(Status(id), "rejected");
  EXPECT_EQ(Read(id).tries.back().error->remote_code, "deadline_passed");
  EXPECT_THAT(platform_->calls, IsEmpty());
}

TEST_F(CommandsTest, OfAPausedConnectionWait) {
  const std::string id = Plan();
  scene_.Declare(PauseSetting{.connection = "mt-main", .paused = true});
  scene_.FoldAll();
  EXPECT_FALSE(Step());
  scene_.Declare(PauseSetting{.connection = "mt-main", .paused = false});
  scene_.FoldAll();
  EXPECT_TRUE(Step());
  EXPECT_EQ(Status(id), "applied");
}

TEST_F(CommandsTest, OfOneSubjectAreCarriedOutOneAfterTheOther) {
  const std::string first = Plan();
  const std::string second = Plan();
  EXPECT_TRUE(Step());
  EXPECT_TRUE(Step());
  EXPECT_EQ(Status(first), "applied");
  EXPECT_EQ(Status(second), "applied");
}

TEST(CommandRecord, ComesBackAsItWasWritten) {
  CommandRecord record{.id = "cmd-7",
                       .merchant = "demo",
                       .platform = "meituan",
                       .connection = "mt-main",
                       .request = {.kind = "order.accept",
                                   .subject = "meituan-7",
                                   .platform_subject = "7",
                                   .deadline = Instant(seconds(60))},
                       .idempotency_key = "k",
                       .status = CommandStatus::kUnknown,
                       .tries = {{.at = Instant(seconds(1)),
                                  .asks = true,
                                  .result = CommandStatus::kUnknown,
                                  .error = Of(ErrorKind::kTransport)},
                                 {.at = Instant(seconds(2))}},
                       .sent = 3,
                       .failures = 2,
                       .unknown_told = true,
                       .version = 9,
                       .created_at = Instant(seconds(1)),
                       .updated_at = Instant(seconds(2))};
  const std::string text = EncodeRecord(record);
  const auto read = DecodeCommandRecord(text);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(EncodeRecord(*read), text);
}

}  // namespace
}  // namespace weir::sync::testing
