// SPDX-License-Identifier: Apache-2.0
#include "sync/replay_storage.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/digest.hpp"

namespace weir::sync {
namespace {

constexpr std::size_t kMaxExamples = 20;

std::uint64_t SumOf(const storage::RecordRow& row) {
  std::uint64_t sum = Checksum(row.state, row.version);
  sum = Checksum(row.trail, sum ^ row.published_seq);
  const storage::RecordColumns& columns = row.columns;
  for (const std::string* text : {&columns.store, &columns.platform, &columns.connection,
                                  &columns.status, &columns.number, &columns.display}) {
    sum = Checksum(*text, sum);
  }
  return sum ^ static_cast<std::uint64_t>(columns.sorted_at.time_since_epoch().count()) ^
         static_cast<std::uint64_t>(columns.updated_at.time_since_epoch().count() << 1U);
}

bool Same(const storage::ChangeRow& a, const storage::ChangeRow& b) {
  return a.seq == b.seq && a.cause == b.cause && a.ordinal == b.ordinal && a.type == b.type &&
         a.subject == b.subject && a.version == b.version && a.at == b.at && a.data == b.data;
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
    if (entry.envelope.kind == storage::EntryKind::kEpoch) {
      report_.epoch_begin = entry.position.offset;
    }
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
  for (const storage::RecordRow& row : batch.puts) {
    records_[{row.kind, row.merchant, row.id}] = SumOf(row);
  }
  if (auto compared = co_await CompareChanges(batch); !compared) co_return compared;
  co_return co_await scratch_.Apply(fence, expected, std::move(batch));
}

boost::asio::awaitable<Result<void>> ReplayStorage::CompareChanges(const storage::Batch& batch) {
  std::map<std::string, std::vector<const storage::ChangeRow*>> by_merchant;
  for (const storage::ChangeRow& change : batch.changes) {
    by_merchant[change.merchant].push_back(&change);
  }
  for (const auto& [merchant, made] : by_merchant) {
    std::vector<std::uint64_t> seqs;
    for (const storage::ChangeRow* change : made) seqs.push_back(change->seq);
    auto kept = co_await live_.ReadChangesAt(merchant, std::move(seqs));
    if (!kept) co_return std::unexpected(kept.error());
    auto there = kept->begin();
    for (const storage::ChangeRow* change : made) {
      while (there != kept->end() && there->seq < change->seq) ++there;
      const bool current = change->cause.offset >= report_.epoch_begin;
      if (there == kept->end() || there->seq != change->seq) {
        if (change->seq > live_.FeedEnd(merchant)) {
          Differ(current, fmt::format("change {} of {} is not in the feed", change->seq, merchant));
        } else {
          ++report_.expired;
        }
      } else if (!Same(*change, *there)) {
        Differ(current,
               fmt::format("change {} of {}: {} {} v{} in the feed, {} {} v{} replayed",
                           change->seq, merchant, there->type, there->subject, there->version,
                           change->type, change->subject, change->version));
      }
    }
  }
  co_return Result<void>{};
}

boost::asio::awaitable<Result<void>> ReplayStorage::CompareRecords() {
  report_.records = records_.size();
  for (const auto& [name, sum] : records_) {
    const auto& [kind, merchant, id] = name;
    auto row = co_await live_.Read(kind, merchant, id);
    if (!row) co_return std::unexpected(row.error());
    if (!*row) {
      Differ(true, fmt::format("record {} of {} is missing in the view", id, merchant));
    } else if (SumOf(**row) != sum) {
      Differ(true, fmt::format("record {} of {} differs: version {} in the view", id, merchant,
                               (*row)->version));
    }
  }
  for (const storage::RecordKind kind :
       {storage::RecordKind::kSetting, storage::RecordKind::kStore}) {
    auto rows = co_await live_.ReadAll(kind);
    if (!rows) co_return std::unexpected(rows.error());
    for (const storage::RecordRow& row : *rows) {
      if (!records_.contains({kind, row.merchant, row.id})) {
        Differ(true, fmt::format("record {} of {} came from no entry", row.id, row.merchant));
      }
    }
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
