// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "tests/storage/contract/storage_world.hpp"

namespace weir::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

void ExpectSame(const RecordRow& found, const RecordRow& put) {
  EXPECT_EQ(found.kind, put.kind);
  EXPECT_EQ(found.merchant, put.merchant);
  EXPECT_EQ(found.id, put.id);
  EXPECT_EQ(found.version, put.version);
  EXPECT_EQ(found.published_seq, put.published_seq);
  EXPECT_EQ(found.columns.store, put.columns.store);
  EXPECT_EQ(found.columns.platform, put.columns.platform);
  EXPECT_EQ(found.columns.connection, put.columns.connection);
  EXPECT_EQ(found.columns.status, put.columns.status);
  EXPECT_EQ(found.columns.number, put.columns.number);
  EXPECT_EQ(found.columns.display, put.columns.display);
  EXPECT_EQ(found.columns.sorted_at, put.columns.sorted_at);
  EXPECT_EQ(found.columns.updated_at, put.columns.updated_at);
  EXPECT_EQ(found.state, put.state);
  EXPECT_EQ(found.trail, put.trail);
}

class RecordsContract : public StorageContract {
 protected:
  std::optional<RecordRow> Read(const std::string& id, const std::string& merchant = "demo") {
    return world->Run(storage.Read(RecordKind::kOrder, merchant, id)).value();
  }
  std::optional<RecordRow> Load(const std::string& id) {
    return world->Run(storage.Load(RecordKind::kOrder, "demo", id)).value();
  }
};

TEST_F(RecordsContract, AnAbsentRecordIsNothing) {
  EXPECT_FALSE(Read("o-1"));
  EXPECT_FALSE(Load("o-1"));
  EXPECT_FALSE(Read("o-1", "nobody"));
}

TEST_F(RecordsContract, ARecordComesBackAsPut) {
  auto order = Order("o-1", 3, 1);
  order.state = std::string(5000, 's') + std::string(1, '\0') + "end";
  order.columns.number = "A-17";
  ASSERT_TRUE(Apply({.puts = {order}, .changes = {Change(1, "o-1")}}));
  ExpectSame(Read("o-1").value(), order);
  ExpectSame(Load("o-1").value(), order);
}

TEST_F(RecordsContract, AnEmptyRecordComesBackToo) {
  const RecordRow empty{.kind = RecordKind::kSetting, .merchant = "demo", .id = "connection/x"};
  ASSERT_TRUE(Apply({.puts = {empty}}));
  ExpectSame(world->Run(storage.Read(RecordKind::kSetting, "demo", "connection/x")).value().value(),
             empty);
}

TEST_F(RecordsContract, EveryFormOfNumberIsKept) {
  for (const std::string number :
       {"0", "007", "-1", "2701234567890123456", "9223372036854775808", "a b", "1e3"}) {
    auto order = Order("o-" + number);
    order.columns.number = number;
    auto created = Order("meituan-" + number);
    created.columns.number = number;
    ASSERT_TRUE(Apply({.puts = {order, created}}));
    EXPECT_EQ(Read("o-" + number)->columns.number, number);
    EXPECT_EQ(Read("meituan-" + number)->columns.number, number);
  }
}

TEST_F(RecordsContract, ANumberThatTheIdSpellsEncodedIsKept) {
  auto order = Order("meituan-a%20b");
  order.columns.number = "a b";
  ASSERT_TRUE(Apply({.puts = {order}}));
  EXPECT_EQ(Read("meituan-a%20b")->columns.number, "a b");
}

TEST_F(RecordsContract, EachPartOfARecordCanChange) {
  ASSERT_TRUE(Apply({.puts = {Order("o-1")}}));
  auto changed = Order("o-1", 2);
  const auto put = [&] {
    ++changed.version;
    ASSERT_TRUE(Apply({.puts = {changed}}));
    ExpectSame(Read("o-1").value(), changed);
  };
  changed.state = "other";
  put();
  changed.columns.status = "accepted";
  put();
  changed.columns.store = "sh-2";
  put();
  changed.columns.number = "5";
  put();
  changed.columns.display = "13";
  put();
  changed.columns.sorted_at = At(1);
  put();
}

