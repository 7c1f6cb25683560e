// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sqlite3.h>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "base/error.hpp"
#include "storage/embedded/sqlite_vfs.hpp"

/// SQLite as this module uses it. Failures are exceptions in here and become an Error at the
/// module's edge (AtEdge), so that statements read as what they do.
namespace weir::storage {

class SqliteError : public std::runtime_error {
 public:
  SqliteError(int code, const std::string& message) : std::runtime_error(message), code_(code) {}
  /// The primary result code, e.g. SQLITE_CORRUPT.
  [[nodiscard]] int code() const { return code_; }
  /// kMalformed for a damaged file, else kInternal.
  [[nodiscard]] Error ToError() const;

 private:
  int code_;
};

/// One connection; one thread at a time. Closed when destroyed, after its statements.
class SqliteConnection {
 public:
  enum class Mode { kRead, kReadWrite, kCreate };

  /// Throws SqliteError. `vfs` outlives the connection.
  SqliteConnection(const SqliteVfs& vfs, const std::string& path, Mode mode);

  [[nodiscard]] sqlite3* get() const { return handle_.get(); }
  /// Runs statements that return nothing of interest.
  void Execute(const char* sql);
  /// The first column of the first row, as a number.
  [[nodiscard]] std::int64_t Number(const char* sql);
  /// Throws what the last call on this connection failed with.
  [[noreturn]] void Throw(int code) const;

 private:
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  std::unique_ptr<sqlite3, Close> handle_;
};

/// Bytes to bind as a blob rather than as text.
struct Blob {
  std::string_view bytes;
};

/// A prepared statement that lives as long as its connection.
class SqliteStatement {
 public:
  SqliteStatement(SqliteConnection& connection, std::string_view sql);

  /// Binds, runs to the end and resets. Texts and blobs are not copied.
  template <typename... Values>
  void Run(const Values&... values);

 private:
  friend class SqliteRows;
  template <typename... Values>
  void BindAll(const Values&... values) {
    int index = 0;
    (Bind(++index, values), ...);
  }
  void Bind(int index, std::integral auto value) {
    sqlite3_bind_int64(handle_.get(), index, static_cast<sqlite3_int64>(value));
  }
  void Bind(int index, std::string_view text) {
    sqlite3_bind_text(handle_.get(), index, text.data() == nullptr ? "" : text.data(),
                      static_cast<int>(text.size()), SQLITE_STATIC);
  }
  void Bind(int index, Blob blob) {
    sqlite3_bind_blob(handle_.get(), index, blob.bytes.data() == nullptr ? "" : blob.bytes.data(),
                      static_cast<int>(blob.bytes.size()), SQLITE_STATIC);
  }
  void Bind(int index, std::nullptr_t) { sqlite3_bind_null(handle_.get(), index); }
  template <typename... Kinds>
  void Bind(int index, const std::variant<Kinds...>& value) {
    std::visit([&](const auto& held) { Bind(index, held); }, value);
  }
  bool Step();
  void Reset() { sqlite3_reset(handle_.get()); }

  struct Finalize {
    void operator()(sqlite3_stmt* handle) const { sqlite3_finalize(handle); }
  };
  SqliteConnection& connection_;
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
};

/// The rows of one run of a statement; resets it when destroyed. What Text and Bytes return, and
/// what was bound, must stay: the former until the next Next, the latter as long as the rows.
class SqliteRows {
 public:
  template <typename... Values>
  explicit SqliteRows(SqliteStatement& statement, const Values&... values) : statement_(statement) {
    statement_.BindAll(values...);
  }
  ~SqliteRows() { statement_.Reset(); }
  SqliteRows(const SqliteRows&) = delete;
  SqliteRows& operator=(const SqliteRows&) = delete;

  [[nodiscard]] bool Next() { return statement_.Step(); }
  [[nodiscard]] std::int64_t Int(int column) const {
    return sqlite3_column_int64(statement_.handle_.get(), column);
  }
  [[nodiscard]] std::uint64_t Uint(int column) const {
    return static_cast<std::uint64_t>(Int(column));
  }
  [[nodiscard]] bool IsInt(int column) const {
    return sqlite3_column_type(statement_.handle_.get(), column) == SQLITE_INTEGER;
  }
  [[nodiscard]] bool IsBlob(int column) const {
    return sqlite3_column_type(statement_.handle_.get(), column) == SQLITE_BLOB;
  }
  [[nodiscard]] std::string_view Text(int column) const;
  [[nodiscard]] std::string_view Bytes(int column) const;

 private:
  SqliteStatement& statement_;
};

template <typename... Values>
void SqliteStatement::Run(const Values&... values) {
  SqliteRows rows(*this, values...);
  while (rows.Next()) {
  }
}

/// A transaction; rolled back unless committed.
class SqliteTransaction {
 public:
  enum class Kind { kRead, kWrite };
  SqliteTransaction(SqliteConnection& connection, Kind kind);
  ~SqliteTransaction();
  SqliteTransaction(const SqliteTransaction&) = delete;
  SqliteTransaction& operator=(const SqliteTransaction&) = delete;
  void Commit();

 private:
  SqliteConnection& connection_;
  bool open_ = true;
};

/// What Failure carries becomes the Result's error.
class Failure : public std::runtime_error {
 public:
  explicit Failure(Error error) : std::runtime_error(error.message), error_(std::move(error)) {}
  Failure(ErrorKind kind, std::string message)
      : Failure(Error{.kind = kind, .message = std::move(message)}) {}
  [[nodiscard]] const Error& error() const { return error_; }

 private:
  Error error_;
};

/// The value of a Result, or its error as a Failure.
template <typename T>
T Must(Result<T> result) {
  if (!result) throw Failure(std::move(result.error()));
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

/// Runs `work` and turns what SQLite or a Failure threw into an Error.
template <typename Work>
auto AtEdge(Work&& work) -> Result<decltype(work())> {
  try {
    if constexpr (std::is_void_v<decltype(work())>) {
      std::forward<Work>(work)();
      return {};
    } else {
      return std::forward<Work>(work)();
    }
  } catch (const SqliteError& error) {
    return std::unexpected(error.ToError());
  } catch (const Failure& failure) {
    return std::unexpected(failure.error());
  }
}

}  // namespace weir::storage
