// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>

#include "tests/storage/contract/storage_world.hpp"

namespace weir::storage {
namespace {

using testing::ElementsAre;

/// Between two moments of a list: a few fall on each day.
constexpr int kMoment = 40'000;

/// What lists must show, the plain way: every record as last put, filtered and sorted.
class ListModel {
 public:
  void Put(const RecordRow& row) { rows_.insert_or_assign(row.id, row); }

  [[nodiscard]] std::vector<std::string> List(const ListQuery& query) const {
    std::vector<const RecordRow*> fitting;
    for (const auto& [id, row] : rows_) {
      if (Fits(row, query)) fitting.push_back(&row);
    }
    std::ranges::sort(fitting, [](const auto* a, const auto* b) {
      if (a->columns.sorted_at != b->columns.sorted_at) {
        return a->columns.sorted_at > b->columns.sorted_at;
      }
      return a->id > b->id;
    });
    std::vector<std::string> ids;
    ids.reserve(fitting.size());
    for (const auto* row : fitting) ids.push_back(row->id);
    return ids;
  }

 private:
  static bool Fits(const RecordRow& row, const ListQuery& query) {
    const auto& columns = row.columns;
    if (row.published_seq == 0 || row.merchant != query.merchant || row.kind != query.kind) {
      return false;
    }
    if (!query.store.empty() && columns.store != query.store) return false;
    if (!query.platform.empty() && columns.platform != query.platform) return false;
    if (!query.status.empty() && columns.status != query.status) return false;
    if (!query.number.empty() && columns.number != query.number) return false;
    if (query.display_range) {
      const auto& [from, to] = *query.display_range;
      if (columns.display < from || columns.display > to) return false;
    } else if (!query.display.empty() && columns.display != query.display) {
      return false;
    }
    if (query.updated_after && columns.updated_at <= *query.updated_after) return false;
    if (query.sorted_from && columns.sorted_at < *query.sorted_from) return false;
    return !query.sorted_to || columns.sorted_at < *query.sorted_to;
  }

  std::map<std::string, RecordRow> rows_;
};

template <typename T>
T OneOf(std::vector<T> values) {
  return *rc::gen::elementOf(std::move(values));
}

/// A history of published and partial records, in a storage and in the model.
class History {
 public:
  explicit History(StorageWorld& world) : world_(world) {
    fence_ = world.Run(world.storage().AcquireLease(0)).value();
  }

  void Grow(int batches) {
    for (int i = 0; i < batches; ++i) Apply(*rc::gen::inRange(1, 6));
  }

  ListModel model;

 private:
  void Apply(int puts) {
    const auto at = world_.storage().view_position();
    Batch batch{.through = {.offset = at.offset + 1}};
    std::map<std::string, RecordRow> rows;
    now_ += std::chrono::seconds(*rc::gen::inRange(0, 3));
    for (int i = 0; i < puts; ++i) {
      auto row = Row();
      if (*rc::gen::inRange(0, 5) != 0) {
        row.published_seq = ++seq_;
        auto change = Change(seq_, row.id);
        change.at = now_;
        batch.changes.push_back(std::move(change));
      }
      rows.insert_or_assign(row.id, std::move(row));
    }
    for (const auto& [id, row] : rows) {
      batch.puts.push_back(row);
      model.Put(row);
    }
    RC_ASSERT(world_.Run(world_.storage().Apply(fence_, at, std::move(batch))).has_value());
  }

  RecordRow Row() {
    const auto platform = OneOf<std::string>({"meituan", "eleme"});
    const auto number = std::to_string(*rc::gen::inRange(1, 12));
    const bool created = *rc::gen::inRange(0, 3) != 0;
    auto row = Order(created ? platform + "-" + number : "shp-" + number,
                     static_cast<std::uint64_t>(*rc::gen::inRange(1, 4)));
    row.columns = {.store = OneOf<std::string>({"", "sh-1", "sh-2"}),
                   .platform = platform,
                   .connection = "main",
                   .status = OneOf<std::string>({"placed", "accepted", "completed"}),
                   .number = *rc::gen::inRange(0, 4) == 0 ? "" : number,
                   .display = OneOf<std::string>({"", "1", "2", "3"}),
                   .sorted_at = At(kMoment * *rc::gen::inRange(0, 6)),
                   .updated_at = now_};
    return row;
  }

