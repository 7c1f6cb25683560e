// SPDX-License-Identifier: Apache-2.0
#include "storage/embedded/compaction.hpp"

#include <fmt/format.h>

#include "storage/embedded/sqlite.hpp"

namespace weir::storage {
namespace {

std::string FolderOf(const std::string& path) { return path.substr(0, path.rfind('/')); }

void RemoveIfThere(Disk& disk, const std::string& path) {
  if (Must(disk.Exists(path))) Must(disk.Remove(path));
}

/// A WAL that outlived its file would be read into the one that takes its place.
void CheckWalGone(Disk& disk, const std::string& path) {
  const auto wal = path + "-wal";
  if (!Must(disk.Exists(wal))) return;
  if (Must(Must(disk.Open(wal, OpenMode::kRead))->Size()) > 0) {
    throw Failure(ErrorKind::kConflict, path + " is in use");
  }
  Must(disk.Remove(wal));
}

}  // namespace

void Compact(Disk& disk, const SqliteVfs& vfs, const std::string& path) {
  const auto packed = path + ".unfinished";
  RemoveIfThere(disk, packed);
  vfs.FlushWal(path);
  {
    SqliteConnection connection(vfs, path, SqliteConnection::Mode::kReadWrite);
    connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
    SqliteStatement(connection, "VACUUM INTO ?1").Run(std::string_view(packed));
  }
  CheckWalGone(disk, path);
  Must(Must(disk.Open(packed, OpenMode::kReadWrite))->Sync());
  Must(disk.Rename(packed, path));
  Must(disk.SyncFolder(FolderOf(path)));
}

}  // namespace weir::storage
