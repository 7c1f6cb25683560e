// SPDX-License-Identifier: Apache-2.0
#include "storage/embedded/record_table.hpp"

#include <fmt/format.h>

namespace weir::storage {

RecordTable::RecordTable(SqliteConnection& connection, const Words& words, const KeyRing& keys)
    : words_(words),
      keys_(keys),
      find_(connection,
            fmt::format("SELECT {} FROM record WHERE family = ?1 AND id = ?2", kColumns)) {}

std::optional<RecordRow> RecordTable::Find(RecordKind kind, const std::string& merchant,
                                           const std::string& id) {
  const auto number = words_.Find(merchant);
  if (!number) return std::nullopt;
  SqliteRows rows(find_, Family(*number, kind), std::string_view(id));
  if (!rows.Next()) return std::nullopt;
  return FromRow(rows, words_, keys_);
}

BlobPlace RecordTable::PlaceOf(std::int64_t family, std::string_view id) {
  return {.table = "record", .key = family, .id = id};
}

RecordRow RecordTable::FromRow(const SqliteRows& rows, const Words& words, const KeyRing& keys) {
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
  row.columns.number = rows.IsInt(10) && rows.Int(10) == kNumberInId
                           ? NumberInId(row.columns.platform, row.id)
                           : std::string(rows.Text(10));
  row.columns.display = rows.Text(11);
  row.trail = rows.Bytes(12);
  row.state = UnpackText(keys, PlaceOf(rows.Int(0), row.id), rows.Bytes(13));
  return row;
}

}  // namespace weir::storage
