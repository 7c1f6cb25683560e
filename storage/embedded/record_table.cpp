// SPDX-License-Identifier: Apache-2.0
#include "storage/embedded/record_table.hpp"

#include <fmt/format.h>

namespace weir::storage {

RecordTable::RecordTable(SqliteConnection& connection, const Words& words)
    : words_(words),
      find_(connection,
            fmt::format("SELECT {} FROM record WHERE family = ?1 AND id = ?2", kColumns)),
      known_(connection,
             "SELECT key, published_seq, listed = ?3 AND store = ?4 AND platform = ?5 AND"
             " connection = ?6 AND sorted_at = ?7 AND number IS ?8 AND display = ?9, status"
             " FROM record WHERE family = ?1 AND id = ?2") {}

std::optional<RecordRow> RecordTable::Find(RecordKind kind, const std::string& merchant,
                                           const std::string& id) {
  const auto number = words_.Find(merchant);
  if (!number) return std::nullopt;
  SqliteRows rows(find_, Family(*number, kind), std::string_view(id));
  if (!rows.Next()) return std::nullopt;
  return FromRow(rows, words_);
}

std::optional<RecordTable::Known> RecordTable::FindKnown(std::int64_t family, const RecordRow& row,
                                                         const RowWords& row_words) {
  const auto& columns = row.columns;
  SqliteRows rows(known_, family, std::string_view(row.id), row.published_seq > 0, row_words.store,
                  row_words.platform, row_words.connection, PackTime(columns.sorted_at),
                  PackNumber(columns.number), std::string_view(columns.display));
  if (!rows.Next()) return std::nullopt;
  return Known{.key = rows.Int(0),
               .published_seq = rows.Uint(1),
               .same_place = rows.Int(2) != 0,
               .same_status = rows.Int(3) == row_words.status};
}

RecordRow RecordTable::FromRow(const SqliteRows& rows, const Words& words) {
  RecordRow row;
  row.kind = static_cast<RecordKind>(rows.Int(0) & 0xFF);
  row.merchant = words.Text(MerchantOfFamily(rows.Int(0)));
  row.version = rows.Uint(1);
  row.published_seq = rows.Uint(2);
  row.columns.store = words.Text(rows.Int(3));
  row.columns.platform = words.Text(rows.Int(4));
  row.columns.connection = words.Text(rows.Int(5));
  row.columns.status = words.Text(rows.Int(6));
  row.columns.sorted_at = UnpackTime(rows.Int(7));
  row.columns.updated_at = UnpackTime(rows.Int(8));
  row.id = rows.Text(9);
  row.columns.number = rows.Text(10);
  row.columns.display = rows.Text(11);
  row.trail = rows.Bytes(12);
  row.state = UnpackText(rows.Bytes(13));
  return row;
}

}  // namespace weir::storage
