// SPDX-License-Identifier: Apache-2.0
#include "storage/journal_retention.hpp"

#include <fmt/format.h>

#include <span>

#include "storage/journal_format.hpp"
#include "storage/journal_reader.hpp"

namespace weir::storage {
namespace {

std::string KeptFolder(const std::string& journal_folder) { return journal_folder + "/kept"; }

std::string KeptPath(const std::string& journal_folder, std::uint64_t offset) {
  return fmt::format("{}/{:020}.entry", KeptFolder(journal_folder), offset);
}

/// A kept entry is a group of its own, outside any chain.
Result<std::string> EncodeKept(const Entry& entry, KeyRing* keys) {
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

Result<void> Keep(const SegmentList& list, const Entry& entry) {
  const auto bytes = EncodeKept(entry, list.keys());
  if (!bytes) return std::unexpected(bytes.error());
  const auto path = KeptPath(list.folder(), entry.position.offset);
  const auto file = list.disk().Open(path, OpenMode::kCreate);
  if (!file) return std::unexpected(file.error());
  // An earlier attempt may have been cut off.
  if (auto done = (*file)->Truncate(0); !done) return done;
  if (auto done = (*file)->WriteAt(0, std::as_bytes(std::span(*bytes))); !done) return done;
  return (*file)->Sync();
}

/// Copies those of `keep` that lie in [first, behind).
Result<void> KeepEntries(const std::shared_ptr<SegmentList>& list, const std::set<Position>& keep,
                         std::uint64_t first, std::uint64_t behind) {
  const auto begin = keep.lower_bound(Position{.offset = first});
  const auto end = keep.lower_bound(Position{.offset = behind});
  if (begin == end) return {};
  if (auto made = list->disk().MakeFolder(KeptFolder(list->folder())); !made) return made;
  for (auto at = begin; at != end; ++at) {
    const auto entry = FileJournalReader(list, at->offset).Next();
    if (!entry) return std::unexpected(entry.error());
    if (!*entry) return Fail(ErrorKind::kInternal, "a closed segment ends before its end");
    if ((*entry)->erased) continue;
    if (auto kept = Keep(*list, **entry); !kept) return kept;
  }
  return list->disk().SyncFolder(KeptFolder(list->folder()));
}

}  // namespace

Result<std::uint64_t> RemoveOldSegments(const std::shared_ptr<SegmentList>& list, Position before,
                                        Instant older_than, const std::set<Position>& keep) {
  std::uint64_t removed = 0;
  while (const auto pair = list->Oldest()) {
    const auto& [oldest, next] = *pair;
    if (next.first > before.offset || next.last_stamp >= older_than) break;
    if (auto kept = KeepEntries(list, keep, oldest.first, next.first); !kept) {
      return std::unexpected(kept.error());
    }
    if (auto gone = list->disk().Remove(list->PathOf(oldest.first)); !gone) {
      return std::unexpected(gone.error());
    }
    list->RemoveOldest();
    // One by one: a power cut may never leave a gap.
    if (auto synced = list->disk().SyncFolder(list->folder()); !synced) {
      return std::unexpected(synced.error());
    }
    ++removed;
  }
  return removed;
}

Result<Entry> ReadKeptEntry(Disk& disk, const std::string& journal_folder, Position position,
                            const KeyRing* keys) {
  const auto path = KeptPath(journal_folder, position.offset);
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
