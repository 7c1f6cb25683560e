// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/instant.hpp"
#include "storage/batch.hpp"
#include "storage/entry.hpp"

namespace weir::storage {

/// A published record: the JSON readers get.
struct Published {
  std::string id;
  std::uint64_t version = 0;
  std::uint64_t seq = 0;
  Instant sorted_at{};
  std::string json;
};

/// Texts from `from`, which is not empty, to `to`, both in it; byte by byte.
struct TextRange {
  std::string from;
  std::string to;
};

/// Filters are conjunctive; empty ones do not filter.
struct ListQuery {
  RecordKind kind = RecordKind::kOrder;
  std::string merchant;
  std::string store;
  std::string platform;
  std::string status;
  std::string number;
  std::string display;
  std::optional<TextRange> display_range;  ///< In place of `display`.
  std::optional<Instant> updated_after;    ///< Strictly later.
  std::optional<Instant> sorted_from;      ///< Inclusive.
  std::optional<Instant> sorted_to;        ///< Exclusive.
  /// Continue behind this record of the last page (newest first by sorted_at, then id descending).
  std::optional<std::pair<Instant, std::string>> behind;
  std::size_t limit = 100;
};

struct ListPage {
  std::vector<Published> records;
  bool more = false;
};

struct RecordPage {
  std::vector<RecordRow> records;
  std::uint64_t next = 0;  ///< Where to go on; 0 when these were the last.
};

struct ChangesPage {
  std::vector<ChangeRow> changes;
  std::uint64_t next = 0;   ///< Where to go on: the last seq looked at, filtered ones included.
  std::uint64_t first = 1;  ///< The oldest seq still kept; asking for less is an expired cursor.
};

/// Who may apply to a shard. A later holder has a higher fence; an older one's Apply is kConflict.
struct Fence {
  std::uint64_t number = 0;
};

/// What a store promises, whatever it is made of. Memory, embedded (journal files and SQLite) and
/// others pass the same tests (tests/storage/contract). Everything is awaitable and resumes on the
/// caller's executor; no handle or iterator crosses this edge. Safe from any thread, except that a
/// shard's Apply and Load belong to the fence's holder, one call at a time.
class Storage {
 public:
  virtual ~Storage() = default;

  // The journal. See storage/journal.hpp for what Append promises.
  virtual boost::asio::awaitable<Result<Position>> Append(std::vector<NewEntry> entries) = 0;
  /// Entries from `from` on, at most `max_entries` and about `max_bytes` of payload (one at least).
  virtual boost::asio::awaitable<Result<std::vector<Entry>>> Scan(Position from,
                                                                  std::size_t max_entries,
                                                                  std::size_t max_bytes) = 0;
  [[nodiscard]] virtual Position journal_begin() const = 0;
  [[nodiscard]] virtual Position journal_end() const = 0;
  /// The highest position known to have been published before this start; see Journal.
  [[nodiscard]] virtual Position published_at_open() const = 0;

  // The view and the feed: writing.
  virtual boost::asio::awaitable<Result<Fence>> AcquireLease(std::uint32_t shard) = 0;
  /// Applies the batch if the shard's view stands exactly at `expected`, else kConflict. When it
  /// returns, what it did is durable and visible to readers, and waiters of WaitBeyond are woken.
  virtual boost::asio::awaitable<Result<void>> Apply(Fence fence, Position expected,
                                                     Batch batch) = 0;
  /// A record for the fold: as last applied.
  virtual boost::asio::awaitable<Result<std::optional<RecordRow>>> Load(RecordKind kind,
                                                                        std::string merchant,
                                                                        std::string id) = 0;
  /// Writes the view to its main file, synced: nothing before it will be folded again.
  virtual boost::asio::awaitable<Result<void>> Checkpoint() = 0;

  // Reading. Every read sees a view at or beyond what any earlier read of anyone saw.
  [[nodiscard]] virtual Position view_position() const = 0;
  /// The fold version the view's records were made by; 0 for a fresh one.
  [[nodiscard]] virtual std::uint32_t fold_version() const = 0;
  virtual boost::asio::awaitable<Result<std::optional<RecordRow>>> Read(RecordKind kind,
                                                                        std::string merchant,
                                                                        std::string id) = 0;
  virtual boost::asio::awaitable<Result<std::vector<RecordRow>>> ReadAll(RecordKind kind) = 0;
  /// All records of all kinds and merchants, page by page, in no order to rely on: `from` is 0,
  /// then the last page's `next`. What is put meanwhile may be in it or not.
  virtual boost::asio::awaitable<Result<RecordPage>> ReadPage(std::uint64_t from,
                                                              std::size_t limit) = 0;
  virtual boost::asio::awaitable<Result<std::optional<Published>>> ReadPublished(
      RecordKind kind, std::string merchant, std::string id) = 0;
  virtual boost::asio::awaitable<Result<ListPage>> List(ListQuery query) = 0;
  /// Ids behind an alias, sorted, at most `limit`.
  virtual boost::asio::awaitable<Result<std::vector<std::string>>> FindAlias(std::string merchant,
                                                                             std::string kind,
                                                                             std::string key,
                                                                             std::size_t limit) = 0;
  /// Changes after `after`, whose type is in `types` (all when empty; "order.*" matches a family),
  /// up to where FeedEnd stood when this was called: nobody is shown a change that the feed, asked
  /// for what follows it, would not know yet.
  virtual boost::asio::awaitable<Result<ChangesPage>> ReadChanges(
      std::string merchant, std::uint64_t after, std::size_t limit,
      std::vector<std::string> types) = 0;
  /// The changes with these numbers that are still kept, in order.
  virtual boost::asio::awaitable<Result<std::vector<ChangeRow>>> ReadChangesAt(
      std::string merchant, std::vector<std::uint64_t> seqs) = 0;
  /// The merchant's last published seq; 0 before the first. Never blocks.
  [[nodiscard]] virtual std::uint64_t FeedEnd(const std::string& merchant) const = 0;
  /// Returns once FeedEnd(merchant) > seq, or after `timeout`; cancellable.
  virtual boost::asio::awaitable<void> WaitBeyond(std::string merchant, std::uint64_t seq,
                                                  std::chrono::milliseconds timeout) = 0;
  /// Planned work of a kind due at or before `until`, earliest first.
  virtual boost::asio::awaitable<Result<std::vector<WorkRow>>> DueWork(std::string kind,
                                                                       Instant until,
                                                                       std::size_t limit) = 0;
  /// When the earliest planned work of a kind is due.
  virtual boost::asio::awaitable<Result<std::optional<Instant>>> NextDue(std::string kind) = 0;
  /// One piece of planned work; nothing once it is done.
  virtual boost::asio::awaitable<Result<std::optional<WorkRow>>> FindWork(WorkKey key) = 0;
  /// Quarantined entries before `before`, newest first.
  virtual boost::asio::awaitable<Result<std::vector<QuarantineRow>>> ListQuarantine(
      std::string merchant, std::optional<Position> before, std::size_t limit) = 0;
};

}  // namespace weir::storage
