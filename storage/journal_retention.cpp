// SPDX-License-Identifier: Apache-2.0
#include "storage/journal_retention.hpp"

#include "storage/journal_erasure.hpp"
#include "storage/journal_reader.hpp"
#include "storage/lone_entry.hpp"

namespace weir::storage {
namespace {

std::string KeptPath(const std::string& journal_folder, std::uint64_t offset) {
  return LoneEntryPath(KeptFolder(journal_folder), offset);
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
    auto kept = WriteLoneEntry(list->disk(), KeptFolder(list->folder()), **entry, list->keys());
    if (!kept) return kept;
  }
  return {};
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
  if (removed == 0) return removed;
  if (auto gone = RemoveResidues(*list); !gone) return std::unexpected(gone.error());
  return removed;
}

Result<std::vector<Position>> ListKeptEntries(Disk& disk, const std::string& journal_folder) {
  std::vector<Position> kept;
  const auto there = disk.Exists(KeptFolder(journal_folder));
  if (!there) return std::unexpected(there.error());
  if (!*there) return kept;
  const auto names = disk.List(KeptFolder(journal_folder));
  if (!names) return std::unexpected(names.error());
  for (const auto& name : *names) {
    if (const auto offset = LoneEntryOffset(name)) kept.push_back({.offset = *offset});
  }
  return kept;
}

Result<Entry> ReadKeptEntry(Disk& disk, const std::string& journal_folder, Position position,
                            const KeyRing* keys) {
  return ReadLoneEntry(disk, KeptPath(journal_folder, position.offset), position, keys);
}

}  // namespace weir::storage
