// SPDX-License-Identifier: Apache-2.0
#include "storage/lone_entry.hpp"

#include <fmt/format.h>

#include <span>
#include <utility>

#include "storage/journal_format.hpp"

namespace weir::storage {
namespace {

Result<std::string> EncodeLone(const Entry& entry, KeyRing* keys) {
  std::string group(kGroupHeaderBytes, '\0');
  AppendFrame(group, entry.envelope, entry.payload,
              keys == nullptr ? Sealing::kNone : Sealing::kLater);
  if (keys != nullptr) {
    auto nonces = keys->MakeNonces();
    const auto frames = std::span(group).subspan(kGroupHeaderBytes);
    auto sealed = SealFrames(frames, entry.position.offset, entry.stamp, *keys, nonces);
    if (!sealed) return std::unexpected(sealed.error());
  }
  CloseGroup(group, {.count = 1, .first = entry.position.offset, .stamp = entry.stamp}, 0);
  return group;
}

}  // namespace

std::string LoneEntryPath(const std::string& folder, std::uint64_t offset) {
  return fmt::format("{}/{:020}.entry", folder, offset);
}

Result<void> WriteLoneEntry(Disk& disk, const std::string& folder, const Entry& entry,
                            KeyRing* keys) {
  const auto bytes = EncodeLone(entry, keys);
  if (!bytes) return std::unexpected(bytes.error());
  const auto unfinished = folder + "/unfinished.entry";
  {
    const auto file = disk.Open(unfinished, OpenMode::kCreate);
    if (!file) return std::unexpected(file.error());
    // An earlier attempt may have been cut off.
    if (auto done = (*file)->Truncate(0); !done) return done;
    if (auto done = (*file)->WriteAt(0, std::as_bytes(std::span(*bytes))); !done) return done;
    if (auto done = (*file)->Sync(); !done) return done;
  }
  return disk.Rename(unfinished, LoneEntryPath(folder, entry.position.offset));
}

Result<Entry> ReadLoneEntry(Disk& disk, const std::string& path, Position position,
                            const KeyRing* keys) {
  const auto file = disk.Open(path, OpenMode::kRead);
  if (!file) return std::unexpected(file.error());
  const auto size = (*file)->Size();
  if (!size) return std::unexpected(size.error());
  if (*size > kMaxGroupBytes) return Fail(ErrorKind::kMalformed, path + ": too long");
  std::string bytes(*size, '\0');
  const auto got = (*file)->ReadAt(0, std::as_writable_bytes(std::span(bytes)));
  if (!got) return std::unexpected(got.error());
  auto entries = DecodeGroup(std::string_view(bytes).substr(0, *got), 0, keys);
  if (!entries) return Fail(entries.error().kind, path + ": " + entries.error().message);
  if (entries->size() != 1 || entries->front().position != position) {
    return Fail(ErrorKind::kMalformed, path + ": holds another entry");
  }
  return std::move(entries->front());
}

}  // namespace weir::storage