TEST_F(RecordsContract, AFirstVersionPutTwiceIsReplaced) {
  ASSERT_TRUE(Apply({.puts = {Order("o-1", 1)}}));
  auto again = Order("o-1", 1);
  again.state = "again";
  ASSERT_TRUE(Apply({.puts = {again}}));
  EXPECT_EQ(Read("o-1")->state, "again");
}

TEST_F(RecordsContract, MerchantsAndKindsAreApart) {
  auto other = Order("o-1");
  other.merchant = "other";
  other.state = "of the other";
  auto store = Order("o-1");
  store.kind = RecordKind::kStore;
  store.state = "of the store";
  ASSERT_TRUE(Apply({.puts = {Order("o-1"), other, store}}));
  EXPECT_EQ(Read("o-1", "other")->state, "of the other");
  EXPECT_EQ(Read("o-1")->state, Order("o-1").state);
  EXPECT_EQ(world->Run(storage.Read(RecordKind::kStore, "demo", "o-1")).value()->state,
            "of the store");
}

TEST_F(RecordsContract, EveryPublishedKindIsListedForItself) {
  std::uint64_t seq = 0;
  for (const RecordKind kind : kPublishedKinds) {
    auto row = Order("meituan-1", 1, ++seq);
    row.kind = kind;
    row.state = std::to_string(seq);
    ASSERT_TRUE(Apply({.puts = {row}, .changes = {Change(seq, row.id)}}));
  }
  seq = 0;
  for (const RecordKind kind : kPublishedKinds) {
    ListQuery query;
    query.kind = kind;
    query.merchant = "demo";
    const auto page = world->Run(storage.List(query)).value();
    ASSERT_EQ(page.records.size(), 1U);
    EXPECT_EQ(page.records[0].seq, ++seq);
    EXPECT_EQ(world->Run(storage.Read(kind, "demo", "meituan-1")).value()->state,
              std::to_string(seq));
  }
}

TEST_F(RecordsContract, AStateOfMegabytesComesBack) {
  auto menu = Order("mt-main/shop_001");
  menu.kind = RecordKind::kMenu;
  for (int i = 0; menu.state.size() < (4U << 20); ++i) menu.state += std::to_string(i);
  ASSERT_TRUE(Apply({.puts = {menu}}));
  EXPECT_EQ(world->Run(storage.Read(RecordKind::kMenu, "demo", menu.id)).value()->state,
            menu.state);
}

TEST_F(RecordsContract, AllOfAKindComeByMerchantAndId) {
  Batch batch;
  for (const std::string merchant : {"b", "a", "c"}) {
    for (const std::string id : {"2", "1"}) {
      RecordRow setting{.kind = RecordKind::kSetting, .merchant = merchant, .id = id};
      if (merchant != "c") batch.puts.push_back(setting);
      setting.kind = RecordKind::kOrder;
      batch.puts.push_back(setting);
    }
  }
  ASSERT_TRUE(Apply(std::move(batch)));
  std::vector<std::string> found;
  for (const auto& row : world->Run(storage.ReadAll(RecordKind::kSetting)).value()) {
    found.push_back(row.merchant + row.id);
  }
  EXPECT_THAT(found, ElementsAre("a1", "a2", "b1", "b2"));
  EXPECT_THAT(world->Run(storage.ReadAll(RecordKind::kStore)).value(), IsEmpty());
}

