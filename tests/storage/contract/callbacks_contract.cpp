// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/storage/contract/storage_world.hpp"

namespace weir::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class CallbacksContract : public testing::Test {
 protected:
  static CallbackRow Row(std::uint64_t seq, CallbackStatus status = CallbackStatus::kPending,
                         std::string subscription = "erp", std::string subject = "o-1") {
    return {.merchant = "demo",
            .key = {.seq = seq, .subscription = std::move(subscription)},
            .id = "chg-" + std::to_string(seq),
            .type = "order.placed",
            .subject = std::move(subject),
            .status = status,
            .tries = 2,
            .due_at = At(100),
            .attempts = {}};
  }
  static CallbackAttempt Attempt(unsigned status, std::string answer = "") {
    return {.at = At(50),
            .duration = std::chrono::milliseconds(7),
            .status = status,
            .outcome = "server_error",
            .answer = std::move(answer)};
  }
  void Write(std::vector<CallbackRow> rows) {
    ASSERT_TRUE(
        world->Run(log.Write({.subscriptions = {}, .callbacks = std::move(rows), .gone = {}})));
  }
  std::vector<std::string> Listed(CallbackQuery query) {
    query.merchant = "demo";
    std::vector<std::string> keys;
    for (const auto& row : world->Run(log.List(std::move(query))).value().callbacks) {
      keys.push_back(row.key.ToText());
    }
    return keys;
  }
  CallbackRow Get(std::uint64_t seq) {
    return world->Run(log.Get("demo", {.seq = seq, .subscription = "erp"})).value().value();
  }

  std::unique_ptr<StorageWorld> world = MakeStorageWorld(nullptr);
  CallbackLog& log = world->callbacks();
};

TEST_F(CallbacksContract, KnowsNoSubscriptionAtFirst) {
  EXPECT_THAT(world->Run(log.Subscriptions()).value(), IsEmpty());
}

TEST_F(CallbacksContract, ASubscriptionComesBackAsLastWritten) {
  const SubscriptionRow row{.merchant = "demo", .id = "erp", .cursor = 7};
  ASSERT_TRUE(
      world->Run(log.Write({.subscriptions = {{.merchant = "demo", .id = "erp", .cursor = 1}, row},
                            .callbacks = {},
                            .gone = {}})));
  EXPECT_THAT(world->Run(log.Subscriptions()).value(), ElementsAre(row));
}

TEST_F(CallbacksContract, OfADeletedSubscriptionWhatWasDeliveredStays) {
  Write({Row(1, CallbackStatus::kDelivered), Row(2), Row(3, CallbackStatus::kParked),
         Row(4, CallbackStatus::kPending, "wms")});
  ASSERT_TRUE(
      world->Run(log.Write({.subscriptions = {{.merchant = "demo", .id = "erp", .cursor = 9}},
                            .callbacks = {Row(5)},
                            .gone = {{.merchant = "demo", .id = "erp"}}})));
  EXPECT_THAT(world->Run(log.Subscriptions()).value(), IsEmpty());
  EXPECT_THAT(Listed({}), ElementsAre("4.wms", "1.erp"));
}

TEST_F(CallbacksContract, ACallbackComesBackAsWritten) {
  CallbackRow row = Row(3);
  row.attempts = {Attempt(500, std::string("a\0b", 3)), Attempt(0)};
  Write({row});
  const CallbackRow found = Get(3);
  EXPECT_EQ(found.merchant, "demo");
  EXPECT_EQ(found.id, "chg-3");
  EXPECT_EQ(found.type, "order.placed");
  EXPECT_EQ(found.subject, "o-1");
  EXPECT_EQ(found.status, CallbackStatus::kPending);
  EXPECT_EQ(found.tries, 2U);
  EXPECT_EQ(found.due_at, At(100));
  EXPECT_EQ(found.attempts, row.attempts);
}

