// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "base/disk.hpp"
#include "base/error.hpp"
#include "storage/entry.hpp"

/// Copies of a data folder that outlive it: the newest snapshot of the view, what left for
/// merchants as it stood before, the journal, the data keys as they are wrapped, and a list of
/// their digests, written last, without which a backup is none. The refusals are left out, and so
/// is the key that opens the data keys, wherever it lies.
namespace weir::storage {

struct BackupReport {
  Position snapshot;  ///< Where its view stands.
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
};

/// Copies the folder `data`, beside a process that may be writing it: the snapshot as it is, the
/// journal as far as it is durable now. `target` is made; kRejected when it holds something.
/// kNotFound when there is no snapshot, or when something was removed while it was being copied.
/// All is synced when this returns well.
Result<BackupReport> TakeBackup(Disk& disk, const std::string& data, const std::string& target);

/// Puts a backup into `data`, which must be absent or empty (kRejected), after every file was read
/// and has its digest (kMalformed otherwise, and nothing is written). A start makes the view of the
/// snapshot and folds what the journal holds behind it.
Result<BackupReport> RestoreBackup(Disk& disk, const std::string& backup, const std::string& data);

}  // namespace weir::storage
