// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/disk.hpp"
#include "storage/embedded/sqlite_vfs.hpp"

namespace weir::storage {

/// Writes a SQLite file anew and puts it in the old one's place, whole: nothing that was removed or
/// written over is left in free pages or in the WAL. Nobody has the file open. Throws SqliteError
/// and Failure; the old file then stands.
void Compact(Disk& disk, const SqliteVfs& vfs, const std::string& path);

}  // namespace weir::storage