TEST_F(CallbacksContract, AnAttemptIsAddedToThoseBefore) {
  CallbackRow row = Row(3);
  row.attempts = {Attempt(500)};
  Write({row});
  row.attempts = {Attempt(200)};
  row.status = CallbackStatus::kDelivered;
  Write({row});
  EXPECT_THAT(Get(3).attempts, ElementsAre(Attempt(500), Attempt(200)));
  EXPECT_EQ(Get(3).status, CallbackStatus::kDelivered);
}

TEST_F(CallbacksContract, KeepsTheLastAttemptsOnly) {
  CallbackRow row = Row(3);
  for (unsigned i = 0; i < kAttemptsKept + 5; ++i) {
    row.attempts = {Attempt(500 + i)};
    Write({row});
  }
  EXPECT_EQ(Get(3).attempts.size(), kAttemptsKept);
  EXPECT_EQ(Get(3).attempts.front().status, 505U);
}

TEST_F(CallbacksContract, WhatIsPendingComesInOrder) {
  Write({Row(5), Row(2), Row(3, CallbackStatus::kDelivered), Row(4, CallbackStatus::kParked),
         Row(1, CallbackStatus::kPending, "other")});
  std::vector<std::uint64_t> seqs;
  for (const auto& row : world->Run(log.Pending("demo", "erp")).value()) {
    seqs.push_back(row.key.seq);
  }
  EXPECT_THAT(seqs, ElementsAre(2, 5));
}

TEST_F(CallbacksContract, ListsNewestFirst) {
  Write({Row(1), Row(2, CallbackStatus::kDelivered, "wms"), Row(2), Row(3)});
  EXPECT_THAT(Listed({}), ElementsAre("3.erp", "2.wms", "2.erp", "1.erp"));
}

TEST_F(CallbacksContract, FiltersBySubscription) {
  Write({Row(1), Row(2, CallbackStatus::kPending, "wms")});
  EXPECT_THAT(Listed({.subscription = "wms"}), ElementsAre("2.wms"));
}

TEST_F(CallbacksContract, FiltersByStatus) {
  Write({Row(1), Row(2, CallbackStatus::kParked), Row(3, CallbackStatus::kDelivered)});
  EXPECT_THAT(Listed({.status = CallbackStatus::kParked}), ElementsAre("2.erp"));
  EXPECT_THAT(Listed({.status = CallbackStatus::kDelivered}), ElementsAre("3.erp"));
}

TEST_F(CallbacksContract, FiltersBySubject) {
  Write({Row(1), Row(2, CallbackStatus::kParked, "erp", "o-2"), Row(3)});
  EXPECT_THAT(Listed({.subject = "o-1"}), ElementsAre("3.erp", "1.erp"));
}

TEST_F(CallbacksContract, PagesThroughAllOfThem) {
  Write({Row(1), Row(2), Row(2, CallbackStatus::kPending, "wms"), Row(3)});
  CallbackQuery query{.merchant = "demo", .limit = 2};
  std::vector<std::string> seen;
  for (int page = 0; page < 3; ++page) {
    const auto found = world->Run(log.List(query)).value();
    for (const auto& row : found.callbacks) seen.push_back(row.key.ToText());
    if (!found.next) break;
    query.before = found.next;
  }
  EXPECT_THAT(seen, ElementsAre("3.erp", "2.wms", "2.erp", "1.erp"));
}

TEST_F(CallbacksContract, MerchantsDoNotSeeEachOther) {
  Write({Row(1)});
  EXPECT_THAT(world->Run(log.List({.merchant = "other"})).value().callbacks, IsEmpty());
  EXPECT_FALSE(world->Run(log.Get("other", {.seq = 1, .subscription = "erp"})).value());
  EXPECT_THAT(world->Run(log.Pending("other", "erp")).value(), IsEmpty());
}

TEST(CallbackKey, ReadsWhatItWrites) {
  const CallbackKey key{.seq = 42, .subscription = "erp.eu"};
  EXPECT_EQ(CallbackKey::Parse(key.ToText()), key);
}

TEST(CallbackKey, RefusesOtherTexts) {
  for (const char* text : {"", "42", "42.", ".erp", "x.erp", "-1.erp"}) {
    EXPECT_FALSE(CallbackKey::Parse(text)) << text;
  }
}

}  // namespace
}  // namespace weir::storage
