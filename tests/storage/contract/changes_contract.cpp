// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include "tests/storage/contract/storage_world.hpp"

namespace weir::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class ChangesContract : public StorageContract {
 protected:
  /// Changes 1..6: placed, accepted, in turn, and one of another family.
  void Publish() {
    Batch batch;
    for (std::uint64_t seq = 1; seq <= 6; ++seq) {
      const auto* type = seq == 3       ? "store.changed"
                         : seq % 2 == 0 ? "order.placed"
                                        : "order.accepted";
      batch.changes.push_back(Change(seq, "o-" + std::to_string(seq), type));
    }
    ASSERT_TRUE(Apply(std::move(batch)));
  }
  ChangesPage Read(std::uint64_t after, std::size_t limit, std::vector<std::string> types = {}) {
    return world->Run(storage.ReadChanges("demo", after, limit, std::move(types))).value();
  }
  static std::vector<std::uint64_t> Seqs(const std::vector<ChangeRow>& changes) {
    std::vector<std::uint64_t> seqs;
    seqs.reserve(changes.size());
    for (const auto& change : changes) seqs.push_back(change.seq);
    return seqs;
  }
};

TEST_F(ChangesContract, AnEmptyFeedHasNothingAndGoesNowhere) {
  const auto page = Read(0, 10);
  EXPECT_THAT(page.changes, IsEmpty());
  EXPECT_EQ(page.next, 0);
  EXPECT_EQ(page.first, 1);
  EXPECT_EQ(storage.FeedEnd("demo"), 0);
}

TEST_F(ChangesContract, NoPageLeadsBeyondTheEndOfTheFeed) {
  Publish();
  const auto page = Read(0, 100);
  EXPECT_EQ(page.next, storage.FeedEnd("demo"));
  EXPECT_EQ(Read(page.next, 100).next, page.next);
}

TEST_F(ChangesContract, AChangeComesBackAsPublished) {
  auto change = Change(1, "o-1", "order.cancelled");
  change.ordinal = 3;
  change.cause = {.offset = 42};
  change.version = 9;
  change.data = std::string(3000, 'd') + "end";
  ASSERT_TRUE(Apply({.changes = {change}}));
  const auto found = Read(0, 1).changes.at(0);
  EXPECT_EQ(found.merchant, "demo");
  EXPECT_EQ(found.seq, 1);
  EXPECT_EQ(found.cause.offset, 42);
  EXPECT_EQ(found.ordinal, 3);
  EXPECT_EQ(found.type, "order.cancelled");
  EXPECT_EQ(found.subject, "o-1");
  EXPECT_EQ(found.version, 9);
  EXPECT_EQ(found.at, At(2000));
  EXPECT_EQ(found.data, change.data);
}

TEST_F(ChangesContract, PagesFollowEachOther) {
  Publish();
  const auto page = Read(0, 4);
  EXPECT_THAT(Seqs(page.changes), ElementsAre(1, 2, 3, 4));
  EXPECT_EQ(page.next, 4);
  EXPECT_THAT(Seqs(Read(page.next, 4).changes), ElementsAre(5, 6));
  EXPECT_EQ(Read(6, 4).next, 6);
}

struct TypeCase {
  std::vector<std::string> types;
  std::vector<std::uint64_t> seqs;
};

TEST_F(ChangesContract, TypesChoose) {
  Publish();
  const std::vector<TypeCase> cases = {
      {{"order.placed"}, {2, 4, 6}}, {{"order.*"}, {1, 2, 4, 5, 6}},
      {{"*"}, {1, 2, 3, 4, 5, 6}},   {{"store.changed", "order.accepted"}, {1, 3, 5}},
      {{"never.seen"}, {}},          {{"order"}, {}},
  };
  for (const auto& [types, seqs] : cases) {
    const auto page = Read(0, 10, types);
    EXPECT_EQ(Seqs(page.changes), seqs) << types.front();
    EXPECT_EQ(page.next, 6) << "filtered ones are looked at too";
  }
}

TEST_F(ChangesContract, AFullPageGoesOnBehindItsLast) {
  Publish();
  const auto page = Read(0, 2, {"order.placed"});
  EXPECT_THAT(Seqs(page.changes), ElementsAre(2, 4));
  EXPECT_EQ(page.next, 4);
}

