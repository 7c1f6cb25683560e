// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/disk.hpp"
#include "base/error.hpp"
#include "storage/entry.hpp"
#include "storage/erasure.hpp"
#include "storage/key_ring.hpp"

/// The journal: what came in, durable before anyone gets an answer, in segment files of groups.
/// The format is described in storage/README.md.
namespace weir::storage {

struct JournalOptions {
  std::string folder;
  std::uint64_t segment_bytes = 64ULL << 20;
  /// How long a group may wait for company while flushes are faster than this.
  std::chrono::microseconds window{100};
  /// Entries that may wait for a flush, in bytes; Append answers kRateLimited beyond.
  std::uint64_t max_queued_bytes = 64ULL << 20;
  /// What payloads are sealed with; null: they are written as they are.
  std::shared_ptr<KeyRing> keys{};
};

/// What Journal::Open found and did; for the log and `weir doctor`.
struct JournalRecovery {
  std::uint64_t segments = 0;
  std::uint64_t entries = 0;
  std::uint64_t torn_bytes = 0;  ///< Cut from the tail of the last segment: never answered.
};

class JournalReader;

class Journal {
 public:
  /// Recovers what is there and opens a fresh segment. A torn tail is cut; damage anywhere else (a
  /// valid group after an invalid one, a broken chain, a missing segment) is kMalformed with what
  /// to do in its message, and nothing is changed. `sink` may be null and must outlive the journal.
  [[nodiscard]] static Result<std::unique_ptr<Journal>> Open(Disk& disk, const Clock& clock,
                                                             JournalOptions options,
                                                             EntrySink* sink);
  virtual ~Journal() = default;

  /// Queues the entries as one unit (all in one group) and resumes the caller, on its own executor,
  /// once they are durable: the position of the first; the others follow it densely. kRateLimited
  /// when too much is queued; kInternal when their flush failed (they may or may not be found
  /// after a restart, but were handed to nobody). Callable from any thread. Compression happens on
  /// the caller's thread, sealing on the writer's.
  virtual boost::asio::awaitable<Result<Position>> Append(std::vector<NewEntry> entries) = 0;

  /// The writer: writes and flushes one group of what is queued, completes its waiters (each
  /// io_context is woken once with all of its own) and hands it to the sink. False when nothing
  /// was queued. After a failed flush the segment is closed and a new one is opened by a probe,
  /// which each Step tries, with or without waiters; while that fails Step keeps failing its
  /// waiters. One thread at a time.
  virtual Result<bool> Step() = 0;
  /// Whether the last write failed; a probe that succeeds ends it.
  [[nodiscard]] virtual bool is_failing() const = 0;

  /// Blocks the writer's thread until something is queued (and the group window has passed) or
  /// Wake() is called.
  virtual void WaitForWork() = 0;
  virtual void Wake() = 0;

  /// The last durable entry.
  [[nodiscard]] virtual Position end() const = 0;
  /// The first entry still kept (segments before it are gone); end + 1 when empty.
  [[nodiscard]] virtual Position begin() const = 0;
  /// What recovery found at Open.
  [[nodiscard]] virtual const JournalRecovery& recovery() const = 0;
  /// Last stamp given.
  [[nodiscard]] virtual Instant last_stamp() const = 0;

  /// Tells the journal how far the feed has been published; written into each group from then on,
  /// so that a start finds out when a view was set back behind what readers saw.
  virtual void NotePublished(Position through) = 0;
  /// The highest NotePublished found in the journal at Open.
  [[nodiscard]] virtual Position published_at_open() const = 0;

  /// Reads from `from` (inclusive) to the end as it is when reached. Safe beside the writer, from
  /// any one thread.
  [[nodiscard]] virtual Result<std::unique_ptr<JournalReader>> Read(Position from) const = 0;

  /// Removes whole segments whose entries are all before `before` and stamped before `older_than`;
  /// entries of `keep` in them are first copied to the folder `kept`. Returns how many were
  /// removed.
  virtual Result<std::uint64_t> RemoveSegments(Position before, Instant older_than,
                                               const std::set<Position>& keep) = 0;

  /// Overwrites the payloads of these entries and keeps instead what is given for each (see
  /// Entry::erased); positions and the chain stay. One that was kept when its segment went is
  /// removed. Nobody appends or reads meanwhile. kRejected,
  /// and nothing is changed, when one was written before payloads were sealed. Cut off anywhere,
  /// each entry is as it was or erased, and the same call does the rest.
  virtual Result<void> Erase(const Residues& residues) = 0;
};

class JournalReader {
 public:
  virtual ~JournalReader() = default;
  /// The next entry; nullopt at the durable end (call again later for more).
  virtual Result<std::optional<Entry>> Next() = 0;
};

}  // namespace weir::storage
