// SPDX-License-Identifier: Apache-2.0
#include "storage/memory/memory_view.hpp"

#include <algorithm>
#include <ranges>
#include <tuple>
#include <utility>

#include "storage/change_types.hpp"

namespace weir::storage {
namespace {

bool IsListed(const RecordRow& row, const ListQuery& query) {
  const auto& columns = row.columns;
  const auto fits = [](const std::string& wanted, const std::string& value) {
    return wanted.empty() || wanted == value;
  };
  const bool fits_display = query.display_range ? columns.display >= query.display_range->from &&
                                                      columns.display <= query.display_range->to
                                                : fits(query.display, columns.display);
  const bool is_behind = !query.behind || std::pair(columns.sorted_at, row.id) < *query.behind;
  return row.published_seq > 0 && row.kind == query.kind && row.merchant == query.merchant &&
         fits(query.store, columns.store) && fits(query.platform, columns.platform) &&
         fits(query.status, columns.status) && fits(query.number, columns.number) && fits_display &&
         (!query.updated_after || columns.updated_at > *query.updated_after) &&
         (!query.sorted_from || columns.sorted_at >= *query.sorted_from) &&
         (!query.sorted_to || columns.sorted_at < *query.sorted_to) && is_behind;
}

}  // namespace

std::uint64_t MemoryView::FeedEnd(const std::string& merchant) const {
  const auto feed = feeds_.find(merchant);
  return feed == feeds_.end() ? 0 : feed->second.size();
}

Result<void> MemoryView::Check(Position expected, const Batch& batch) const {
  if (expected != position_) {
    return Fail(ErrorKind::kConflict,
                "the view stands at " + position_.ToText() + ", not at " + expected.ToText());
  }
  if (batch.through.shard != expected.shard || batch.through < expected) {
    return Fail(ErrorKind::kInternal, "a batch must not lead backwards");
  }
  std::map<std::string, std::uint64_t> ends;
  for (const auto& change : batch.changes) {
    auto& end = ends.try_emplace(change.merchant, FeedEnd(change.merchant)).first->second;
    if (change.seq != ++end) {
      return Fail(ErrorKind::kInternal, "change " + std::to_string(change.seq) +
                                            " does not follow change " + std::to_string(end - 1));
    }
  }
  return {};
}

Result<void> MemoryView::Apply(Position expected, Batch batch) {
  if (auto checked = Check(expected, batch); !checked) return checked;
  for (auto& row : batch.puts) {
    RecordKey key{row.kind, row.merchant, row.id};
    records_.insert_or_assign(std::move(key), std::move(row));
  }
  for (auto& change : batch.changes) {
    auto& feed = feeds_[change.merchant];
    feed.push_back(std::move(change));
  }
  for (auto& work : batch.works) {
    Key key{work.merchant, work.kind, work.subject};
    works_.insert_or_assign(std::move(key), std::move(work));
  }
  for (const auto& done : batch.works_done) works_.erase({done.merchant, done.kind, done.subject});
  for (const auto& alias : batch.aliases) {
    aliases_[{alias.merchant, alias.kind, alias.key}].emplace(alias.id, alias);
  }
  for (const auto& gone : batch.aliases_gone) {
    aliases_[{gone.merchant, gone.kind, gone.key}].erase(gone.id);
  }
  for (auto& row : batch.quarantined) {
    const auto position = row.position;
    quarantine_.insert_or_assign(position, std::move(row));
  }
  for (const auto& position : batch.released) quarantine_.erase(position);
  position_ = batch.through;
  fold_version_ = batch.fold_version.value_or(fold_version_);
  return {};
}

std::optional<RecordRow> MemoryView::Read(RecordKind kind, const std::string& merchant,
                                          const std::string& id) const {
  const auto found = records_.find({kind, merchant, id});
  if (found == records_.end()) return std::nullopt;
  return found->second;
}

std::vector<RecordRow> MemoryView::ReadAll(RecordKind kind) const {
  std::vector<RecordRow> found;
  for (const auto& [key, row] : records_) {
    if (row.kind == kind) found.push_back(row);
  }
  return found;
}

RecordPage MemoryView::ReadPage(std::uint64_t from, std::size_t limit) const {
  RecordPage page;
  for (const auto& [key, row] : records_ | std::views::drop(from) | std::views::take(limit)) {
    page.records.push_back(row);
  }
  const std::uint64_t behind = from + page.records.size();
  page.next = behind < records_.size() ? behind : 0;
  return page;
}

Published MemoryView::ToPublished(const RecordRow& row) const {
  const auto& shown = feeds_.at(row.merchant).at(row.published_seq - 1);
  return {.id = row.id,
          .version = shown.version,
          .seq = row.published_seq,
          .sorted_at = row.columns.sorted_at,
          .json = shown.data};
}

std::optional<Published> MemoryView::ReadPublished(RecordKind kind, const std::string& merchant,
                                                   const std::string& id) const {
  const auto found = records_.find({kind, merchant, id});
  if (found == records_.end() || found->second.published_seq == 0) return std::nullopt;
  return ToPublished(found->second);
}

ListPage MemoryView::List(const ListQuery& query) const {
  std::vector<const RecordRow*> listed;
  for (const auto& [key, row] : records_) {
    if (IsListed(row, query)) listed.push_back(&row);
  }
  std::ranges::sort(listed, std::ranges::greater(), [](const RecordRow* row) {
    return std::pair(row->columns.sorted_at, row->id);
  });
  ListPage page{.more = listed.size() > query.limit};
  listed.resize(std::min(listed.size(), query.limit));
  for (const auto* row : listed) page.records.push_back(ToPublished(*row));
  return page;
}

std::vector<std::string> MemoryView::FindAlias(const std::string& merchant, const std::string& kind,
                                               const std::string& key, std::size_t limit) const {
  std::vector<std::string> ids;
  const auto found = aliases_.find({merchant, kind, key});
  if (found == aliases_.end()) return ids;
  for (const auto& [id, alias] : found->second) {
    if (ids.size() == limit) break;
    ids.push_back(id);
  }
  return ids;
}

ChangesPage MemoryView::ReadChanges(const std::string& merchant, SeqRange range, std::size_t limit,
                                    const std::vector<std::string>& types) const {
  ChangesPage page{.next = range.after};
  const auto feed = feeds_.find(merchant);
  if (feed == feeds_.end()) return page;
  const auto end = std::min<std::uint64_t>(range.end, feed->second.size());
  while (page.next < end && page.changes.size() < limit) {
    const auto& change = feed->second[page.next++];
    if (IsAskedFor(change.type, types)) page.changes.push_back(change);
  }
  return page;
}

std::vector<ChangeRow> MemoryView::ReadChangesAt(const std::string& merchant,
                                                 const std::vector<std::uint64_t>& seqs) const {
  std::vector<ChangeRow> found;
  const auto feed = feeds_.find(merchant);
  if (feed == feeds_.end()) return found;
  auto wanted = seqs;
  std::ranges::sort(wanted);
  wanted.erase(std::ranges::unique(wanted).begin(), wanted.end());
  for (const auto seq : wanted) {
    if (seq >= 1 && seq <= feed->second.size()) found.push_back(feed->second[seq - 1]);
  }
  return found;
}

std::vector<WorkRow> MemoryView::DueWork(const std::string& kind, Instant until,
                                         std::size_t limit) const {
  std::vector<WorkRow> due;
  for (const auto& [key, work] : works_) {
    if (work.kind == kind && work.due_at <= until) due.push_back(work);
  }
  std::ranges::sort(due, {}, [](const WorkRow& work) {
    return std::tie(work.due_at, work.merchant, work.subject);
  });
  if (due.size() > limit) due.erase(due.begin() + static_cast<std::ptrdiff_t>(limit), due.end());
  return due;
}

std::optional<Instant> MemoryView::NextDue(const std::string& kind) const {
  std::optional<Instant> earliest;
  for (const auto& [key, work] : works_) {
    if (work.kind == kind && (!earliest || work.due_at < *earliest)) earliest = work.due_at;
  }
  return earliest;
}

std::optional<WorkRow> MemoryView::FindWork(const WorkKey& key) const {
  const auto found = works_.find({key.merchant, key.kind, key.subject});
  if (found == works_.end()) return std::nullopt;
  return found->second;
}

std::vector<QuarantineRow> MemoryView::ListQuarantine(const std::string& merchant,
                                                      std::optional<Position> before,
                                                      std::size_t limit) const {
  std::vector<QuarantineRow> found;
  auto at = before ? quarantine_.lower_bound(*before) : quarantine_.end();
  while (at != quarantine_.begin() && found.size() < limit) {
    --at;
    if (at->second.merchant == merchant) found.push_back(at->second);
  }
  return found;
}

}  // namespace weir::storage
