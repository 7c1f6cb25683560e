// SPDX-License-Identifier: Apache-2.0
#include "storage/embedded/schema.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <limits>

#include "base/ids.hpp"
#include "base/text.hpp"

namespace weir::storage {
namespace {

/// A step to a schema is never edited once released; a change is a new step at the end.
constexpr std::array kMigrations = {
    R"sql(
CREATE TABLE meta (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  position INTEGER NOT NULL, fold_version INTEGER NOT NULL, fence INTEGER NOT NULL);
INSERT INTO meta VALUES (1, 0, 0, 0);
CREATE TABLE word (no INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE feed (merchant INTEGER PRIMARY KEY, first INTEGER NOT NULL);
CREATE TABLE record (
  key INTEGER PRIMARY KEY,
  family INTEGER NOT NULL, listed INTEGER NOT NULL,
  version INTEGER NOT NULL, published_seq INTEGER NOT NULL,
  store INTEGER NOT NULL, platform INTEGER NOT NULL, connection INTEGER NOT NULL,
  status INTEGER NOT NULL, sorted_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
  id TEXT NOT NULL, number, display TEXT NOT NULL, trail BLOB NOT NULL, state BLOB NOT NULL);
CREATE UNIQUE INDEX record_id ON record (family, id);
CREATE INDEX record_sorted ON record (family, sorted_at) WHERE listed = 1;
CREATE INDEX record_store ON record (family, store, sorted_at) WHERE listed = 1;
CREATE INDEX record_status ON record (family, status, sorted_at) WHERE listed = 1;
CREATE INDEX record_number ON record (family, number) WHERE number >= 0;
CREATE TABLE platform (word INTEGER PRIMARY KEY);
CREATE TABLE change (
  key INTEGER PRIMARY KEY,
  cause INTEGER NOT NULL, ordinal INTEGER NOT NULL, type INTEGER NOT NULL,
  version INTEGER NOT NULL, at INTEGER NOT NULL, content BLOB NOT NULL);
CREATE TABLE work (
  merchant INTEGER NOT NULL, kind INTEGER NOT NULL, subject TEXT NOT NULL,
  due_at INTEGER NOT NULL, cause INTEGER NOT NULL, detail TEXT NOT NULL,
  PRIMARY KEY (merchant, kind, subject)) WITHOUT ROWID;
CREATE INDEX work_due ON work (kind, due_at);
CREATE TABLE alias (
  merchant INTEGER NOT NULL, kind INTEGER NOT NULL, key TEXT NOT NULL, id TEXT NOT NULL,
  PRIMARY KEY (merchant, kind, key, id)) WITHOUT ROWID;
CREATE TABLE quarantine (
  position INTEGER PRIMARY KEY,
  merchant INTEGER NOT NULL, connection TEXT NOT NULL, topic TEXT NOT NULL,
  reason TEXT NOT NULL, detail TEXT NOT NULL, at INTEGER NOT NULL);
CREATE INDEX quarantine_merchant ON quarantine (merchant, position);
)sql",
    R"sql(
CREATE INDEX record_platform ON record (family, platform, sorted_at) WHERE listed = 1;
CREATE INDEX record_display ON record (family, sorted_at / 86400000, display, sorted_at)
  WHERE listed = 1 AND display <> '';
)sql",
    // New rows go to few places: among equal times the key comes before the display number, and one
    // index serves platforms and statuses.
    R"sql(
DROP INDEX record_platform;
DROP INDEX record_display;
DROP INDEX record_status;
DROP INDEX record_sorted;
DROP INDEX record_store;
CREATE INDEX record_sorted ON record (family, sorted_at, key, display) WHERE listed = 1;
CREATE INDEX record_store ON record (family, store, sorted_at, key, display) WHERE listed = 1;
CREATE INDEX record_status ON record (family, platform, status, sorted_at) WHERE listed = 1;
)sql",
};

}  // namespace

void Migrate(SqliteConnection& connection, const std::string& path) {
  const auto version = connection.Number("PRAGMA user_version");
  const auto known = static_cast<std::int64_t>(kMigrations.size());
  if (version > known) {
    throw Failure(ErrorKind::kMalformed,
                  fmt::format("{} was made by a newer version of Weir (schema {}, this one knows "
                              "{}): start that version, or remove {} to have it rebuilt",
                              path, version, known, path));
  }
  for (auto step = version; step < known; ++step) {
    SqliteTransaction transaction(connection, SqliteTransaction::Kind::kWrite);
    connection.Execute(kMigrations[static_cast<std::size_t>(step)]);
    connection.Execute(fmt::format("PRAGMA user_version = {}", step + 1).c_str());
    transaction.Commit();
  }
}

PackedNumber PackNumber(std::string_view number) {
  if (number.empty()) return nullptr;
  const auto value = ParseInt(number);
  const bool same = value && *value >= 0 && (number[0] != '0' || number.size() == 1);
  if (same) return *value;
  return number;
}

PackedNumber PackNumber(const RecordRow& row) {
  const auto& columns = row.columns;
  const bool is_in_id = !columns.number.empty() && row.id.starts_with(columns.platform) &&
                        row.id == PlatformRecordId(columns.platform, columns.number);
  if (is_in_id) return kNumberInId;
  return PackNumber(columns.number);
}

std::string NumberInId(std::string_view platform, std::string_view id) {
  std::string number;
  const auto start = platform.size() + 1;
  if (id.size() < start || !AppendPercentDecoded(number, id.substr(start), false)) {
    throw Failure(ErrorKind::kMalformed, "a record's id does not hold its number");
  }
  return number;
}

}  // namespace weir::storage