TEST_F(RecordsContract, AllRecordsComePageByPage) {
  Batch batch;
  for (const std::string merchant : {"b", "a"}) {
    for (const std::string id : {"1", "2", "3"}) {
      batch.puts.push_back({.kind = RecordKind::kSetting, .merchant = merchant, .id = id});
      batch.puts.push_back({.kind = RecordKind::kOrder, .merchant = merchant, .id = id});
    }
  }
  ASSERT_TRUE(Apply(std::move(batch)));
  std::vector<std::string> found;
  std::uint64_t from = 0;
  do {
    const auto page = world->Run(storage.ReadPage(from, 5)).value();
    for (const RecordRow& row : page.records) {
      found.push_back(row.merchant + row.id + (row.kind == RecordKind::kOrder ? "o" : "s"));
    }
    from = page.next;
  } while (from != 0);
  EXPECT_THAT(found, UnorderedElementsAre("a1o", "a1s", "a2o", "a2s", "a3o", "a3s", "b1o", "b1s",
                                          "b2o", "b2s", "b3o", "b3s"));
}

TEST_F(RecordsContract, APartialRecordIsNotPublished) {
  ASSERT_TRUE(Apply({.puts = {Order("o-1")}}));
  EXPECT_FALSE(world->Run(storage.ReadPublished(RecordKind::kOrder, "demo", "o-1")).value());
}

TEST_F(RecordsContract, APublishedRecordShowsItsChange) {
  auto change = Change(1, "o-1");
  change.version = 4;
  change.data = R"({"id":"o-1"})";
  ASSERT_TRUE(Apply({.puts = {Order("o-1", 4, 1)}, .changes = {change}}));
  const auto found = world->Run(storage.ReadPublished(RecordKind::kOrder, "demo", "o-1")).value();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, "o-1");
  EXPECT_EQ(found->version, 4);
  EXPECT_EQ(found->seq, 1);
  EXPECT_EQ(found->sorted_at, At(1000));
  EXPECT_EQ(found->json, R"({"id":"o-1"})");
}

TEST_F(RecordsContract, AliasesLeadToEachOfTheirRecords) {
  const auto alias = [](std::string key, std::string id) {
    return AliasRow{.merchant = "demo", .kind = "view", .key = std::move(key), .id = std::move(id)};
  };
  ASSERT_TRUE(
      Apply({.aliases = {alias("k", "b"), alias("k", "a"), alias("k", "a"), alias("other", "c")}}));
  const auto find = [&](std::size_t limit) {
    return world->Run(storage.FindAlias("demo", "view", "k", limit)).value();
  };
  EXPECT_THAT(find(10), ElementsAre("a", "b"));
  EXPECT_THAT(find(1), ElementsAre("a"));
  ASSERT_TRUE(Apply({.aliases_gone = {alias("k", "a"), alias("k", "never")}}));
  EXPECT_THAT(find(10), ElementsAre("b"));
  EXPECT_THAT(world->Run(storage.FindAlias("demo", "never", "k", 10)).value(), IsEmpty());
}

class WorkContract : public StorageContract {
 protected:
  static WorkRow Work(std::string subject, std::int64_t due, std::string kind = "reread") {
    return {.merchant = "demo",
            .kind = std::move(kind),
            .subject = std::move(subject),
            .due_at = At(due),
            .detail = "why",
            .cause = {.offset = 9}};
  }
  std::vector<std::string> Due(std::int64_t until, std::size_t limit = 10) {
    std::vector<std::string> subjects;
    for (const auto& work : world->Run(storage.DueWork("reread", At(until), limit)).value()) {
      subjects.push_back(work.subject);
    }
    return subjects;
  }
};

TEST_F(WorkContract, WorkIsDueEarliestFirst) {
  ASSERT_TRUE(
      Apply({.works = {Work("late", 30), Work("b", 20), Work("a", 10), Work("x", 1, "o")}}));
  EXPECT_THAT(Due(20), ElementsAre("a", "b"));
  EXPECT_THAT(Due(99, 1), ElementsAre("a"));
  EXPECT_THAT(Due(9), IsEmpty());
}

TEST_F(WorkContract, WorkComesBackAsPlanned) {
  ASSERT_TRUE(Apply({.works = {Work("a", 10)}}));
  const auto due = world->Run(storage.DueWork("reread", At(10), 10)).value();
  ASSERT_EQ(due.size(), 1);
  EXPECT_EQ(due[0].merchant, "demo");
  EXPECT_EQ(due[0].kind, "reread");
  EXPECT_EQ(due[0].due_at, At(10));
  EXPECT_EQ(due[0].detail, "why");
  EXPECT_EQ(due[0].cause.offset, 9);
}

