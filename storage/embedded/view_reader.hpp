// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "storage/embedded/blobs.hpp"
#include "storage/embedded/record_table.hpp"
#include "storage/embedded/schema.hpp"
#include "storage/embedded/sqlite.hpp"
#include "storage/embedded/words.hpp"
#include "storage/storage.hpp"

namespace weir::storage {

/// One connection that reads view.db beside the writer; the queries are those of Storage. Throws
/// SqliteError and Failure; one thread at a time.
class ViewReader {
 public:
  /// Words and keys outlive this.
  ViewReader(SqliteConnection connection, const Words& words, const KeyRing& keys);

  std::optional<RecordRow> Read(RecordKind kind, const std::string& merchant,
                                const std::string& id);
  std::vector<RecordRow> ReadAll(RecordKind kind);
  RecordPage ReadPage(std::uint64_t from, std::size_t limit);
  std::optional<Published> ReadPublished(RecordKind kind, const std::string& merchant,
                                         const std::string& id);
  ListPage List(const ListQuery& query);
  std::vector<std::string> FindAlias(const std::string& merchant, const std::string& kind,
                                     const std::string& key, std::size_t limit);
  ChangesPage ReadChanges(const std::string& merchant, SeqRange range, std::size_t limit,
                          const std::vector<std::string>& types);
  std::vector<ChangeRow> ReadChangesAt(const std::string& merchant,
                                       const std::vector<std::uint64_t>& seqs);
  std::vector<WorkRow> DueWork(const std::string& kind, Instant until, std::size_t limit);
  std::optional<Instant> NextDue(const std::string& kind);
  std::optional<WorkRow> FindWork(const WorkKey& key);
  std::vector<QuarantineRow> ListQuarantine(const std::string& merchant,
                                            std::optional<Position> before, std::size_t limit);
  std::set<Position> QuarantinedPositions();
  /// Where the detail of a quarantined entry stands.
  [[nodiscard]] static BlobPlace PlaceOfQuarantined(Position position);

 private:
  /// Which index a list walks; the order is that of `lists_`.
  enum class Index { kSorted, kStore, kStatus, kNumber, kId, kIdOfNumber };
  static constexpr std::size_t kIndexes = 6;
  /// A query's filters as they are kept in rows.
  struct Filters;
  /// A record that a list found.
  struct Hit {
    std::int64_t sorted_at = 0;
    std::string id;
    std::uint64_t seq = 0;
  };
  using Hits = std::vector<Hit>;

  [[nodiscard]] std::optional<Filters> Pack(const ListQuery& query) const;
  template <typename Use>
  void Walk(SqliteStatement& statement, const Filters& filters, Use use);
  [[nodiscard]] Hits Collect(Index index, const Filters& filters);
  [[nodiscard]] std::int64_t CountOf(SqliteStatement& statement, const Filters& filters);
  /// The filters once for each platform and status there is that they let pass; a few dozen at
  /// most.
  [[nodiscard]] std::vector<Filters> GroupsOf(Filters filters);
  /// Unsorted: the newest of every group.
  [[nodiscard]] Hits CollectGroups(const Filters& filters);
  [[nodiscard]] Index Choose(const Filters& filters);
  /// Unsorted: by their number, kept as such or within the id.
  [[nodiscard]] Hits FindNumber(const ListQuery& query, Filters filters);
  /// Unsorted: what the feed says was updated later; nullopt when that is too much to sort, or
  /// longer ago than the feed is kept.
  [[nodiscard]] std::optional<Hits> FollowFeed(Filters filters);
  [[nodiscard]] std::uint64_t FirstChangeAfter(Words::Number merchant, std::int64_t at,
                                               std::uint64_t first, std::uint64_t last);
  [[nodiscard]] std::uint64_t FirstKept(Words::Number merchant);
  [[nodiscard]] std::uint64_t LastSeq(Words::Number merchant);
  [[nodiscard]] std::string DataOf(std::int64_t change_key, std::uint64_t* version);
  [[nodiscard]] ChangeRow ChangeOf(const SqliteRows& rows, const std::string& merchant) const;

  SqliteConnection connection_;
  const Words& words_;
  const KeyRing& keys_;
  RecordTable records_;
  SqliteStatement published_;
  SqliteStatement change_;
  SqliteStatement changes_;
  SqliteStatement first_;
  SqliteStatement alias_;
  SqliteStatement due_;
  SqliteStatement next_due_;
  SqliteStatement work_;
  SqliteStatement quarantine_;
  SqliteStatement change_at_;
  SqliteStatement last_;
  SqliteStatement platforms_;
  std::array<SqliteStatement, kIndexes> lists_;
  SqliteStatement count_store_;
  SqliteStatement count_status_;
  SqliteStatement next_group_;
};

}  // namespace weir::storage
