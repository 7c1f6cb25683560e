// SPDX-License-Identifier: Apache-2.0
#include "storage/embedded/snapshots.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "storage/embedded/sqlite.hpp"

namespace weir::storage {
namespace {

constexpr std::size_t kKept = 2;
constexpr std::string_view kData = ".db";
constexpr std::string_view kDigest = ".digest";
constexpr std::string_view kWanted = "wanted";
constexpr std::string_view kRefused = "refused";
constexpr std::string_view kUnfinished = ".unfinished";
/// Pages copied before other work of this thread's disk gets its turn: 4 MiB.
constexpr int kPagesAtOnce = 1024;
constexpr std::size_t kPiece = 1U << 20;

/// Hands the file to `take` piece by piece; returns the chained checksum of all.
template <typename Take>
Result<std::string> ReadThrough(const File& file, Take take) {
  std::string piece(kPiece, '\0');
  std::uint64_t sum = 0;
  std::uint64_t offset = 0;
  while (true) {
    const auto got = file.ReadAt(offset, std::as_writable_bytes(std::span(piece)));
    if (!got) return std::unexpected(got.error());
    if (*got == 0) break;
    const std::string_view bytes(piece.data(), *got);
    sum = Checksum(bytes, sum);
    if (auto taken = take(offset, bytes); !taken) return std::unexpected(taken.error());
    offset += *got;
  }
  return fmt::format("{} {:016x}", offset, sum);
}

Result<void> RemoveIfThere(Disk& disk, const std::string& path) {
  const auto there = disk.Exists(path);
  if (!there) return std::unexpected(there.error());
  return *there ? disk.Remove(path) : Result<void>();
}

constexpr const char* kPositionOfView = "SELECT position FROM meta";

/// What `ask` tells of the copied file; the source may go on being written.
std::int64_t CopyPages(const SqliteVfs& vfs, const std::string& from, const std::string& to,
                       const char* ask) {
  SqliteConnection source(vfs, from, SqliteConnection::Mode::kReadWrite);
  SqliteConnection target(vfs, to, SqliteConnection::Mode::kCreate);
  target.Execute("PRAGMA journal_mode = OFF");
  target.Execute("PRAGMA synchronous = OFF");
  // Inside one read transaction every step sees the same pages, however long the copy takes.
  SqliteTransaction transaction(source, SqliteTransaction::Kind::kRead);
  const auto told = source.Number(ask);
  struct Finish {
    void operator()(sqlite3_backup* backup) const { sqlite3_backup_finish(backup); }
  };
  const std::unique_ptr<sqlite3_backup, Finish> backup(
      sqlite3_backup_init(target.get(), "main", source.get(), "main"));
  if (!backup) target.Throw(sqlite3_errcode(target.get()));
  int code = SQLITE_OK;
  while (code == SQLITE_OK) code = sqlite3_backup_step(backup.get(), kPagesAtOnce);
  if (code != SQLITE_DONE) throw SqliteError(code & 0xFF, to + ": " + sqlite3_errstr(code));
  return told;
}

/// Makes the copy one file that needs no WAL, reads it once in full and asks it the same.
void CheckCopy(const SqliteVfs& vfs, const std::string& path, const char* ask, std::int64_t told) {
  SqliteConnection copy(vfs, path, SqliteConnection::Mode::kReadWrite);
  copy.Execute("PRAGMA journal_mode = DELETE");
  SqliteStatement check(copy, "PRAGMA quick_check(1)");
  SqliteRows rows(check);
  if (!rows.Next() || rows.Text(0) != "ok") {
    throw Failure(ErrorKind::kMalformed, fmt::format("{} is damaged: {}", path, rows.Text(0)));
  }
  if (copy.Number(ask) != told) {
    throw Failure(ErrorKind::kMalformed, path + " is not what it was copied from");
  }
}

/// A whole, synced copy of a SQLite file; what `ask` tells of it.
std::int64_t Copy(Disk& disk, const SqliteVfs& vfs, const std::string& from, const std::string& to,
                  const char* ask) {
  Must(RemoveIfThere(disk, to));
  const auto told = CopyPages(vfs, from, to, ask);
  CheckCopy(vfs, to, ask, told);
  Must(Must(disk.Open(to, OpenMode::kReadWrite))->Sync());
  return told;
}

}  // namespace

Snapshots::Snapshots(Disk& disk, const SqliteVfs& vfs, std::string folder)
    : disk_(disk), vfs_(vfs), folder_(std::move(folder)) {}

std::string Snapshots::PathOf(std::uint64_t offset, std::string_view ending) const {
  return fmt::format("{}/{}{}", folder_, offset, ending);
}

Result<std::string> Snapshots::Describe(const std::string& path, std::uint64_t offset) const {
  auto file = disk_.Open(path, OpenMode::kRead);
  if (!file) return std::unexpected(file.error());
  auto sum = ReadThrough(**file, [](std::uint64_t, std::string_view) { return Result<void>(); });
  if (!sum) return sum;
  return fmt::format("weir-snapshot 1 {} {}\n", offset, *sum);
}

Result<void> Snapshots::WriteDigest(std::uint64_t offset, const std::string& description) {
  return AtEdge([&] {
    const auto unfinished = PathOf(offset, kDigest) + std::string(kUnfinished);
    Must(RemoveIfThere(disk_, unfinished));
    {
      const auto file = Must(disk_.Open(unfinished, OpenMode::kCreate));
      Must(file->WriteAt(0, std::as_bytes(std::span(description))));
      Must(file->Sync());
    }
    Must(disk_.Rename(unfinished, PathOf(offset, kDigest)));
    Must(disk_.SyncFolder(folder_));
  });
}

Result<Position> Snapshots::Take(const std::string& view_path) {
  return AtEdge([&] {
    Must(disk_.MakeFolder(folder_));
    const auto unfinished = fmt::format("{}/view{}", folder_, kUnfinished);
    const auto offset =
        static_cast<std::uint64_t>(Copy(disk_, vfs_, view_path, unfinished, kPositionOfView));
    const auto description = Must(Describe(unfinished, offset));
    Must(RemoveIfThere(disk_, PathOf(offset, kDigest)));
    Must(disk_.Rename(unfinished, PathOf(offset, kData)));
    Must(disk_.SyncFolder(folder_));
    Must(WriteDigest(offset, description));
    Must(RemoveBut(kKept));
    return Position{.offset = offset};
  });
}

Result<Position> Snapshots::Renew(const std::string& view_path) {
  return AtEdge([&] {
    Must(disk_.MakeFolder(folder_));
    for (const auto& name : Must(disk_.List(folder_))) Must(disk_.Remove(Named(name)));
    Must(disk_.SyncFolder(folder_));
    return Must(Take(view_path));
  });
}

std::string Snapshots::CopyOf(const std::string& beside) const {
  return Named(std::string_view(beside).substr(beside.rfind('/') + 1));
}

// The copy is no newer than the snapshot: what it has passed is in there.
Result<Position> Snapshots::Take(const std::string& view_path, const std::string& beside) {
  return AtEdge([&] {
    Must(disk_.MakeFolder(folder_));
    if (Must(disk_.Exists(beside))) {
      const auto unfinished = CopyOf(beside) + std::string(kUnfinished);
      Copy(disk_, vfs_, beside, unfinished, "PRAGMA user_version");
      Must(disk_.Rename(unfinished, CopyOf(beside)));
      Must(disk_.SyncFolder(folder_));
    }
    return Must(Take(view_path));
  });
}

Result<void> Snapshots::Want(const std::string& beside) {
  return AtEdge([&] {
    Must(disk_.MakeFolder(folder_));
    Must(RemoveIfThere(disk_, CopyOf(beside)));
    Must(RemoveIfThere(disk_, Named(kRefused)));
    Must(disk_.Open(Named(kWanted), OpenMode::kCreate));
  });
}

Result<Snapshots::Wish> Snapshots::Answer() const {
  return AtEdge([&] {
    if (Must(disk_.Exists(Named(kWanted)))) return Wish::kWaiting;
    return Must(disk_.Exists(Named(kRefused))) ? Wish::kFailed : Wish::kGranted;
  });
}

Result<void> Snapshots::StopWanting() { return RemoveIfThere(disk_, Named(kWanted)); }

Result<std::optional<Position>> Snapshots::TakeWanted(const std::string& view_path,
                                                      const std::string& beside) {
  return AtEdge([&]() -> std::optional<Position> {
    if (!Must(disk_.Exists(Named(kWanted)))) return std::nullopt;
    auto taken = Take(view_path, beside);
    if (!taken) {
      Must(disk_.Rename(Named(kWanted), Named(kRefused)));
      throw Failure(std::move(taken.error()));
    }
    Must(disk_.Remove(Named(kWanted)));
    return *taken;
  });
}

std::string Snapshots::Named(std::string_view name) const {
  return fmt::format("{}/{}", folder_, name);
}

Result<std::vector<Position>> Snapshots::List() const {
  std::vector<Position> found;
  const auto there = disk_.Exists(folder_);
  if (!there) return std::unexpected(there.error());
  if (!*there) return found;
  const auto names = disk_.List(folder_);
  if (!names) return std::unexpected(names.error());
  for (std::string_view name : *names) {
    if (!name.ends_with(kDigest)) continue;
    name.remove_suffix(kDigest.size());
    if (const auto offset = ParseUint(name)) found.push_back({.offset = *offset});
  }
  std::ranges::sort(found);
  return found;
}

Result<void> Snapshots::RemoveBut(std::size_t newest) {
  return AtEdge([&] {
    const auto all = Must(List());
    for (std::size_t i = 0; i + newest < all.size(); ++i) {
      Must(disk_.Remove(PathOf(all[i].offset, kDigest)));
      Must(RemoveIfThere(disk_, PathOf(all[i].offset, kData)));
    }
    Must(disk_.SyncFolder(folder_));
  });
}

Result<bool> Snapshots::CopyIntact(std::uint64_t offset, const std::string& to) {
  return AtEdge([&] {
    Must(RemoveIfThere(disk_, to));
    const auto digest = Must(disk_.Open(PathOf(offset, kDigest), OpenMode::kRead));
    std::string expected(kPiece, '\0');
    expected.resize(Must(digest->ReadAt(0, std::as_writable_bytes(std::span(expected)))));
    const auto source = disk_.Open(PathOf(offset, kData), OpenMode::kRead);
    if (!source && source.error().kind == ErrorKind::kNotFound) return false;
    if (!source) throw Failure(source.error());
    const auto target = Must(disk_.Open(to, OpenMode::kCreate));
    const auto sum = Must(ReadThrough(**source, [&](std::uint64_t at, std::string_view bytes) {
      return target->WriteAt(at, std::as_bytes(std::span(bytes)));
    }));
    Must(target->Sync());
    return fmt::format("weir-snapshot 1 {} {}\n", offset, sum) == expected;
  });
}

Result<std::optional<Position>> Snapshots::Restore(const std::string& view_path, Position at_most) {
  return AtEdge([&]() -> std::optional<Position> {
    // What an absent view left behind belongs to no other file.
    Must(RemoveIfThere(disk_, view_path + "-wal"));
    Must(RemoveIfThere(disk_, view_path + "-journal"));
    auto all = Must(List());
    std::ranges::reverse(all);
    const auto unfinished = view_path + std::string(kUnfinished);
    for (const auto position : all) {
      if (position > at_most || !Must(CopyIntact(position.offset, unfinished))) continue;
      Must(disk_.Rename(unfinished, view_path));
      return position;
    }
    Must(RemoveIfThere(disk_, unfinished));
    return std::nullopt;
  });
}

}  // namespace weir::storage