TEST_F(WorkContract, ALaterPlanForASubjectReplacesTheEarlier) {
  ASSERT_TRUE(Apply({.works = {Work("a", 10)}}));
  ASSERT_TRUE(Apply({.works = {Work("a", 50)}}));
  EXPECT_THAT(Due(20), IsEmpty());
  EXPECT_THAT(Due(50), ElementsAre("a"));
}

TEST_F(WorkContract, DoneWorkIsGone) {
  ASSERT_TRUE(Apply({.works = {Work("a", 10), Work("b", 20)}}));
  ASSERT_TRUE(Apply({.works_done = {{.merchant = "demo", .kind = "reread", .subject = "a"}}}));
  EXPECT_THAT(Due(99), ElementsAre("b"));
}

TEST_F(WorkContract, TheNextDueIsTheEarliest) {
  EXPECT_FALSE(world->Run(storage.NextDue("reread")).value());
  ASSERT_TRUE(Apply({.works = {Work("a", 30), Work("b", 20), Work("x", 1, "other")}}));
  EXPECT_EQ(world->Run(storage.NextDue("reread")).value(), At(20));
}

TEST_F(WorkContract, OnePieceIsFoundByItsKey) {
  ASSERT_TRUE(Apply({.works = {Work("a", 10), Work("b", 20)}}));
  const auto found = world->Run(storage.FindWork({"demo", "reread", "b"})).value();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->due_at, At(20));
  EXPECT_EQ(found->detail, "why");
  EXPECT_EQ(found->cause.offset, 9);
  EXPECT_FALSE(world->Run(storage.FindWork({"other", "reread", "b"})).value());
  EXPECT_FALSE(world->Run(storage.FindWork({"demo", "reread", "c"})).value());
}

class QuarantineContract : public StorageContract {
 protected:
  static QuarantineRow Row(std::uint64_t offset, std::string merchant = "demo") {
    return {.merchant = std::move(merchant),
            .position = {.offset = offset},
            .connection = "mt-main",
            .topic = "order/paid",
            .reason = "unmappable",
            .detail = "no id",
            .at = At(5)};
  }
  std::vector<std::uint64_t> List(std::optional<Position> before, std::size_t limit) {
    std::vector<std::uint64_t> offsets;
    for (const auto& row : world->Run(storage.ListQuarantine("demo", before, limit)).value()) {
      offsets.push_back(row.position.offset);
    }
    return offsets;
  }
};

TEST_F(QuarantineContract, EntriesAreListedNewestFirst) {
  ASSERT_TRUE(Apply({.quarantined = {Row(1), Row(2), Row(3, "other"), Row(4)}}));
  EXPECT_THAT(List(std::nullopt, 10), ElementsAre(4, 2, 1));
  EXPECT_THAT(List(std::nullopt, 1), ElementsAre(4));
  EXPECT_THAT(List(Position{.offset = 4}, 10), ElementsAre(2, 1));
}

TEST_F(QuarantineContract, AnEntryComesBackAsPut) {
  ASSERT_TRUE(Apply({.quarantined = {Row(1)}}));
  const auto found = world->Run(storage.ListQuarantine("demo", std::nullopt, 1)).value().at(0);
  EXPECT_EQ(found.merchant, "demo");
  EXPECT_EQ(found.connection, "mt-main");
  EXPECT_EQ(found.topic, "order/paid");
  EXPECT_EQ(found.reason, "unmappable");
  EXPECT_EQ(found.detail, "no id");
  EXPECT_EQ(found.at, At(5));
}

TEST_F(QuarantineContract, AReleasedEntryIsGone) {
  ASSERT_TRUE(Apply({.quarantined = {Row(1), Row(2)}}));
  ASSERT_TRUE(Apply({.released = {{.offset = 1}}}));
  EXPECT_THAT(List(std::nullopt, 10), ElementsAre(2));
}

}  // namespace
}  // namespace weir::storage
