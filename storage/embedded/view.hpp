// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "storage/embedded/gate.hpp"
#include "storage/embedded/sqlite.hpp"
#include "storage/embedded/sqlite_vfs.hpp"
#include "storage/embedded/view_reader.hpp"
#include "storage/embedded/view_writer.hpp"
#include "storage/embedded/words.hpp"

namespace weir::storage {

enum class Flushing {
  kEveryBatch,  ///< What was applied outlives a power cut.
  kNever,       ///< For a view that is thrown away with its process.
};

/// view.db: records, feed and work as of one position of the journal. One writer, any number of
/// readers beside it; all calls block and are safe from any thread.
class View {
 public:
  /// Opens or makes the file and brings it to this program's schema. kMalformed, with what to do,
  /// when it is damaged or was made by a newer program; damage is looked for where a start reads,
  /// not everywhere (see Verify). `vfs` outlives the view.
  [[nodiscard]] static Result<std::unique_ptr<View>> Open(const SqliteVfs& vfs, std::string path,
                                                          std::shared_ptr<KeyRing> keys,
                                                          Flushing flushing);

  [[nodiscard]] Result<Fence> AcquireLease();
  /// Durable when it returns. The feeds that grew, with their ends.
  [[nodiscard]] Result<ViewWriter::FeedEnds> Apply(Fence fence, Position expected,
                                                   const Batch& batch);
  [[nodiscard]] Result<std::optional<RecordRow>> Load(RecordKind kind, const std::string& merchant,
                                                      const std::string& id);
  /// See ViewWriter::CutFeed.
  [[nodiscard]] Result<std::uint64_t> CutFeed(const std::string& merchant,
                                              const ViewWriter::Expiry& expiry,
                                              std::uint64_t limit);

  /// See ViewWriter::Overwrite.
  [[nodiscard]] Result<void> Overwrite(const Erasure& erasure);

  [[nodiscard]] Position position() const { return {.offset = position_.load()}; }
  [[nodiscard]] std::uint32_t fold_version() const { return fold_version_.load(); }
  [[nodiscard]] ViewWriter::FeedEnds FeedEnds();
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] const SqliteVfs& vfs() const { return vfs_; }
  [[nodiscard]] Flushing flushing() const { return flushing_; }

  /// Runs `query(reader)` on a connection of its own for that long; what it throws becomes the
  /// Error. Sees at least the last Apply that returned.
  template <typename Query>
  auto Ask(Query query) -> Result<decltype(query(std::declval<ViewReader&>()))> {
    return AtEdge([&] {
      auto reader = Borrow();
      auto answer = query(*reader);
      Return(std::move(reader));
      return answer;
    });
  }

  /// Reads the whole file; kMalformed says what is damaged. For `weir doctor`.
  [[nodiscard]] Result<void> Verify();

  /// Holds the writer between two transactions.
  [[nodiscard]] Gate& gate() { return gate_; }
  /// What the WAL holds, and how many transactions there have been.
  [[nodiscard]] std::uint64_t wal_bytes() const { return wal_bytes_.load(); }
  [[nodiscard]] std::uint64_t commits() const { return commits_.load(); }

 private:
  View(const SqliteVfs& vfs, std::string path, std::shared_ptr<KeyRing> keys, Flushing flushing);
  static int OnCommit(void* view, sqlite3* handle, const char* name, int wal_pages);
  [[nodiscard]] std::unique_ptr<ViewReader> Borrow();
  void Return(std::unique_ptr<ViewReader> reader);

  const SqliteVfs& vfs_;
  const std::string path_;
  const std::shared_ptr<KeyRing> keys_;
  const Flushing flushing_;
  Words words_;
  Gate gate_;
  std::optional<ViewWriter> writer_;  ///< Behind the gate.
  std::atomic<std::uint64_t> position_{0};
  std::atomic<std::uint32_t> fold_version_{0};
  std::atomic<std::uint64_t> wal_bytes_{0};
  std::atomic<std::uint64_t> commits_{0};
  std::mutex idle_mutex_;
  std::vector<std::unique_ptr<ViewReader>> idle_;
};

/// Sets what the connection flushes.
void SetFlushing(SqliteConnection& connection, Flushing flushing);

/// SQLite's page, the unit of what a commit writes: small, because one push changes few bytes in
/// each of several places.
inline constexpr std::uint64_t kViewPageBytes = 4096;

}  // namespace weir::storage
