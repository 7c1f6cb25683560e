// SPDX-License-Identifier: Apache-2.0
#include "storage/embedded/record_writer.hpp"

#include "storage/embedded/record_table.hpp"

namespace weir::storage {
namespace {

std::string_view DictionaryOf(RecordKind kind) {
  return kind == RecordKind::kOrder ? "order_state" : "";
}

}  // namespace

// The three ways to update name no more columns than they must: SQLite rewrites every index that
// holds a column named here, whether its value differs or not.
RecordWriter::RecordWriter(SqliteConnection& connection, BlobPacker& packer)
    : connection_(connection),
      packer_(packer),
      insert_(connection,
              "INSERT OR IGNORE INTO record VALUES (NULL, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, "
              "?10, ?11, ?12, ?13, ?14, ?15)"),
      find_(connection,
            "SELECT key, published_seq, listed = ?3 AND store = ?4 AND platform = ?5 AND "
            "connection = ?6 AND sorted_at = ?7 AND number IS ?8 AND display = ?9, status = ?10 "
            "FROM record WHERE family = ?1 AND id = ?2"),
      touch_(connection,
             "UPDATE record SET version = ?2, published_seq = ?3, updated_at = ?4, trail = ?5, "
             "state = ?6 WHERE key = ?1"),
      move_(connection,
            "UPDATE record SET version = ?2, published_seq = ?3, updated_at = ?4, trail = ?5, "
            "state = ?6, status = ?7 WHERE key = ?1"),
      replace_(connection,
               "UPDATE record SET version = ?2, published_seq = ?3, updated_at = ?4, trail = ?5, "
               "state = ?6, status = ?7, listed = ?8, store = ?9, platform = ?10, "
               "connection = ?11, sorted_at = ?12, number = ?13, display = ?14 WHERE key = ?1") {}

std::uint64_t RecordWriter::Put(const RecordRow& row, const RowWords& words) {
  const auto state = packer_.Pack(RecordTable::PlaceOf(Family(words.merchant, row.kind), row.id),
                                  {.merchant = row.merchant, .at = row.columns.updated_at},
                                  DictionaryOf(row.kind), row.state);
  // A first version is hardly ever there already: one search instead of two.
  if (row.version <= 1 && Insert(row, words, state)) return 0;
  const auto known = Find(row, words);
  if (known) {
    Update(*known, row, words, state);
    return known->published_seq;
  }
  if (!Insert(row, words, state)) {
    throw Failure(ErrorKind::kInternal, "a record is neither there nor can it be put");
  }
  return 0;
}

bool RecordWriter::Insert(const RecordRow& row, const RowWords& words, Blob state) {
  const auto& columns = row.columns;
  insert_.Run(Family(words.merchant, row.kind), row.published_seq > 0, row.version,
              row.published_seq, words.store, words.platform, words.connection, words.status,
              PackTime(columns.sorted_at), PackTime(columns.updated_at), std::string_view(row.id),
              PackNumber(row), std::string_view(columns.display), Blob{row.trail}, state);
  return sqlite3_changes(connection_.get()) > 0;
}

std::optional<RecordWriter::Known> RecordWriter::Find(const RecordRow& row, const RowWords& words) {
  const auto& columns = row.columns;
  SqliteRows rows(find_, Family(words.merchant, row.kind), std::string_view(row.id),
                  row.published_seq > 0, words.store, words.platform, words.connection,
                  PackTime(columns.sorted_at), PackNumber(row), std::string_view(columns.display),
                  words.status);
  if (!rows.Next()) return std::nullopt;
  return Known{.key = rows.Int(0),
               .published_seq = rows.Uint(1),
               .same_place = rows.Int(2) != 0,
               .same_status = rows.Int(3) != 0};
}

void RecordWriter::Update(const Known& known, const RecordRow& row, const RowWords& words,
                          Blob state) {
  const auto& columns = row.columns;
  const auto updated_at = PackTime(columns.updated_at);
  const Blob trail{row.trail};
  if (!known.same_place) {
    replace_.Run(known.key, row.version, row.published_seq, updated_at, trail, state, words.status,
                 row.published_seq > 0, words.store, words.platform, words.connection,
                 PackTime(columns.sorted_at), PackNumber(row), std::string_view(columns.display));
  } else if (!known.same_status) {
    move_.Run(known.key, row.version, row.published_seq, updated_at, trail, state, words.status);
  } else {
    touch_.Run(known.key, row.version, row.published_seq, updated_at, trail, state);
  }
}

}  // namespace weir::storage
