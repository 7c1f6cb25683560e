// SPDX-License-Identifier: Apache-2.0
#include "storage/journal_erasure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "storage/journal_format.hpp"
#include "storage/journal_retention.hpp"
#include "storage/lone_entry.hpp"
#include "storage/segment_reader.hpp"

namespace weir::storage {
namespace {

constexpr std::size_t kPiece = 1U << 20;

std::string ErasedFolder(const SegmentList& list) { return list.folder() + "/erased"; }

/// Where a payload stands in its segment's file.
struct Slot {
  std::uint64_t at = 0;
  std::size_t size = 0;
};

/// What is to be done in one segment.
struct SegmentPlan {
  std::uint64_t first = 0;
  std::uint64_t behind = 0;  ///< The position its successor begins with.
  std::vector<Slot> slots;   ///< Of payloads that still stand there.
  std::vector<Entry> residues;
};

std::unexpected<Error> Unsealed(std::uint64_t offset) {
  return Fail(ErrorKind::kRejected,
              fmt::format("entry 0-{} was written before payloads were sealed and cannot be "
                          "overwritten; it goes with its segment, when [storage] journal_days are "
                          "over",
                          offset));
}

/// Adds what is asked for of the group at `at` in the file.
Result<void> PlanGroup(std::string_view group, std::uint64_t at, const Residues& residues,
                       SegmentPlan& plan) {
  const auto header = DecodeGroupHeader(group);
  if (!header) return std::unexpected(header.error());
  auto rest = group.substr(kGroupHeaderBytes);
  for (auto offset = header->first; !rest.empty(); ++offset) {
    const auto frame = TakeFrame(rest);
    if (!frame) return std::unexpected(frame.error());
    const auto residue = residues.find(Position{.offset = offset});
    if (residue == residues.end()) continue;
    const auto parts = ParseFrame(*frame);
    if (!parts) return std::unexpected(parts.error());
    if (parts->stored.empty()) continue;
    if (!parts->has_room) return Unsealed(offset);
    auto& entry = plan.residues.emplace_back();
    entry.position.offset = offset;
    entry.stamp = header->stamp;
    entry.envelope.kind = static_cast<EntryKind>(parts->kind);
    entry.envelope.merchant = parts->texts[0];
    entry.payload = residue->second;
    if (IsErasedPayload(parts->stored)) continue;
    plan.slots.push_back({at + static_cast<std::uint64_t>(parts->stored.data() - group.data()),
                          parts->stored.size()});
  }
  return {};
}

Result<SegmentPlan> PlanSegment(const SegmentList& list, std::uint64_t first,
                                const Residues& residues) {
  const auto behind = list.Next(first);
  if (!behind) {
    return Fail(ErrorKind::kConflict, "what is still being written to cannot be erased");
  }
  SegmentPlan plan{.first = first, .behind = *behind, .slots = {}, .residues = {}};
  auto reader = SegmentReader::Open(list.disk(), list.PathOf(first), first);
  if (!reader) return std::unexpected(reader.error());
  for (auto next = first; next < plan.behind;) {
    const auto group = reader->Load();
    if (!group) return std::unexpected(group.error());
    const auto at = reader->offset();
    const auto header = reader->Peek();
    if (!header) return std::unexpected(header.error());
    next = header->first + header->count;
    if (auto planned = PlanGroup(*group, at, residues, plan); !planned) {
      return std::unexpected(planned.error());
    }
    reader->Skip(*header);
  }
  return plan;
}

Result<void> CopyFile(const File& from, File& to) {
  std::string piece(kPiece, '\0');
  if (auto done = to.Truncate(0); !done) return done;
  for (std::uint64_t at = 0;;) {
    const auto got = from.ReadAt(at, std::as_writable_bytes(std::span(piece)));
    if (!got) return std::unexpected(got.error());
    if (*got == 0) return {};
    if (auto done = to.WriteAt(at, std::as_bytes(std::span(piece)).first(*got)); !done) return done;
    at += *got;
  }
}

Result<void> EraseSlot(File& file, const Slot& slot) {
  std::string stored(slot.size, '\0');
  const auto got = file.ReadAt(slot.at, std::as_writable_bytes(std::span(stored)));
  if (!got) return std::unexpected(got.error());
  if (auto erased = EraseStored(stored); !erased) return erased;
  return file.WriteAt(slot.at, std::as_bytes(std::span(stored)));
}

/// Reads the file once more: what takes a segment's place has to be sound.
Result<void> Check(Disk& disk, const std::string& path, const SegmentPlan& plan) {
  auto reader = SegmentReader::Open(disk, path, plan.first);
  if (!reader) return std::unexpected(reader.error());
  for (auto next = plan.first; next < plan.behind;) {
    if (const auto group = reader->Load(); !group) return std::unexpected(group.error());
    const auto header = reader->Peek();
    if (!header) return std::unexpected(header.error());
    next = header->first + header->count;
    reader->Skip(*header);
  }
  return {};
}

/// A copy takes the segment's place, so that no moment finds half a payload. Then the old file,
/// which has no name any more, is overwritten too.
Result<void> RewriteSegment(const SegmentList& list, const SegmentPlan& plan) {
  Disk& disk = list.disk();
  const auto path = list.PathOf(plan.first);
  const auto copy = fmt::format("{}/{}", list.folder(), kErasingName);
  const auto old = disk.Open(path, OpenMode::kReadWrite);
  if (!old) return std::unexpected(old.error());
  {
    const auto file = disk.Open(copy, OpenMode::kCreate);
    if (!file) return std::unexpected(file.error());
    if (auto copied = CopyFile(**old, **file); !copied) return copied;
    for (const Slot& slot : plan.slots) {
      if (auto erased = EraseSlot(**file, slot); !erased) return erased;
    }
    if (auto done = (*file)->Sync(); !done) return done;
  }
  if (auto sound = Check(disk, copy, plan); !sound) return sound;
  if (auto done = disk.Rename(copy, path); !done) return done;
  if (auto done = disk.SyncFolder(list.folder()); !done) return done;
  for (const Slot& slot : plan.slots) {
    const std::string zeros(slot.size, '\0');
    if (auto done = (*old)->WriteAt(slot.at, std::as_bytes(std::span(zeros))); !done) return done;
  }
  return (*old)->Sync();
}

Result<std::vector<SegmentPlan>> PlanAll(const SegmentList& list, const Residues& residues) {
  std::vector<SegmentPlan> plans;
  for (const auto& [position, residue] : residues) {
    if (position.offset < list.begin()) continue;
    const auto first = list.Find(position.offset);
    if (!first || position.offset > list.end()) {
      return Fail(ErrorKind::kNotFound, "entry " + position.ToText() + " is not in the journal");
    }
    if (!plans.empty() && plans.back().first == *first) continue;
    auto plan = PlanSegment(list, *first, residues);
    if (!plan) return std::unexpected(plan.error());
    plans.push_back(*std::move(plan));
  }
  return plans;
}

/// Of an entry that was kept when its segment went nothing has to be left.
Result<void> RemoveKept(const SegmentList& list, const Residues& residues) {
  bool removed = false;
  for (const auto& [position, residue] : residues) {
    if (position.offset >= list.begin()) break;
    const auto path = LoneEntryPath(KeptFolder(list.folder()), position.offset);
    const auto there = list.disk().Exists(path);
    if (!there) return std::unexpected(there.error());
    if (!*there) continue;
    if (auto gone = list.disk().Remove(path); !gone) return gone;
    removed = true;
  }
  return removed ? list.disk().SyncFolder(KeptFolder(list.folder())) : Result<void>();
}

}  // namespace

Result<void> EraseEntries(const SegmentList& list, const Residues& residues) {
  const auto plans = PlanAll(list, residues);
  if (!plans) return std::unexpected(plans.error());
  if (auto removed = RemoveKept(list, residues); !removed) return removed;
  const auto folder = ErasedFolder(list);
  if (auto made = list.disk().MakeFolder(folder); !made) return made;
  for (const SegmentPlan& plan : *plans) {
    for (const Entry& residue : plan.residues) {
      auto written = WriteLoneEntry(list.disk(), folder, residue, list.keys());
      if (!written) return written;
    }
  }
  for (const SegmentPlan& plan : *plans) {
    if (plan.slots.empty()) continue;
    if (auto done = RewriteSegment(list, plan); !done) return done;
  }
  return {};
}

Result<std::string> ReadResidue(const SegmentList& list, Position position) {
  const auto path = LoneEntryPath(ErasedFolder(list), position.offset);
  auto entry = ReadLoneEntry(list.disk(), path, position, list.keys());
  if (entry) return std::move(entry->payload);
  if (entry.error().kind != ErrorKind::kNotFound) return std::unexpected(entry.error());
  return Fail(ErrorKind::kMalformed,
              path +
                  " is missing, which says what is left of an erased entry: put it back from a "
                  "backup");
}

Result<void> RemoveResidues(const SegmentList& list) {
  const auto folder = ErasedFolder(list);
  const auto there = list.disk().Exists(folder);
  if (!there) return std::unexpected(there.error());
  if (!*there) return {};
  const auto names = list.disk().List(folder);
  if (!names) return std::unexpected(names.error());
  for (std::string_view name : *names) {
    const auto offset = LoneEntryOffset(name);
    if (offset && *offset >= list.begin()) continue;
    if (auto gone = list.disk().Remove(folder + "/" + std::string(name)); !gone) return gone;
  }
  return list.disk().SyncFolder(folder);
}

}  // namespace weir::storage
