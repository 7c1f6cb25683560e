// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "storage/batch.hpp"
#include "storage/embedded/blobs.hpp"
#include "storage/embedded/record_table.hpp"
#include "storage/embedded/record_writer.hpp"
#include "storage/embedded/schema.hpp"
#include "storage/embedded/sqlite.hpp"
#include "storage/embedded/words.hpp"
#include "storage/erasure.hpp"
#include "storage/storage.hpp"

namespace weir::storage {

/// The one connection that writes view.db. Throws SqliteError and Failure; one thread at a time
/// (View's gate sees to it).
class ViewWriter {
 public:
  /// A merchant and its last published seq.
  using FeedEnds = std::vector<std::pair<std::string, std::uint64_t>>;

  /// Reads what the file holds; `connection` has the schema already, `words` are loaded.
  /// Words and keys outlive this.
  ViewWriter(SqliteConnection connection, Words& words, KeyRing& keys);

  [[nodiscard]] Position position() const { return position_; }
  [[nodiscard]] std::uint32_t fold_version() const { return fold_version_; }
  [[nodiscard]] FeedEnds Ends() const;
  [[nodiscard]] sqlite3* handle() const { return connection_.get(); }

  Fence AcquireLease();
  [[nodiscard]] std::optional<RecordRow> Load(RecordKind kind, const std::string& merchant,
                                              const std::string& id);
  /// One transaction; returns the feeds that grew.
  FeedEnds Apply(Fence fence, Position expected, const Batch& batch);

  /// Writes over what stands there, in one transaction; see Erasure.
  void Overwrite(const Erasure& erasure);

  /// How far a feed may be cut.
  struct Expiry {
    Instant before;            ///< Changes of this moment and later stay.
    std::uint64_t keep_least;  ///< So many of the newest stay whatever their age.
  };
  /// Looks at no more than `limit` of the oldest changes of one merchant and removes those that
  /// expired, except where a record shows one. Returns how many it looked at and passed by: 0 when
  /// nothing more has expired.
  std::uint64_t CutFeed(const std::string& merchant, const Expiry& expiry, std::uint64_t limit);

 private:
  struct Feed {
    std::uint64_t first = 1;
    std::uint64_t last = 0;
  };

  void LoadMeta();
  void LoadFeeds();
  void Check(Fence fence, Position expected, const Batch& batch) const;
  Words::Number Intern(std::string_view text);
  Feed FeedOf(Words::Number merchant) const;

  void Put(const RecordRow& row);
  void Publish(const ChangeRow& change);
  void PutWork(const WorkRow& work);
  void PutWork(const Batch& batch);
  void PutAliases(const Batch& batch);
  void PutQuarantine(const Batch& batch);
  FeedEnds Commit(SqliteTransaction& transaction, const Batch& batch);
  [[nodiscard]] bool Shown(std::int64_t change_key, std::string_view content);

  SqliteConnection connection_;
  Words& words_;
  const KeyRing& keys_;
  BlobPacker packer_;
  std::size_t saved_words_;
  RecordTable records_;
  RecordWriter writer_;
  Position position_;
  std::uint32_t fold_version_ = 0;
  std::uint64_t fence_ = 0;
  std::set<Words::Number> platforms_{0};  ///< Saved ones; 0, none, needs no saving.
  std::set<Words::Number> new_platforms_;
  std::unordered_map<Words::Number, Feed> feeds_;
  std::unordered_map<Words::Number, std::uint64_t> grown_;  ///< Feeds of the open transaction.
  std::string text_;                                        ///< Reused buffer.

  SqliteStatement add_word_;
  SqliteStatement add_platform_;
  SqliteStatement insert_change_;
  SqliteStatement remove_change_;
  SqliteStatement oldest_changes_;
  SqliteStatement set_first_;
  SqliteStatement put_work_;
  SqliteStatement remove_work_;
  SqliteStatement put_alias_;
  SqliteStatement remove_alias_;
  SqliteStatement put_quarantine_;
  SqliteStatement release_;
  SqliteStatement set_meta_;
};

}  // namespace weir::storage
