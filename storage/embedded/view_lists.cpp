// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <tuple>
#include <utility>

#include "base/ids.hpp"
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
      "AND (?6 = '' OR (display >= ?6 AND display <= ?13)) AND updated_at > ?7 "
      "ORDER BY sorted_at DESC, id DESC LIMIT ?12",
      index, walked);
}

std::string Count(std::string_view index, std::string_view walked) {
  return fmt::format(
      "SELECT count(*) FROM (SELECT 1 FROM record INDEXED BY {} "
      "WHERE family = ?1 AND listed = 1 AND {} AND sorted_at BETWEEN ?8 AND ?9 LIMIT {})",
      index, walked, kCountedAtMost);
}

}  // namespace

std::string ListBySorted() { return List("record_sorted", "1"); }
std::string ListByStore() { return List("record_store", "store = ?2"); }
std::string ListByStatus() { return List("record_status", "platform = ?4 AND status = ?3"); }
std::string ListByNumber() { return List("record_number", "number = ?5 AND number >= 0"); }
std::string ListById() { return List("record_id", "id = ?5"); }
std::string ListByIdOfNumber() { return List("record_id", "id = ?5 AND number = -1"); }
std::string CountByStore() { return Count("record_store", "store = ?2"); }
std::string CountByStatus() { return Count("record_status", "platform = ?4 AND status = ?3"); }

// A row value compared as a whole would walk all of its group.
std::string NextGroup() {
  const auto next = [](std::string_view behind) {
    return fmt::format(
        "SELECT * FROM (SELECT platform, status FROM record INDEXED BY record_status "
        "WHERE family = ?1 AND listed = 1 AND {} ORDER BY platform, status LIMIT 1)",
        behind);
  };
  return next("platform = ?2 AND status > ?3") + " UNION ALL " + next("platform > ?2") + " LIMIT 1";
}

