// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/disk.hpp"
#include "base/error.hpp"
#include "storage/embedded/sqlite_vfs.hpp"
#include "storage/entry.hpp"

namespace weir::storage {

/// Copies of view.db that bound what a rebuild needs: `<position>.db` with `<position>.digest`
/// beside it, which is written last and without which a copy does not count. Calls block; one
/// thread at a time, beside readers and the writer.
class Snapshots {
 public:
  /// Both outlive this. `folder` is made when first needed.
  Snapshots(Disk& disk, const SqliteVfs& vfs, std::string folder);

  /// Copies the view as it is now, syncs and re-reads the copy, and removes all but the two newest.
  Result<Position> Take(const std::string& view_path);
  /// The same for a backup: before it, copies another SQLite file, if it is there, to CopyOf(it).
  Result<Position> Take(const std::string& view_path, const std::string& beside);
  [[nodiscard]] std::string CopyOf(const std::string& beside) const;
  /// Another process asks whoever writes the view for a snapshot, and sees what came of it:
  /// kWaiting until TakeWanted was called. An earlier copy of the file beside the view goes.
  enum class Wish { kWaiting, kGranted, kFailed };
  Result<void> Want(const std::string& beside);
  [[nodiscard]] Result<Wish> Answer() const;
  /// Takes back what nobody answered.
  Result<void> StopWanting();
  /// Takes one for a backup if it is wanted; nullopt when none is.
  Result<std::optional<Position>> TakeWanted(const std::string& view_path,
                                             const std::string& beside);
  /// Removes all that stands in the folder and takes one: of what was overwritten in the view none
  /// may be left.
  Result<Position> Renew(const std::string& view_path);
  /// Where each snapshot stands, oldest first.
  [[nodiscard]] Result<std::vector<Position>> List() const;
  /// Puts the newest intact snapshot at or before `at_most` in the place of the view, whose own
  /// file must be absent; nullopt when there is none.
  Result<std::optional<Position>> Restore(const std::string& view_path, Position at_most);

 private:
  [[nodiscard]] std::string Named(std::string_view name) const;
  [[nodiscard]] std::string PathOf(std::uint64_t offset, std::string_view ending) const;
  [[nodiscard]] Result<std::string> Describe(const std::string& path, std::uint64_t offset) const;
  Result<void> WriteDigest(std::uint64_t offset, const std::string& description);
  Result<bool> CopyIntact(std::uint64_t offset, const std::string& to);
  Result<void> RemoveBut(std::size_t newest);

  Disk& disk_;
  const SqliteVfs& vfs_;
  const std::string folder_;
};

}  // namespace weir::storage
