// SPDX-License-Identifier: Apache-2.0
#include "sync/replay_storage.hpp"

#include <fmt/format.h>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <set>
#include <utility>

#include "base/digest.hpp"
#include "sync/trail.hpp"

namespace weir::sync {
namespace {

constexpr std::size_t kMaxExamples = 20;
constexpr std::size_t kRecordsAtOnce = 1024;

/// Of everything but the numbers of changes, which an earlier epoch may have moved.
std::uint64_t SumOf(const storage::RecordRow& row) {
  std::uint64_t sum = Checksum(row.state, row.version);
  for (const TrailItem& item : DecodeTrail(row.trail)) {
    sum = Checksum({reinterpret_cast<const char*>(&item.offset), sizeof item.offset}, sum);
  }
  const storage::RecordColumns& columns = row.columns;
  for (const std::string* text : {&columns.store, &columns.platform, &columns.connection,
                                  &columns.status, &columns.number, &columns.display}) {
    sum = Checksum(*text, sum);
  }
  return sum ^ static_cast<std::uint64_t>(columns.sorted_at.time_since_epoch().count()) ^
         static_cast<std::uint64_t>(columns.updated_at.time_since_epoch().count() << 1U);
}

}  // namespace

boost::asio::awaitable<Result<storage::Position>> ReplayStorage::Append(
    std::vector<storage::NewEntry>) {
  co_return Fail(ErrorKind::kRejected, "a replay appends nothing");
}

boost::asio::awaitable<Result<std::vector<storage::Entry>>> ReplayStorage::Scan(
    Position from, std::size_t max_entries, std::size_t max_bytes) {
  auto entries = co_await live_.Scan(from, max_entries, max_bytes);
  if (!entries) co_return entries;
  std::erase_if(*entries, [this](const storage::Entry& entry) { return entry.position > end_; });
  for (const storage::Entry& entry : *entries) {
    if (entry.envelope.kind == storage::EntryKind::kEpoch) NoteEpoch(entry);
  }
  co_return entries;
}

boost::asio::awaitable<Result<storage::Fence>> ReplayStorage::AcquireLease(std::uint32_t shard) {
  return scratch_.AcquireLease(shard);
}

boost::asio::awaitable<Result<void>> ReplayStorage::Apply(storage::Fence fence, Position expected,
                                                          storage::Batch batch) {
  report_.entries += batch.through.offset - expected.offset;
  report_.changes += batch.changes.size();
  for (const storage::RecordRow& row : batch.puts) NotePut(row, expected);
  for (const storage::ChangeRow& change : batch.changes) {
    if (auto compared = co_await feeds_.Compare(change); !compared) co_return compared;
  }
  report_.expired = feeds_.expired();
  // Nothing reads them any more.
  for (storage::ChangeRow& change : batch.changes) change.data.clear();
  using boost::asio::experimental::awaitable_operators::operator&&;
  auto [read, applied] =
      co_await (feeds_.ReadAhead() && scratch_.Apply(fence, expected, std::move(batch)));
  if (!read) co_return read;
  co_return applied;
}

std::size_t ReplayStorage::NameHash::operator()(const RecordName& name) const {
  return Checksum(name.id, Checksum(name.merchant, static_cast<std::uint64_t>(name.kind)));
}

// What differed so far turns out to be of an earlier epoch.
void ReplayStorage::NoteEpoch(const storage::Entry& entry) {
  if (entry.position.offset <= report_.epoch_begin) return;
  feeds_.BeginEpoch(entry.position.offset);
  report_.epoch_begin = entry.position.offset;
  report_.differing_earlier += std::exchange(report_.differing, 0);
}

void ReplayStorage::NotePut(const storage::RecordRow& row, Position expected) {
  const auto [made, fresh] = records_.try_emplace(RecordName{row.kind, row.merchant, row.id});
  made->second.sum = SumOf(row);
  made->second.published_seq = row.published_seq;
  if (!fresh) return;
  const auto trail = DecodeTrail(row.trail);
  made->second.first_entry = trail.empty() ? expected.offset + 1 : trail.front().offset;
}

bool ReplayStorage::IsCurrent(const storage::ChangeRow& change) const {
  if (change.cause.offset < report_.epoch_begin) return false;
  for (const auto kind : storage::kPublishedKinds) {
    const auto made = records_.find(RecordName{kind, change.merchant, change.subject});
    if (made != records_.end()) return made->second.first_entry >= report_.epoch_begin;
  }
  return true;
}

void ReplayStorage::CompareRecord(const storage::RecordRow& row) {
  const auto found = records_.find({row.kind, row.merchant, row.id});
  if (found == records_.end()) {
    // A replay from a snapshot on leaves what stands in it.
    if (first_ > 1) return;
    return Differ(true, fmt::format("record {} of {} came from no entry", row.id, row.merchant));
  }
  Made& made = found->second;
  made.found = true;
  const bool current = made.first_entry >= report_.epoch_begin;
  if (SumOf(row) != made.sum ||
      (current && !feeds_.SameNumber(row.merchant, made.published_seq, row.published_seq))) {
    Differ(current, fmt::format("record {} of {} differs: version {} in the view", row.id,
                                row.merchant, row.version));
  }
}

boost::asio::awaitable<Result<void>> ReplayStorage::CompareRecords() {
  using boost::asio::experimental::awaitable_operators::operator&&;
  auto page = co_await live_.ReadPage(0, kRecordsAtOnce);
  while (page && page->next != 0) {
    const auto compare = [](ReplayStorage& self,
                            const storage::RecordPage& rows) -> Awaitable<void> {
      for (const storage::RecordRow& row : rows.records) self.CompareRecord(row);
      co_return;
    };
    page = co_await (live_.ReadPage(page->next, kRecordsAtOnce) && compare(*this, *page));
  }
  if (!page) co_return std::unexpected(page.error());
  for (const storage::RecordRow& row : page->records) CompareRecord(row);
  for (const auto& [name, made] : records_) {
    if (made.found) continue;
    Differ(made.first_entry >= report_.epoch_begin,
           fmt::format("record {} of {} is missing in the view", name.id, name.merchant));
  }
  co_return Result<void>{};
}

boost::asio::awaitable<Result<void>> ReplayStorage::CompareRest() {
  report_.records = records_.size();
  std::set<std::string> merchants;
  for (const auto& [name, made] : records_) merchants.insert(name.merchant);
  if (auto compared = co_await CompareRecords(); !compared) co_return compared;
  for (const std::string& merchant : merchants) {
    if (auto compared = co_await feeds_.CompareRest(merchant); !compared) co_return compared;
  }
  co_return Result<void>{};
}

void ReplayStorage::Differ(bool current_epoch, std::string what) {
  ++(current_epoch ? report_.differing : report_.differing_earlier);
  if (report_.examples.size() < kMaxExamples) report_.examples.push_back(std::move(what));
}

boost::asio::awaitable<Result<std::optional<storage::RecordRow>>> ReplayStorage::Load(
    storage::RecordKind kind, std::string merchant, std::string id) {
  return scratch_.Load(kind, std::move(merchant), std::move(id));
}

boost::asio::awaitable<Result<std::optional<storage::RecordRow>>> ReplayStorage::Read(
    storage::RecordKind kind, std::string merchant, std::string id) {
  return scratch_.Read(kind, std::move(merchant), std::move(id));
}

boost::asio::awaitable<Result<std::optional<storage::Published>>> ReplayStorage::ReadPublished(
    storage::RecordKind kind, std::string merchant, std::string id) {
  return scratch_.ReadPublished(kind, std::move(merchant), std::move(id));
}

boost::asio::awaitable<Result<storage::ListPage>> ReplayStorage::List(storage::ListQuery query) {
  return scratch_.List(std::move(query));
}

boost::asio::awaitable<Result<std::vector<std::string>>> ReplayStorage::FindAlias(
    std::string merchant, std::string kind, std::string key, std::size_t limit) {
  return scratch_.FindAlias(std::move(merchant), std::move(kind), std::move(key), limit);
}

boost::asio::awaitable<Result<storage::ChangesPage>> ReplayStorage::ReadChanges(
    std::string merchant, std::uint64_t after, std::size_t limit, std::vector<std::string> types) {
  return scratch_.ReadChanges(std::move(merchant), after, limit, std::move(types));
}

boost::asio::awaitable<Result<std::vector<storage::ChangeRow>>> ReplayStorage::ReadChangesAt(
    std::string merchant, std::vector<std::uint64_t> seqs) {
  return scratch_.ReadChangesAt(std::move(merchant), std::move(seqs));
}

boost::asio::awaitable<void> ReplayStorage::WaitBeyond(std::string merchant, std::uint64_t seq,
                                                       std::chrono::milliseconds timeout) {
  return scratch_.WaitBeyond(std::move(merchant), seq, timeout);
}

boost::asio::awaitable<Result<std::vector<storage::WorkRow>>> ReplayStorage::DueWork(
    std::string kind, Instant until, std::size_t limit) {
  return scratch_.DueWork(std::move(kind), until, limit);
}

boost::asio::awaitable<Result<std::optional<Instant>>> ReplayStorage::NextDue(std::string kind) {
  return scratch_.NextDue(std::move(kind));
}

boost::asio::awaitable<Result<std::vector<storage::QuarantineRow>>> ReplayStorage::ListQuarantine(
    std::string merchant, std::optional<Position> before, std::size_t limit) {
  return scratch_.ListQuarantine(std::move(merchant), before, limit);
}

}  // namespace weir::sync
