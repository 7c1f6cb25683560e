// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "storage/embedded/list_statements.hpp"
#include "storage/embedded/view_reader.hpp"

namespace weir::storage {
namespace {

constexpr auto kEarliest = std::numeric_limits<std::int64_t>::min();
constexpr auto kLatest = std::numeric_limits<std::int64_t>::max();

/// `index` forced, `walked` its own condition; the other filters are checked row by row. Ties in
/// sorted_at are sorted by id as they come: they are short, and the index stays narrow.
std::string List(std::string_view index, std::string_view walked) {
  return fmt::format(
      "SELECT id, published_seq, sorted_at FROM record INDEXED BY {} "
      "WHERE family = ?1 AND listed = 1 AND {} AND sorted_at >= ?8 AND sorted_at <= ?9 "
      "AND (sorted_at < ?10 OR id < ?11) "
      "AND (?2 = 0 OR store = ?2) AND (?3 = 0 OR status = ?3) AND (?4 = 0 OR platform = ?4) "
      "AND (?5 IS NULL OR number = ?5) AND (?6 = '' OR display = ?6) AND updated_at > ?7 "
      "ORDER BY sorted_at DESC, id DESC LIMIT ?12",
      index, walked);
}

std::string Count(std::string_view index, std::string_view walked) {
  return fmt::format(
      "SELECT count(*) FROM (SELECT 1 FROM record INDEXED BY {} "
      "WHERE family = ?1 AND listed = 1 AND {} LIMIT {})",
      index, walked, kCountedAtMost);
}

}  // namespace

std::string ListBySorted() { return List("record_sorted", "1"); }
std::string ListByStore() { return List("record_store", "store = ?2"); }
std::string ListByStatus() { return List("record_status", "status = ?3"); }
std::string ListByNumber() { return List("record_number", "number = ?5"); }
std::string ListByUpdated() { return List("record_updated", "updated_at > ?7"); }

std::string CountByStore() {
  return Count("record_store", "store = ?2 AND sorted_at BETWEEN ?8 AND ?9");
}
std::string CountByStatus() {
  return Count("record_status", "status = ?3 AND sorted_at BETWEEN ?8 AND ?9");
}
std::string CountByUpdated() { return Count("record_updated", "updated_at > ?7"); }

struct ViewReader::Filters {
  std::int64_t family = 0;
  Words::Number store = 0;
  Words::Number status = 0;
  Words::Number platform = 0;
  PackedNumber number;
  std::string_view display;
  std::int64_t updated_after = kEarliest;
  std::int64_t from = kEarliest;
  std::int64_t upper = kLatest;
  std::int64_t behind_at = kLatest;
  std::string_view behind_id;
  std::int64_t limit = 0;

  template <typename Use>
  auto With(SqliteStatement& statement, Use use) const {
    SqliteRows rows(statement, family, store, status, platform, number, display, updated_after,
                    from, upper, behind_at, behind_id, limit);
    return use(rows);
  }
};

std::optional<ViewReader::Filters> ViewReader::Pack(const ListQuery& query) const {
  const auto merchant = words_.Find(query.merchant);
  const auto store = words_.Find(query.store);
  const auto status = words_.Find(query.status);
  const auto platform = words_.Find(query.platform);
  // No record can hold a word that the view has never seen.
  if (!merchant || !store || !status || !platform) return std::nullopt;
  Filters filters{.family = Family(*merchant, query.kind),
                  .store = *store,
                  .status = *status,
                  .platform = *platform,
                  .number = PackNumber(query.number),
                  .display = query.display,
                  .limit = static_cast<std::int64_t>(query.limit) + 1};
  if (query.updated_after) filters.updated_after = PackTime(*query.updated_after);
  if (query.sorted_from) filters.from = PackTime(*query.sorted_from);
  if (query.sorted_to) {
    const auto to = PackTime(*query.sorted_to);
    if (to == kEarliest) return std::nullopt;
    filters.upper = to - 1;
  }
  if (query.behind) {
    filters.behind_at = PackTime(query.behind->first);
    filters.behind_id = query.behind->second;
    filters.upper = std::min(filters.upper, filters.behind_at);
  }
  return filters;
}

std::int64_t ViewReader::Count(SqliteStatement& probe, const Filters& filters) {
  return filters.With(probe, [](SqliteRows& rows) { return rows.Next() ? rows.Int(0) : 0; });
}

ViewReader::Path ViewReader::Choose(const Filters& filters) {
  if (!std::holds_alternative<std::nullptr_t>(filters.number)) return Path::kNumber;
  const bool by_store = filters.store != 0;
  const bool by_status = filters.status != 0;
  const bool by_updated = filters.updated_after != kEarliest;
  const auto updated = by_updated ? Count(count_updated_, filters) : kCountedAtMost;
  // Few enough to be sorted; a long list is walked newest first instead.
  if (updated < kCountedAtMost) return Path::kUpdated;
  if (by_store && by_status) {
    const auto of_status = Count(count_status_, filters);
    if (of_status == kCountedAtMost) return Path::kStore;
    return of_status <= Count(count_store_, filters) ? Path::kStatus : Path::kStore;
  }
  if (by_store) return Path::kStore;
  return by_status ? Path::kStatus : Path::kSorted;
}

ListPage ViewReader::List(const ListQuery& query) {
  ListPage page;
  const auto filters = Pack(query);
  if (!filters) return page;
  SqliteTransaction transaction(connection_, SqliteTransaction::Kind::kRead);
  auto& statement = lists_[static_cast<std::size_t>(Choose(*filters))];
  filters->With(statement, [&](SqliteRows& rows) {
    while (rows.Next()) {
      if (page.records.size() == query.limit) {
        page.more = true;
        break;
      }
      Published found{.id = std::string(rows.Text(0)),
                      .seq = rows.Uint(1),
                      .sorted_at = UnpackTime(rows.Int(2))};
      const auto key = ChangeKey(MerchantOfFamily(filters->family), found.seq);
      found.json = DataOf(key, &found.version);
      page.records.push_back(std::move(found));
    }
  });
  return page;
}

}  // namespace weir::storage