TEST_F(ChangesContract, ChangesAreFoundByTheirNumbers) {
  Publish();
  const auto found = world->Run(storage.ReadChangesAt("demo", {5, 2, 99, 2})).value();
  EXPECT_THAT(Seqs(found), ElementsAre(2, 5));
}

TEST_F(ChangesContract, EachMerchantHasItsOwnNumbers) {
  auto other = Change(1, "o-9");
  other.merchant = "other";
  ASSERT_TRUE(Apply({.changes = {Change(1, "o-1"), other, Change(2, "o-2")}}));
  EXPECT_EQ(storage.FeedEnd("demo"), 2);
  EXPECT_EQ(storage.FeedEnd("other"), 1);
  EXPECT_EQ(world->Run(storage.ReadChanges("other", 0, 10, {}))->changes.at(0).subject, "o-9");
}

class WaitContract : public StorageContract {
 protected:
  /// Begins to wait; true in the result once it is over.
  std::shared_ptr<bool> Wait(std::uint64_t seq, std::chrono::milliseconds timeout) {
    auto over = std::make_shared<bool>(false);
    boost::asio::co_spawn(world->io, storage.WaitBeyond("demo", seq, timeout),
                          boost::asio::bind_cancellation_slot(
                              signal.slot(), [over](const std::exception_ptr&) { *over = true; }));
    world->Poll();
    return over;
  }
  boost::asio::cancellation_signal signal;
};

TEST_F(WaitContract, WhatIsThereIsNotWaitedFor) {
  ASSERT_TRUE(Apply({.changes = {Change(1, "o-1")}}));
  EXPECT_TRUE(*Wait(0, std::chrono::seconds(60)));
}

TEST_F(WaitContract, AChangeEndsTheWait) {
  const auto over = Wait(0, std::chrono::seconds(60));
  EXPECT_FALSE(*over);
  ASSERT_TRUE(Apply({.changes = {Change(1, "o-1")}}));
  world->Poll();
  EXPECT_TRUE(*over);
}

TEST_F(WaitContract, OnlyAChangeBeyondEndsTheWait) {
  const auto over = Wait(1, std::chrono::seconds(60));
  ASSERT_TRUE(Apply({.changes = {Change(1, "o-1")}}));
  world->Poll();
  EXPECT_FALSE(*over);
  ASSERT_TRUE(Apply({.changes = {Change(2, "o-1")}}));
  world->Poll();
  EXPECT_TRUE(*over);
}

TEST_F(WaitContract, AnotherMerchantsChangeDoesNot) {
  const auto over = Wait(0, std::chrono::seconds(60));
  auto change = Change(1, "o-1");
  change.merchant = "other";
  ASSERT_TRUE(Apply({.changes = {change}}));
  world->Poll();
  EXPECT_FALSE(*over);
  world->timer.RunFor(world->io, std::chrono::seconds(60));
}

TEST_F(WaitContract, TheTimeoutEndsTheWait) {
  const auto over = Wait(0, std::chrono::seconds(60));
  world->timer.RunFor(world->io, std::chrono::milliseconds(59'999));
  EXPECT_FALSE(*over);
  world->timer.RunFor(world->io, std::chrono::milliseconds(1));
  world->Poll();
  EXPECT_TRUE(*over);
}

TEST_F(WaitContract, ACancellationEndsTheWait) {
  const auto over = Wait(0, std::chrono::seconds(60));
  signal.emit(boost::asio::cancellation_type::terminal);
  world->Poll();
  EXPECT_TRUE(*over);
}

TEST_F(WaitContract, ManyWaitersAllWake) {
  std::vector<std::shared_ptr<bool>> waiters;
  for (int i = 0; i < 50; ++i) {
    auto over = std::make_shared<bool>(false);
    boost::asio::co_spawn(world->io, storage.WaitBeyond("demo", 0, std::chrono::seconds(60)),
                          [over](const std::exception_ptr&) { *over = true; });
    waiters.push_back(std::move(over));
  }
  world->Poll();
  ASSERT_TRUE(Apply({.changes = {Change(1, "o-1")}}));
  world->Poll();
  for (const auto& over : waiters) EXPECT_TRUE(*over);
}

}  // namespace
}  // namespace weir::storage
