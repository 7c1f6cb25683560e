// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/disk.hpp"
#include "base/random.hpp"
#include "base/timer.hpp"
#include "storage/embedded/checkpointer.hpp"
#include "storage/embedded/due_cache.hpp"
#include "storage/embedded/snapshots.hpp"
#include "storage/embedded/sqlite_vfs.hpp"
#include "storage/embedded/view.hpp"
#include "storage/feed_watch.hpp"
#include "storage/journal.hpp"
#include "storage/key_ring.hpp"
#include "storage/storage.hpp"

namespace weir::storage {

struct RetentionOptions {
  std::chrono::hours feed{24 * 90};
  std::uint64_t feed_least = 1'000'000;  ///< Per merchant; these stay whatever their age.
  std::chrono::hours journal{24 * 90};
};

struct EmbeddedOptions {
  std::string folder;
  /// Its `folder` is set by the storage.
  JournalOptions journal;
  CheckpointOptions checkpoint;
  RetentionOptions retention;
  /// What of the view is flushed; the journal always is.
  Flushing flushing = Flushing::kEveryBatch;
  /// What seals everything in the folder; empty: the key beside the data, made where there is none.
  EncryptionKeys encryption;
  /// Outlives the storage; null: the system's.
  Random* random = nullptr;
  /// Where reads block; a pool of its own, not the threads that serve the network.
  boost::asio::any_io_executor readers;
};

/// Storage in one folder of this machine: `journal/` holds what came in, `view.db` what it caused,
/// `snapshots/` copies of the view, `keys` what they are sealed with, `lock` keeps other processes
/// out.
///
/// Apply and Load run on the caller's thread (the fold's), every other read on the readers'
/// executor. The journal's writer and the checkpointer are driven by whoever owns the threads.
class EmbeddedStorage final : public Storage {
 public:
  /// All references, and the sink unless null, outlive the storage. kConflict when another process
  /// holds the folder; kUnauthorized when the encryption key does not open its keys; kMalformed,
  /// with what to do, when what is there does not fit together. A
  /// missing view.db is rebuilt from the newest snapshot; the journal's entries behind its position
  /// are the fold's to apply again.
  [[nodiscard]] static Result<std::unique_ptr<EmbeddedStorage>> Open(Disk& disk, const Clock& clock,
                                                                     Timer& timer,
                                                                     EmbeddedOptions options,
                                                                     EntrySink* sink);

  boost::asio::awaitable<Result<Position>> Append(std::vector<NewEntry> entries) override;
  boost::asio::awaitable<Result<std::vector<Entry>>> Scan(Position from, std::size_t max_entries,
                                                          std::size_t max_bytes) override;
  Position journal_begin() const override;
  Position journal_end() const override;
  Position published_at_open() const override;

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

  /// For the thread that drives its writer.
  [[nodiscard]] Journal& journal() { return *journal_; }
  /// For the thread beside the fold that steps it.
  [[nodiscard]] Checkpointer& checkpointer() { return *checkpointer_; }
  /// For other files of this folder that SQLite keeps, e.g. the refusals.
  [[nodiscard]] const SqliteVfs& vfs() const { return vfs_; }
  /// What the folder's files are sealed with.
  [[nodiscard]] KeyRing& keys() { return *keys_; }
  /// Where the view was restored from a snapshot by Open; nullopt when it was there.
  [[nodiscard]] std::optional<Position> restored() const { return restored_; }

  /// What the maintenance thread calls now and then; they block.
  Result<Position> TakeSnapshot();
  /// One for a backup, with a copy of callbacks.db that is no newer.
  Result<Position> TakeBackupSnapshot();
  /// The same when another process asked for it (Snapshots::Want); nullopt when nobody did.
  Result<std::optional<Position>> TakeWantedSnapshot();
  struct Removed {
    std::uint64_t changes = 0;   ///< Passed by: no longer in the feed.
    std::uint64_t segments = 0;  ///< Of the journal.
  };
  Result<Removed> RemoveExpired();
  /// Writes over all of this in every file of the folder, and leaves no copy: the view and its
  /// neighbours are packed anew, snapshots too. For who is alone with the storage: no other call
  /// runs meanwhile, and after a failure none is made. Blocks. Cut off anywhere, the folder can be
  /// opened, and the same call does the rest.
  Result<void> Erase(const Erasure& erasure);
  /// Reads all of view.db; kMalformed says what is damaged.
  Result<void> Verify() { return view_->Verify(); }

 private:
  EmbeddedStorage(Disk& disk, const Clock& clock, Timer& timer, EmbeddedOptions options,
                  std::unique_ptr<File> lock);
  void OpenKeys();
  void OpenJournal(EntrySink* sink);
  void OpenView();
  void EraseBesideView(const Erasure& erasure);
  [[nodiscard]] Result<std::vector<Entry>> ScanNow(Position from, std::size_t max_entries,
                                                   std::size_t max_bytes);
  [[nodiscard]] std::uint64_t CutFeeds();
  [[nodiscard]] std::uint64_t CutJournal();
  template <typename Query>
  auto OnReader(Query query);

  Disk& disk_;
  const Clock& clock_;
  const EmbeddedOptions options_;
  const std::unique_ptr<File> lock_;
  SqliteVfs vfs_;
  FeedWatch watch_;
  Snapshots snapshots_;
  std::optional<Position> restored_;
  std::shared_ptr<KeyRing> keys_;
  std::unique_ptr<Journal> journal_;
  std::unique_ptr<View> view_;
  std::unique_ptr<Checkpointer> checkpointer_;
  DueCache dues_;
  std::mutex maintenance_mutex_;  ///< One snapshot or removal at a time.

  /// The reader that the last Scan left, and where it stands: scans mostly go on.
  std::mutex scan_mutex_;
  std::unique_ptr<JournalReader> scan_reader_;
  Position scan_next_;
};

}  // namespace weir::storage
