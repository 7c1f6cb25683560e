// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/timer.hpp"
#include "storage/feed_watch.hpp"
#include "storage/memory/memory_view.hpp"
#include "storage/storage.hpp"

namespace weir::storage {

/// Storage in memory, for tests and for gateways that need not remember: an entry is durable as
/// soon as it is appended, for as long as this object lives. Nothing is ever removed.
class MemoryStorage final : public Storage {
 public:
  /// All outlive the storage; `sink` may be null and hears of each append before it returns.
  MemoryStorage(const Clock& clock, Timer& timer, EntrySink* sink);

  boost::asio::awaitable<Result<Position>> Append(std::vector<NewEntry> entries) override;
  boost::asio::awaitable<Result<std::vector<Entry>>> Scan(Position from, std::size_t max_entries,
                                                          std::size_t max_bytes) override;
  Position journal_begin() const override { return {.offset = 1}; }
  Position journal_end() const override;
  Position published_at_open() const override { return {}; }

  boost::asio::awaitable<Result<Fence>> AcquireLease(std::uint32_t shard) override;
  boost::asio::awaitable<Result<void>> Apply(Fence fence, Position expected, Batch batch) override;
  boost::asio::awaitable<Result<std::optional<RecordRow>>> Load(RecordKind kind,
                                                                std::string merchant,
                                                                std::string id) override;
  boost::asio::awaitable<Result<void>> Checkpoint() override;

  Position view_position() const override;
  std::uint32_t fold_version() const override;
  boost::asio::awaitable<Result<std::optional<RecordRow>>> Read(RecordKind kind,
                                                                std::string merchant,
                                                                std::string id) override;
  boost::asio::awaitable<Result<std::vector<RecordRow>>> ReadAll(RecordKind kind) override;
  boost::asio::awaitable<Result<RecordPage>> ReadPage(std::uint64_t from,
                                                      std::size_t limit) override;
  boost::asio::awaitable<Result<std::optional<Published>>> ReadPublished(RecordKind kind,
                                                                         std::string merchant,
                                                                         std::string id) override;
  boost::asio::awaitable<Result<ListPage>> List(ListQuery query) override;
  boost::asio::awaitable<Result<std::vector<std::string>>> FindAlias(std::string merchant,
                                                                     std::string kind,
                                                                     std::string key,
                                                                     std::size_t limit) override;
  boost::asio::awaitable<Result<ChangesPage>> ReadChanges(std::string merchant, std::uint64_t after,
                                                          std::size_t limit,
                                                          std::vector<std::string> types) override;
  boost::asio::awaitable<Result<std::vector<ChangeRow>>> ReadChangesAt(
      std::string merchant, std::vector<std::uint64_t> seqs) override;
  std::uint64_t FeedEnd(const std::string& merchant) const override;
  boost::asio::awaitable<void> WaitBeyond(std::string merchant, std::uint64_t seq,
                                          std::chrono::milliseconds timeout) override;
  boost::asio::awaitable<Result<std::vector<WorkRow>>> DueWork(std::string kind, Instant until,
                                                               std::size_t limit) override;
  boost::asio::awaitable<Result<std::optional<Instant>>> NextDue(std::string kind) override;
  boost::asio::awaitable<Result<std::optional<WorkRow>>> FindWork(WorkKey key) override;
  boost::asio::awaitable<Result<std::vector<QuarantineRow>>> ListQuarantine(
      std::string merchant, std::optional<Position> before, std::size_t limit) override;

 private:
  /// Runs `query(view)` under the lock.
  template <typename Query>
  auto Ask(Query query) const {
    const std::lock_guard lock(view_mutex_);
    return query(view_);
  }

  const Clock& clock_;
  EntrySink* const sink_;
  FeedWatch watch_;

  mutable std::mutex journal_mutex_;
  std::vector<Entry> entries_;  ///< Entry n stands at n - 1.
  Instant last_stamp_{};

  mutable std::mutex view_mutex_;
  MemoryView view_;
  std::uint64_t fence_ = 0;
};

}  // namespace weir::storage