struct ViewReader::Filters {
  std::int64_t family = 0;
  Words::Number store = 0;
  Words::Number status = 0;
  Words::Number platform = 0;
  PackedNumber key;             ///< The number, or an id.
  std::string_view display;     ///< From here ...
  std::string_view display_to;  ///< ... to there.
  std::int64_t updated_after = kEarliest;
  std::int64_t from = kEarliest;
  std::int64_t upper = kLatest;
  std::int64_t behind_at = kLatest;
  std::string_view behind_id;
  std::int64_t limit = 0;
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
                  .key = PackNumber(query.number),
                  .display = query.display_range ? query.display_range->from : query.display,
                  .display_to = query.display_range ? query.display_range->to : query.display,
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

template <typename Use>
void ViewReader::Walk(SqliteStatement& statement, const Filters& filters, Use use) {
  SqliteRows rows(statement, filters.family, filters.store, filters.status, filters.platform,
                  filters.key, filters.display, filters.updated_after, filters.from, filters.upper,
                  filters.behind_at, filters.behind_id, filters.limit, filters.display_to);
  while (rows.Next()) use(rows);
}

ViewReader::Hits ViewReader::Collect(Index index, const Filters& filters) {
  Hits hits;
  Walk(lists_[static_cast<std::size_t>(index)], filters, [&](const SqliteRows& rows) {
    hits.push_back(
        {.sorted_at = rows.Int(2), .id = std::string(rows.Text(0)), .seq = rows.Uint(1)});
  });
  return hits;
}

std::vector<ViewReader::Filters> ViewReader::GroupsOf(Filters filters) {
  std::vector<Filters> groups;
  const auto platform = std::exchange(filters.platform, -1);
  const auto status = std::exchange(filters.status, -1);
  while (true) {
    SqliteRows next(next_group_, filters.family, filters.platform, filters.status);
    if (!next.Next()) return groups;
    filters.platform = next.Int(0);
    filters.status = next.Int(1);
    const bool asked = (platform == 0 || platform == filters.platform) &&
                       (status == 0 || status == filters.status);
    if (asked) groups.push_back(filters);
  }
}

ViewReader::Hits ViewReader::CollectGroups(const Filters& filters) {
  Hits hits;
  for (const auto& group : GroupsOf(filters)) {
    std::ranges::move(Collect(Index::kStatus, group), std::back_inserter(hits));
  }
  return hits;
}

std::int64_t ViewReader::CountOf(SqliteStatement& statement, const Filters& filters) {
  std::int64_t counted = 0;
  Walk(statement, filters, [&](const SqliteRows& rows) { counted = rows.Int(0); });
  return counted;
}

ViewReader::Index ViewReader::Choose(const Filters& filters) {
  const bool by_store = filters.store != 0;
  // Display numbers are in the other two.
  const bool by_status = (filters.status != 0 || filters.platform != 0) && filters.display.empty();
  if (!by_status) return by_store ? Index::kStore : Index::kSorted;
  if (!by_store) return Index::kStatus;
  const auto of_store = CountOf(count_store_, filters);
  std::int64_t of_status = 0;
  for (const auto& group : GroupsOf(filters)) {
    if (of_status >= of_store) break;
    of_status += CountOf(count_status_, group);
  }
  return of_store <= of_status ? Index::kStore : Index::kStatus;
}

ViewReader::Hits ViewReader::FindNumber(const ListQuery& query, Filters filters) {
  auto hits = Collect(Index::kNumber, filters);
  SqliteRows platforms(platforms_);
  while (platforms.Next()) {
    const auto word = platforms.Int(0);
    if (filters.platform != 0 && filters.platform != word) continue;
    const auto id = PlatformRecordId(words_.Text(word), query.number);
    filters.key = std::string_view(id);
    std::ranges::move(Collect(Index::kIdOfNumber, filters), std::back_inserter(hits));
  }
  return hits;
}

std::uint64_t ViewReader::FirstChangeAfter(Words::Number merchant, std::int64_t at,
                                           std::uint64_t first, std::uint64_t last) {
  // Stamps never go back, so neither do the times of changes.
  while (first <= last) {
    const auto middle = first + (last - first) / 2;
    SqliteRows rows(change_at_, ChangeKey(merchant, middle));
    if (rows.Next() && rows.Int(0) > at) {
      last = middle - 1;
    } else {
      first = middle + 1;
    }
  }
  return first;
}

std::optional<ViewReader::Hits> ViewReader::FollowFeed(Filters filters) {
  const auto merchant = MerchantOfFamily(filters.family);
  const auto oldest = FirstKept(merchant);
  const auto last = LastSeq(merchant);
  const auto from = FirstChangeAfter(merchant, filters.updated_after, oldest, last);
  // What the feed no longer holds, it cannot tell.
  const bool reaches_back = from > oldest || oldest == 1;
  if (!reaches_back || last + 1 - from > static_cast<std::uint64_t>(kCountedAtMost)) {
    return std::nullopt;
  }
  Hits hits;
  SqliteRows changes(changes_, ChangeKey(merchant, from), ChangeKey(merchant, last), -1);
  while (changes.Next()) {
    const auto seq = SeqOfKey(changes.Int(0));
    const auto subject = UnpackContent(keys_, changes.Int(0), changes.Bytes(6)).subject;
    filters.key = std::string_view(subject);
    for (auto& hit : Collect(Index::kId, filters)) {
      if (hit.seq == seq) hits.push_back(std::move(hit));
    }
  }
  return hits;
}

ListPage ViewReader::List(const ListQuery& query) {
  ListPage page;
  const auto filters = Pack(query);
  if (!filters) return page;
  SqliteTransaction transaction(connection_, SqliteTransaction::Kind::kRead);
  std::optional<Hits> hits;
  if (!query.number.empty()) {
    hits = FindNumber(query, *filters);
  } else if (query.updated_after) {
    hits = FollowFeed(*filters);
  }
  const auto index = hits ? Index::kId : Choose(*filters);
  if (index == Index::kStatus) hits = CollectGroups(*filters);
  if (hits) {
    std::ranges::sort(*hits, std::ranges::greater(),
                      [](const Hit& hit) { return std::tie(hit.sorted_at, hit.id); });
  } else {
    hits = Collect(index, *filters);
  }
  page.more = hits->size() > query.limit;
  if (page.more) hits->resize(query.limit);
  for (auto& hit : *hits) {
    Published found{
        .id = std::move(hit.id), .seq = hit.seq, .sorted_at = UnpackTime(hit.sorted_at)};
    const auto key = ChangeKey(MerchantOfFamily(filters->family), hit.seq);
    found.json = DataOf(key, &found.version);
    page.records.push_back(std::move(found));
  }
  return page;
}

}  // namespace weir::storage
