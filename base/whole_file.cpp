// SPDX-License-Identifier: Apache-2.0
#include "base/whole_file.hpp"

#include <span>

namespace weir {

Result<std::string> ReadWhole(Disk& disk, const std::string& path, std::uint64_t limit) {
  const auto file = disk.Open(path, OpenMode::kRead);
  if (!file) return std::unexpected(file.error());
  const auto size = (*file)->Size();
  if (!size) return std::unexpected(size.error());
  if (*size > limit) return Fail(ErrorKind::kMalformed, path + ": too long");
  std::string bytes(*size, '\0');
  const auto got = (*file)->ReadAt(0, std::as_writable_bytes(std::span(bytes)));
  if (!got) return std::unexpected(got.error());
  bytes.resize(*got);
  return bytes;
}

Result<void> ReplaceWhole(Disk& disk, const std::string& path, std::string_view bytes) {
  const auto unfinished = path + ".unfinished";
  {
    const auto file = disk.Open(unfinished, OpenMode::kCreate);
    if (!file) return std::unexpected(file.error());
    if (auto done = (*file)->Truncate(0); !done) return done;
    if (auto done = (*file)->WriteAt(0, std::as_bytes(std::span(bytes))); !done) return done;
    if (auto done = (*file)->Sync(); !done) return done;
  }
  if (auto done = disk.Rename(unfinished, path); !done) return done;
  const auto slash = path.rfind('/');
  return disk.SyncFolder(slash == std::string::npos ? "." : path.substr(0, slash));
}

}  // namespace weir