  StorageWorld& world_;
  Fence fence_;
  std::uint64_t seq_ = 0;
  Instant now_ = At(100);
};

ListQuery AnyQuery() {
  const auto maybe = [](auto make) {
    return *rc::gen::inRange(0, 3) == 0 ? make() : decltype(make()){};
  };
  ListQuery query{.merchant = "demo"};
  query.store = maybe([] { return OneOf<std::string>({"sh-1", "sh-2", "sh-9"}); });
  query.platform = maybe([] { return OneOf<std::string>({"meituan", "eleme"}); });
  query.status = maybe([] { return OneOf<std::string>({"placed", "completed"}); });
  query.number = maybe([] { return std::to_string(*rc::gen::inRange(1, 12)); });
  query.display = maybe([] { return OneOf<std::string>({"1", "2"}); });
  query.display_range = maybe([] {
    return std::optional(TextRange{.from = OneOf<std::string>({"1", "2"}),
                                   .to = OneOf<std::string>({"1", "2", "3"})});
  });
  const auto moment = [&](int from, int to, int scale) {
    return maybe([&] { return std::optional(At(scale * *rc::gen::inRange(from, to))); });
  };
  query.updated_after = moment(98, 130, 1);
  query.sorted_from = moment(0, 6, kMoment);
  query.sorted_to = moment(0, 7, kMoment);
  query.limit = static_cast<std::size_t>(*rc::gen::inRange(1, 8));
  return query;
}

/// Every page of a list.
std::vector<std::string> Pages(StorageWorld& world, ListQuery query) {
  std::vector<std::string> ids;
  while (true) {
    const auto page = world.Run(world.storage().List(query)).value();
    for (const auto& record : page.records) ids.push_back(record.id);
    RC_ASSERT(page.records.size() <= query.limit);
    if (!page.more) return ids;
    RC_ASSERT(page.records.size() == query.limit);
    query.behind = {page.records.back().sorted_at, page.records.back().id};
  }
}

TEST(ListsContract, ShowWhatThePlainModelShows) {
  EXPECT_TRUE(rc::check("lists", [] {
    const auto world = MakeStorageWorld(nullptr);
    History history(*world);
    history.Grow(*rc::gen::inRange(1, 12));
    for (int i = 0; i < 8; ++i) {
      const auto query = AnyQuery();
      RC_ASSERT(Pages(*world, query) == history.model.List(query));
    }
  }));
}

class ListContract : public StorageContract {
 protected:
  std::vector<std::string> List(ListQuery query) {
    query.merchant = "demo";
    std::vector<std::string> ids;
    for (const auto& record : world->Run(storage.List(query)).value().records) {
      ids.push_back(record.id);
    }
    return ids;
  }
};

TEST_F(ListContract, ARecordShowsTheDataOfItsChange) {
  ASSERT_TRUE(
      Apply({.puts = {Order("o-1", 2, 2)}, .changes = {Change(1, "o-1"), Change(2, "o-1")}}));
  const auto page = world->Run(storage.List({.merchant = "demo"})).value();
  ASSERT_EQ(page.records.size(), 1);
  EXPECT_EQ(page.records[0].json, R"({"seq":2})");
  EXPECT_EQ(page.records[0].seq, 2);
  EXPECT_FALSE(page.more);
}

TEST_F(ListContract, ARecordMovesWithItsColumns) {
  ASSERT_TRUE(Apply({.puts = {Order("o-1", 1, 1)}, .changes = {Change(1, "o-1")}}));
  auto moved = Order("o-1", 2, 2);
  moved.columns.status = "accepted";
  moved.columns.store = "sh-2";
  ASSERT_TRUE(Apply({.puts = {moved}, .changes = {Change(2, "o-1")}}));
  EXPECT_THAT(List({.status = "accepted"}), ElementsAre("o-1"));
  EXPECT_THAT(List({.status = "placed"}), ElementsAre());
  EXPECT_THAT(List({.store = "sh-2"}), ElementsAre("o-1"));
  EXPECT_THAT(List({.store = "sh-1"}), ElementsAre());
}

TEST_F(ListContract, KindsAndMerchantsAreApart) {
  auto store = Order("s-1", 1, 2);
  store.kind = RecordKind::kStore;
  auto other = Order("o-9", 1, 1);
  other.merchant = "other";
  auto change = Change(1, "o-9");
  change.merchant = "other";
  ASSERT_TRUE(Apply({.puts = {Order("o-1", 1, 1), store, other},
                     .changes = {Change(1, "o-1"), Change(2, "s-1"), change}}));
  EXPECT_THAT(List({}), ElementsAre("o-1"));
  EXPECT_THAT(List({.kind = RecordKind::kStore}), ElementsAre("s-1"));
}

}  // namespace
}  // namespace weir::storage
