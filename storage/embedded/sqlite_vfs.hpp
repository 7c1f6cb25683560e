// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "base/disk.hpp"

namespace weir::storage {

/// Lets SQLite keep its files on a Disk, so that a simulated world runs it in memory and cuts its
/// power. Registered under a name of its own for as long as it lives; every connection opened
/// through it must be closed before.
///
/// Locks and WAL indexes are shared among the connections of one SqliteVfs and nobody else: the
/// owner of the folder holds Disk::Lock, and opens its files through one SqliteVfs at a time.
class SqliteVfs {
 public:
  /// Throws std::runtime_error when SQLite refuses the registration. `disk` outlives this.
  explicit SqliteVfs(Disk& disk);
  ~SqliteVfs();
  SqliteVfs(const SqliteVfs&) = delete;
  SqliteVfs& operator=(const SqliteVfs&) = delete;

  /// For sqlite3_open_v2.
  [[nodiscard]] const std::string& name() const;

  /// Makes durable what an earlier process wrote to the database's WAL and perhaps did not live to
  /// flush: a reader takes it for committed, so it must stay. Before the first connection. Throws
  /// SqliteError.
  void FlushWal(const std::string& path) const;

  struct Registration;

 private:
  std::unique_ptr<Registration> registration_;
};

}  // namespace weir::storage
