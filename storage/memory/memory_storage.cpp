// SPDX-License-Identifier: Apache-2.0
#include "storage/memory/memory_storage.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace weir::storage {

using boost::asio::awaitable;

MemoryStorage::MemoryStorage(const Clock& clock, Timer& timer, EntrySink* sink)
    : clock_(clock), sink_(sink), watch_(timer) {}

awaitable<Result<Position>> MemoryStorage::Append(std::vector<NewEntry> entries) {
  // Held while the sink is told, so that it hears in the order of positions.
  const std::lock_guard lock(journal_mutex_);
  last_stamp_ = std::max(last_stamp_, clock_.Now());
  const Position first{.offset = entries_.size() + 1};
  std::vector<DurableEntry> group;
  for (auto& entry : entries) {
    entries_.push_back({.position = {.offset = entries_.size() + 1},
                        .stamp = last_stamp_,
                        .envelope = std::move(entry.envelope),
                        .payload = std::move(entry.payload)});
    if (sink_ == nullptr) continue;
    DurableEntry durable{.entry = entries_.back(), .attachment = std::move(entry.attachment)};
    if (durable.attachment) durable.entry.payload.clear();
    group.push_back(std::move(durable));
  }
  if (!group.empty()) sink_->OnDurable(std::move(group));
  co_return first;
}

awaitable<Result<std::vector<Entry>>> MemoryStorage::Scan(Position from, std::size_t max_entries,
                                                          std::size_t max_bytes) {
  const std::lock_guard lock(journal_mutex_);
  std::vector<Entry> found;
  std::size_t bytes = 0;
  for (auto at = std::max<std::uint64_t>(from.offset, 1); at <= entries_.size(); ++at) {
    if (found.size() >= max_entries || (bytes >= max_bytes && !found.empty())) break;
    found.push_back(entries_[at - 1]);
    bytes += found.back().payload.size();
  }
  co_return found;
}

Position MemoryStorage::journal_end() const {
  const std::lock_guard lock(journal_mutex_);
  return {.offset = entries_.size()};
}

awaitable<Result<Fence>> MemoryStorage::AcquireLease(std::uint32_t shard) {
  if (shard != 0) co_return Fail(ErrorKind::kNotFound, "this storage has one shard, number 0");
  const std::lock_guard lock(view_mutex_);
  co_return Fence{.number = ++fence_};
}

awaitable<Result<void>> MemoryStorage::Apply(Fence fence, Position expected, Batch batch) {
  std::map<std::string, std::uint64_t> ends;
  for (const auto& change : batch.changes) ends[change.merchant] = change.seq;
  {
    const std::lock_guard lock(view_mutex_);
    if (fence.number != fence_) {
      co_return Fail(ErrorKind::kConflict, "the shard's lease has gone to a later holder");
    }
    if (auto applied = view_.Apply(expected, std::move(batch)); !applied) co_return applied;
  }
  for (const auto& [merchant, end] : ends) watch_.Publish(merchant, end);
  co_return Result<void>();
}

awaitable<Result<std::optional<RecordRow>>> MemoryStorage::Load(RecordKind kind,
                                                                std::string merchant,
                                                                std::string id) {
  co_return Ask([&](const MemoryView& view) { return view.Read(kind, merchant, id); });
}

awaitable<Result<void>> MemoryStorage::Checkpoint() { co_return Result<void>(); }

Position MemoryStorage::view_position() const {
  return Ask([](const MemoryView& view) { return view.position(); });
}

std::uint32_t MemoryStorage::fold_version() const {
  return Ask([](const MemoryView& view) { return view.fold_version(); });
}

awaitable<Result<std::optional<RecordRow>>> MemoryStorage::Read(RecordKind kind,
                                                                std::string merchant,
                                                                std::string id) {
  co_return Ask([&](const MemoryView& view) { return view.Read(kind, merchant, id); });
}

awaitable<Result<std::vector<RecordRow>>> MemoryStorage::ReadAll(RecordKind kind) {
  co_return Ask([&](const MemoryView& view) { return view.ReadAll(kind); });
}

awaitable<Result<RecordPage>> MemoryStorage::ReadPage(std::uint64_t from, std::size_t limit) {
  co_return Ask([&](const MemoryView& view) { return view.ReadPage(from, limit); });
}

awaitable<Result<std::optional<Published>>> MemoryStorage::ReadPublished(RecordKind kind,
                                                                         std::string merchant,
                                                                         std::string id) {
  co_return Ask([&](const MemoryView& view) { return view.ReadPublished(kind, merchant, id); });
}

awaitable<Result<ListPage>> MemoryStorage::List(ListQuery query) {
  co_return Ask([&](const MemoryView& view) { return view.List(query); });
}

awaitable<Result<std::vector<std::string>>> MemoryStorage::FindAlias(std::string merchant,
                                                                     std::string kind,
                                                                     std::string key,
                                                                     std::size_t limit) {
  co_return Ask([&](const MemoryView& view) { return view.FindAlias(merchant, kind, key, limit); });
}

awaitable<Result<ChangesPage>> MemoryStorage::ReadChanges(std::string merchant, std::uint64_t after,
                                                          std::size_t limit,
                                                          std::vector<std::string> types) {
  // A batch is in the view a moment before the feed is said to reach it.
  const auto end = watch_.End(merchant);
  co_return Ask([&](const MemoryView& view) {
    return view.ReadChanges(merchant, {.after = after, .end = end}, limit, types);
  });
}

awaitable<Result<std::vector<ChangeRow>>> MemoryStorage::ReadChangesAt(
    std::string merchant, std::vector<std::uint64_t> seqs) {
  co_return Ask([&](const MemoryView& view) { return view.ReadChangesAt(merchant, seqs); });
}

std::uint64_t MemoryStorage::FeedEnd(const std::string& merchant) const {
  return watch_.End(merchant);
}

awaitable<void> MemoryStorage::WaitBeyond(std::string merchant, std::uint64_t seq,
                                          std::chrono::milliseconds timeout) {
  return watch_.WaitBeyond(std::move(merchant), seq, timeout);
}

awaitable<Result<std::vector<WorkRow>>> MemoryStorage::DueWork(std::string kind, Instant until,
                                                               std::size_t limit) {
  co_return Ask([&](const MemoryView& view) { return view.DueWork(kind, until, limit); });
}

awaitable<Result<std::optional<Instant>>> MemoryStorage::NextDue(std::string kind) {
  co_return Ask([&](const MemoryView& view) { return view.NextDue(kind); });
}

awaitable<Result<std::optional<WorkRow>>> MemoryStorage::FindWork(WorkKey key) {
  co_return Ask([&](const MemoryView& view) { return view.FindWork(key); });
}

awaitable<Result<std::vector<QuarantineRow>>> MemoryStorage::ListQuarantine(
    std::string merchant, std::optional<Position> before, std::size_t limit) {
  co_return Ask(
      [&](const MemoryView& view) { return view.ListQuarantine(merchant, before, limit); });
}

}  // namespace weir::storage
