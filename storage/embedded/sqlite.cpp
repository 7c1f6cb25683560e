// SPDX-License-Identifier: Apache-2.0
#include "storage/embedded/sqlite.hpp"

namespace weir::storage {
namespace {

/// How long a connection waits for another that opens or closes the file at the same moment.
constexpr int kBusyMilliseconds = 2000;

int Flags(SqliteConnection::Mode mode) {
  constexpr int kOwnThread = SQLITE_OPEN_NOMUTEX;
  switch (mode) {
    case SqliteConnection::Mode::kRead:
      return kOwnThread | SQLITE_OPEN_READONLY;
    case SqliteConnection::Mode::kReadWrite:
      return kOwnThread | SQLITE_OPEN_READWRITE;
    case SqliteConnection::Mode::kCreate:
      return kOwnThread | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  }
  return kOwnThread;
}

}  // namespace

Error SqliteError::ToError() const {
  const bool damaged = code_ == SQLITE_CORRUPT || code_ == SQLITE_NOTADB;
  return {.kind = damaged ? ErrorKind::kMalformed : ErrorKind::kInternal, .message = what()};
}

SqliteConnection::SqliteConnection(const SqliteVfs& vfs, const std::string& path, Mode mode) {
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &raw, Flags(mode), vfs.name().c_str());
  handle_.reset(raw);
  if (code != SQLITE_OK) {
    throw SqliteError(code & 0xFF, path + ": " + sqlite3_errstr(code));
  }
  sqlite3_busy_timeout(raw, kBusyMilliseconds);
  Execute("PRAGMA temp_store = MEMORY");
}

void SqliteConnection::Execute(const char* sql) {
  const int code = sqlite3_exec(get(), sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) Throw(code);
}

std::int64_t SqliteConnection::Number(const char* sql) {
  SqliteStatement statement(*this, sql);
  SqliteRows rows(statement);
  return rows.Next() ? rows.Int(0) : 0;
}

void SqliteConnection::Throw(int code) const {
  const char* const path = sqlite3_db_filename(get(), "main");
  throw SqliteError(code & 0xFF,
                    std::string(path == nullptr ? "" : path) + ": " + sqlite3_errmsg(get()));
}

SqliteStatement::SqliteStatement(SqliteConnection& connection, std::string_view sql)
    : connection_(connection) {
  sqlite3_stmt* raw = nullptr;
  const int code = sqlite3_prepare_v3(connection.get(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
  handle_.reset(raw);
  if (code != SQLITE_OK) connection.Throw(code);
}

bool SqliteStatement::Step() {
  const int code = sqlite3_step(handle_.get());
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) connection_.Throw(code);
  return false;
}

std::string_view SqliteRows::Text(int column) const {
  auto* const statement = statement_.handle_.get();
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
  if (text == nullptr) return {};
  return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement, column))};
}

std::string_view SqliteRows::Bytes(int column) const {
  auto* const statement = statement_.handle_.get();
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement, column))};
}

SqliteTransaction::SqliteTransaction(SqliteConnection& connection, Kind kind)
    : connection_(connection) {
  connection_.Execute(kind == Kind::kWrite ? "BEGIN IMMEDIATE" : "BEGIN");
}

SqliteTransaction::~SqliteTransaction() {
  if (open_) sqlite3_exec(connection_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void SqliteTransaction::Commit() {
  connection_.Execute("COMMIT");
  open_ = false;
}

}  // namespace weir::storage
