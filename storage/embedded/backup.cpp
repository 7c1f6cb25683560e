// SPDX-License-Identifier: Apache-2.0
#include "storage/embedded/backup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <sstream>
#include <utility>
#include <vector>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "storage/embedded/callback_file.hpp"
#include "storage/embedded/snapshots.hpp"
#include "storage/embedded/sqlite.hpp"
#include "storage/key_ring.hpp"
#include "storage/segment_reader.hpp"

namespace weir::storage {
namespace {

constexpr std::string_view kDigests = "backup.digests";
constexpr std::string_view kTitle = "weir-backup 1";
/// Where entries lie in files of their own.
constexpr const char* kLoneEntries[] = {"journal/kept/", "journal/erased/"};
constexpr std::size_t kPiece = 1U << 20;
constexpr std::uint64_t kWhole = std::numeric_limits<std::uint64_t>::max();
/// A line for each file; no journal has so many segments.
constexpr std::uint64_t kMaxDigestBytes = 64U << 20;

/// One file of a backup, by its path in the folder.
struct Item {
  std::string path;
  std::string from{};            ///< Its path in the data, where that is another.
  std::uint64_t bytes = kWhole;  ///< Before it is copied: at most so many of them.
  std::uint64_t sum = 0;
};

std::vector<std::string> NamesIn(Disk& disk, const std::string& folder) {
  return Must(disk.Exists(folder)) ? Must(disk.List(folder)) : std::vector<std::string>();
}

void CheckEmpty(Disk& disk, const std::string& folder) {
  if (NamesIn(disk, folder).empty()) return;
  throw Failure(ErrorKind::kRejected,
                folder + " is not empty: name a folder that is new or holds nothing");
}

/// Reads the file piece by piece and, where there is a target, writes it there.
void PassThrough(Disk& disk, const std::string& from, File* target, Item& item) {
  const auto source = Must(disk.Open(from, OpenMode::kRead));
  std::string piece(kPiece, '\0');
  std::uint64_t at = 0;
  item.sum = 0;
  while (at < item.bytes) {
    const auto wanted = std::min<std::uint64_t>(piece.size(), item.bytes - at);
    const auto got =
        Must(source->ReadAt(at, std::as_writable_bytes(std::span(piece)).first(wanted)));
    if (got == 0) break;
    const std::string_view bytes(piece.data(), got);
    item.sum = Checksum(bytes, item.sum);
    if (target != nullptr) Must(target->WriteAt(at, std::as_bytes(std::span(bytes))));
    at += got;
  }
  item.bytes = at;
}

void Copy(Disk& disk, const std::string& from, const std::string& to, Item& item) {
  const auto target = Must(disk.Open(to, OpenMode::kCreate));
  PassThrough(disk, from, target.get(), item);
  Must(target->Sync());
}

/// How much of a segment is sound groups. Behind them the writer may be at work: a copy that met
/// its next group there, and not the one before, would look damaged.
std::uint64_t SoundBytes(Disk& disk, const std::string& path, std::uint64_t first) {
  auto reader = Must(SegmentReader::Open(disk, path, first));
  while (reader.Load()) reader.Skip(Must(reader.Peek()));
  return reader.offset();
}

std::vector<Item> JournalItems(Disk& disk, const std::string& data) {
  std::vector<Item> items;
  const auto names = NamesIn(disk, data + "/journal");
  std::optional<std::uint64_t> last;
  for (const auto& name : names) {
    const auto first = ParseSegmentName(name);
    if (!first) continue;
    items.push_back({.path = "journal/" + name});
    last = first;
  }
  if (last) items.back().bytes = SoundBytes(disk, data + "/" + items.back().path, *last);
  for (const std::string folder : kLoneEntries) {
    for (const auto& name : NamesIn(disk, data + "/" + folder)) {
      items.push_back({.path = folder + name});
    }
  }
  return items;
}

std::vector<Item> SnapshotItems(Disk& disk, const std::string& data) {
  const SqliteVfs vfs(disk);
  const Snapshots snapshots(disk, vfs, data + "/snapshots");
  const auto taken = Must(snapshots.List());
  if (taken.empty()) throw Failure(ErrorKind::kNotFound, data + " holds no snapshot yet");
  std::vector<Item> items;
  for (const char* ending : {".db", ".digest"}) {
    items.push_back({.path = fmt::format("snapshots/{}{}", taken.back().offset, ending)});
  }
  const std::string callbacks = CallbackFilePath(data);
  const std::string copy = snapshots.CopyOf(callbacks);
  if (Must(disk.Exists(copy))) {
    items.push_back(
        {.path = callbacks.substr(data.size() + 1), .from = copy.substr(data.size() + 1)});
  }
  return items;
}

std::string LineOf(const Item& item) {
  return fmt::format("{:016x} {} {}\n", item.sum, item.bytes, item.path);
}

/// Only what a backup makes: a list that was tampered with must not lead out of the folder.
bool IsKnownPath(std::string_view path) {
  if (path == KeyRing::kFile || CallbackFilePath("") == fmt::format("/{}", path)) return true;
  for (const std::string_view folder :
       {"journal/kept/", "journal/erased/", "journal/", "snapshots/"}) {
    if (!path.starts_with(folder)) continue;
    const auto name = path.substr(folder.size());
    return !name.empty() && name != "." && name != ".." && name.find('/') == std::string_view::npos;
  }
  return false;
}

std::vector<Item> ReadDigests(Disk& disk, const std::string& backup) {
  const std::string path = fmt::format("{}/{}", backup, kDigests);
  const auto file = disk.Open(path, OpenMode::kRead);
  if (!file) {
    throw Failure(ErrorKind::kMalformed,
                  path + " cannot be read: this is no backup, or one that was cut off");
  }
  std::string text(std::min(Must((*file)->Size()), kMaxDigestBytes), '\0');
  text.resize(Must((*file)->ReadAt(0, std::as_writable_bytes(std::span(text)))));
  std::istringstream lines(text);
  std::string line;
  std::getline(lines, line);
  bool sound = line == kTitle;
  std::vector<Item> items;
  while (sound && std::getline(lines, line)) {
    std::istringstream fields(line);
    Item item;
    sound = fields >> std::hex >> item.sum >> std::dec >> item.bytes && fields.get() == ' ' &&
            std::getline(fields, item.path) && IsKnownPath(item.path);
    items.push_back(std::move(item));
  }
  if (!sound || !text.ends_with('\n')) {
    throw Failure(ErrorKind::kMalformed, path + " is damaged: take another backup");
  }
  return items;
}

void WriteDigests(Disk& disk, const std::string& target, const std::vector<Item>& items) {
  std::string text = std::string(kTitle) + "\n";
  for (const Item& item : items) text += LineOf(item);
  const auto file = Must(disk.Open(fmt::format("{}/{}", target, kDigests), OpenMode::kCreate));
  Must(file->WriteAt(0, std::as_bytes(std::span(text))));
  Must(file->Sync());
  Must(disk.SyncFolder(target));
}

void MakeFolders(Disk& disk, const std::string& folder) {
  for (const char* part : {"/journal/kept", "/journal/erased", "/snapshots"})
    Must(disk.MakeFolder(folder + part));
}

void SyncFolders(Disk& disk, const std::string& folder) {
  for (const char* part : {"/journal/kept", "/journal/erased", "/journal", "/snapshots", ""}) {
    Must(disk.SyncFolder(folder + part));
  }
}

BackupReport ReportOn(const std::vector<Item>& items) {
  BackupReport report{.snapshot = {}, .files = items.size()};
  for (const Item& item : items) {
    report.bytes += item.bytes;
    std::string_view name = item.path;
    if (!name.starts_with("snapshots/") || !name.ends_with(".digest")) continue;
    name = name.substr(name.find('/') + 1);
    if (const auto offset = ParseUint(name.substr(0, name.find('.')))) {
      report.snapshot.offset = *offset;
    }
  }
  return report;
}

}  // namespace

Result<BackupReport> TakeBackup(Disk& disk, const std::string& data, const std::string& target) {
  return AtEdge([&] {
    CheckEmpty(disk, target);
    std::vector<Item> items = SnapshotItems(disk, data);
    // The journal is looked at behind the snapshot, so that it reaches at least as far.
    std::ranges::move(JournalItems(disk, data), std::back_inserter(items));
    // The keys are copied last: what was sealed until now opens with them.
    const std::string keys(KeyRing::kFile);
    if (Must(disk.Exists(data + "/" + keys))) items.push_back({.path = keys});
    MakeFolders(disk, target);
    for (Item& item : items) {
      const std::string& from = item.from.empty() ? item.path : item.from;
      Copy(disk, fmt::format("{}/{}", data, from), fmt::format("{}/{}", target, item.path), item);
    }
    SyncFolders(disk, target);
    WriteDigests(disk, target, items);
    return ReportOn(items);
  });
}

Result<BackupReport> RestoreBackup(Disk& disk, const std::string& backup, const std::string& data) {
  return AtEdge([&] {
    CheckEmpty(disk, data);
    const auto items = ReadDigests(disk, backup);
    const auto check = [&](const Item& expected, const Item& found) {
      if (found.sum == expected.sum && found.bytes == expected.bytes) return;
      throw Failure(ErrorKind::kMalformed,
                    fmt::format("{}/{} is not what was backed up: restore another backup", backup,
                                expected.path));
    };
    for (const Item& item : items) {
      Item found{.path = item.path};
      PassThrough(disk, backup + "/" + item.path, nullptr, found);
      check(item, found);
    }
    MakeFolders(disk, data);
    for (const Item& item : items) {
      Item copied{.path = item.path};
      Copy(disk, backup + "/" + item.path, data + "/" + item.path, copied);
      check(item, copied);
    }
    SyncFolders(disk, data);
    return ReportOn(items);
  });
}

}  // namespace weir::storage
