// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <utility>

#include "storage/storage.hpp"
#include "sync/feed_comparison.hpp"
#include "sync/replay.hpp"

namespace weir::sync {

/// The journal of one storage under the view of another, comparing every batch as it is applied.
class ReplayStorage final : public storage::Storage {
 public:
  template <typename T>
  using Awaitable = boost::asio::awaitable<T>;
  using Position = storage::Position;

  ReplayStorage(storage::Storage& live, storage::Storage& scratch, ReplayReport& report)
      : live_(live),
        scratch_(scratch),
        first_(scratch.view_position().offset + 1),
        end_(live.view_position()),
        report_(report),
        feeds_(live, first_, [this](const storage::ChangeRow& change, std::string what) {
          Differ(IsCurrent(change), std::move(what));
        }) {}

  Awaitable<Result<Position>> Append(std::vector<storage::NewEntry> entries) override;
  Awaitable<Result<std::vector<storage::Entry>>> Scan(Position from, std::size_t max_entries,
                                                      std::size_t max_bytes) override;
  Position journal_begin() const override { return live_.journal_begin(); }
  Position journal_end() const override { return end_; }
  Position published_at_open() const override { return {}; }

  Awaitable<Result<storage::Fence>> AcquireLease(std::uint32_t shard) override;
  Awaitable<Result<void>> Apply(storage::Fence fence, Position expected,
                                storage::Batch batch) override;
  Awaitable<Result<std::optional<storage::RecordRow>>> Load(storage::RecordKind kind,
                                                            std::string merchant,
                                                            std::string id) override;
  Awaitable<Result<void>> Checkpoint() override { return scratch_.Checkpoint(); }

  Position view_position() const override { return scratch_.view_position(); }
  std::uint32_t fold_version() const override { return scratch_.fold_version(); }
  Awaitable<Result<std::optional<storage::RecordRow>>> Read(storage::RecordKind kind,
                                                            std::string merchant,
                                                            std::string id) override;
  Awaitable<Result<std::vector<storage::RecordRow>>> ReadAll(storage::RecordKind kind) override {
    return scratch_.ReadAll(kind);
  }
  Awaitable<Result<storage::RecordPage>> ReadPage(std::uint64_t from, std::size_t limit) override {
    return scratch_.ReadPage(from, limit);
  }
  Awaitable<Result<std::optional<storage::Published>>> ReadPublished(storage::RecordKind kind,
                                                                     std::string merchant,
                                                                     std::string id) override;
  Awaitable<Result<storage::ListPage>> List(storage::ListQuery query) override;
  Awaitable<Result<std::vector<std::string>>> FindAlias(std::string merchant, std::string kind,
                                                        std::string key,
                                                        std::size_t limit) override;
  Awaitable<Result<storage::ChangesPage>> ReadChanges(std::string merchant, std::uint64_t after,
                                                      std::size_t limit,
                                                      std::vector<std::string> types) override;
  Awaitable<Result<std::vector<storage::ChangeRow>>> ReadChangesAt(
      std::string merchant, std::vector<std::uint64_t> seqs) override;
  std::uint64_t FeedEnd(const std::string& merchant) const override {
    return scratch_.FeedEnd(merchant);
  }
  Awaitable<void> WaitBeyond(std::string merchant, std::uint64_t seq,
                             std::chrono::milliseconds timeout) override;
  Awaitable<Result<std::vector<storage::WorkRow>>> DueWork(std::string kind, Instant until,
                                                           std::size_t limit) override;
  Awaitable<Result<std::optional<Instant>>> NextDue(std::string kind) override;
  Awaitable<Result<std::optional<storage::WorkRow>>> FindWork(storage::WorkKey key) override {
    return scratch_.FindWork(std::move(key));
  }
  Awaitable<Result<std::vector<storage::QuarantineRow>>> ListQuarantine(
      std::string merchant, std::optional<Position> before, std::size_t limit) override;

  /// Compares what is left once all entries are folded: every record the replay made, and changes
  /// that nobody made.
  Awaitable<Result<void>> CompareRest();

 private:
  struct RecordName {
    storage::RecordKind kind{};
    std::string merchant;
    std::string id;
    friend bool operator==(const RecordName&, const RecordName&) = default;
  };
  struct NameHash {
    std::size_t operator()(const RecordName& name) const;
  };
  /// A record as the replay last put it.
  struct Made {
    std::uint64_t sum = 0;
    std::uint64_t published_seq = 0;
    std::uint64_t first_entry = 0;  ///< Before the current epoch: other code had a part in it.
    bool found = false;             ///< In the live view.
  };

  void NoteEpoch(const storage::Entry& entry);
  void NotePut(const storage::RecordRow& row, Position expected);
  void CompareRecord(const storage::RecordRow& row);
  Awaitable<Result<void>> CompareRecords();
  [[nodiscard]] bool IsCurrent(const storage::ChangeRow& change) const;
  void Differ(bool current_epoch, std::string what);

  storage::Storage& live_;
  storage::Storage& scratch_;
  const std::uint64_t first_;  ///< The first entry folded.
  const Position end_;
  ReplayReport& report_;
  FeedComparison feeds_;
  std::unordered_map<RecordName, Made, NameHash> records_;
};

}  // namespace weir::sync
