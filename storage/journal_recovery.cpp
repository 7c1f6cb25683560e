// SPDX-License-Identifier: Apache-2.0
#include "storage/journal_recovery.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string_view>

#include "storage/journal_erasure.hpp"
#include "storage/journal_format.hpp"
#include "storage/segment_reader.hpp"
#include "storage/segment_writer.hpp"

namespace weir::storage {
namespace {

std::unexpected<Error> Stop(ErrorKind kind, std::string_view what) {
  return Fail(kind,
              fmt::format("{}. Nothing was changed. Restore this folder from a backup, or move "
                          "it away to begin an empty journal",
                          what));
}

std::unexpected<Error> Stop(const Error& error) {
  if (error.kind != ErrorKind::kMalformed) return std::unexpected(error);
  return Stop(error.kind, error.message);
}

/// What the groups of one segment come to.
struct Scan {
  std::uint64_t next = 0;  ///< The position behind the last entry.
  std::uint64_t chain = 0;
  Instant last_stamp{};
  std::uint64_t published = 0;
  std::uint64_t last_group = 0;
  std::uint64_t used = 0;
  bool empty = true;
  std::optional<Error> damage;  ///< Why it ended where it did.
};

Scan BeginScan(const SegmentHeader& header) {
  return {.next = header.first,
          .chain = header.chain,
          .last_stamp = header.last_stamp,
          .published = header.published,
          .used = kGroupsBegin,
          .damage = {}};
}

/// Verifies groups up to position `bound`, or as far as they go. What lies behind the bound was
/// flushed in vain: the next segment took its place.
Result<Scan> ScanGroups(SegmentReader& reader, std::optional<std::uint64_t> bound) {
  Scan scan = BeginScan(reader.header());
  while (scan.next != bound) {
    const auto bytes = reader.Load();
    if (!bytes) {
      if (bytes.error().kind != ErrorKind::kMalformed) return std::unexpected(bytes.error());
      scan.damage = bytes.error();
      return scan;
    }
    const auto group = DecodeGroupHeader(*bytes);
    if (!group) return std::unexpected(group.error());
    if (group->first != scan.next || group->chain != scan.chain ||
        (bound && group->first + group->count > *bound)) {
      return Stop(ErrorKind::kMalformed, fmt::format("{} at byte {}: the group does not follow the "
                                                     "one before it",
                                                     reader.path(), reader.offset()));
    }
    scan.last_group = reader.offset();
    reader.Skip(*group);
    scan.next += group->count;
    scan.chain = group->checksum;
    scan.last_stamp = group->stamp;
    scan.published = std::max(scan.published, group->published);
    scan.used = reader.offset();
    scan.empty = false;
  }
  return scan;
}

/// Where in `tail` a sound group begins; a group's last zeros may be missing from `tail`.
std::optional<std::size_t> FindGroup(std::string_view tail, std::uint64_t salt) {
  static const std::string magic = GroupMagic();
  for (auto at = tail.find(magic); at != std::string_view::npos; at = tail.find(magic, at + 1)) {
    std::string candidate(tail.substr(at));
    candidate.resize(std::max(candidate.size(), kGroupHeaderBytes));
    const auto header = DecodeGroupHeader(candidate);
    if (!header) continue;
    candidate.resize(header->length);
    const auto verified = VerifyGroup(candidate, salt);
    if (verified || verified.error().kind != ErrorKind::kMalformed) return at;
  }
  return std::nullopt;
}

/// The last segment may end in a group whose flush was cut off; what lies behind it never may be a
/// sound group.
Result<std::uint64_t> MeasureTornTail(const SegmentReader& reader) {
  const auto tail = reader.ReadTail();
  if (!tail) return std::unexpected(tail.error());
  if (const auto sound = FindGroup(*tail, reader.header().checksum)) {
    return Stop(
        ErrorKind::kMalformed,
        fmt::format("{}: the group at byte {} is damaged, but a sound one follows at byte {}",
                    reader.path(), reader.offset(), reader.offset() + *sound));
  }
  return tail->size();
}

struct Listing {
  std::vector<std::uint64_t> firsts;
  std::vector<std::string> leftovers;
};

Result<Listing> ListSegments(const SegmentList& list) {
  const auto names = list.disk().List(list.folder());
  if (!names) return std::unexpected(names.error());
  Listing listing;
  for (const auto& name : *names) {
    if (const auto first = ParseSegmentName(name)) listing.firsts.push_back(*first);
    if (name == kSpareName || name == kErasingName)
      listing.leftovers.push_back(list.folder() + "/" + name);
  }
  if (!listing.firsts.empty()) {
    const auto last = list.PathOf(listing.firsts.back());
    const auto blank = IsBlankFile(list.disk(), last);
    if (!blank) return std::unexpected(blank.error());
    if (*blank) {
      listing.leftovers.push_back(last);
      listing.firsts.pop_back();
    }
  }
  return listing;
}

Result<void> CheckNeighbours(const SegmentHeader& before, const SegmentReader& reader) {
  const auto& header = reader.header();
  if (header.previous_first == before.first && header.last_stamp >= before.last_stamp &&
      header.published >= before.published && header.shard == before.shard) {
    return {};
  }
  return Stop(
      ErrorKind::kMalformed,
      fmt::format("{} follows the segment of position {}, but the one found before it begins "
                  "at {}: a segment is missing or does not belong here",
                  reader.path(), header.previous_first, before.first));
}

/// The headers of all segments, after checking that they form a row.
Result<std::vector<SegmentHeader>> ReadHeaders(const SegmentList& list,
                                               const std::vector<std::uint64_t>& firsts) {
  std::vector<SegmentHeader> headers;
  for (const auto first : firsts) {
    const auto reader = SegmentReader::Open(list.disk(), list.PathOf(first), first);
    if (!reader) return Stop(reader.error());
    if (!headers.empty()) {
      if (auto fine = CheckNeighbours(headers.back(), *reader); !fine) {
        return std::unexpected(fine.error());
      }
    }
    headers.push_back(reader->header());
  }
  return headers;
}

/// Verifies that `header`'s segment ends exactly where the next one, `next`, begins.
Result<Scan> ScanClosed(const SegmentList& list, const SegmentHeader& header,
                        const SegmentHeader& next) {
  auto reader = SegmentReader::Open(list.disk(), list.PathOf(header.first), header.first);
  if (!reader) return Stop(reader.error());
  auto scan = ScanGroups(*reader, next.first);
  if (!scan) return scan;
  if (scan->damage) return Stop(*scan->damage);
  if (scan->chain != next.chain) {
    return Stop(
        ErrorKind::kMalformed,
        fmt::format("{}: its last group is not the one the next segment follows", reader->path()));
  }
  return scan;
}

void TakeScan(JournalState& state, const Scan& scan, std::string path) {
  state.end = scan.next - 1;
  state.chain = scan.chain;
  state.last_stamp = scan.last_stamp;
  state.published = std::max(state.published, scan.published);
  if (!scan.empty) {
    state.tail = {.path = std::move(path), .last_group = scan.last_group, .used = scan.used};
  }
}

Result<void> InspectLast(const SegmentList& list, const std::vector<SegmentHeader>& headers,
                         JournalState& state) {
  const auto& last = headers.back();
  auto reader = SegmentReader::Open(list.disk(), list.PathOf(last.first), last.first);
  if (!reader) return Stop(reader.error());
  const auto scan = ScanGroups(*reader, std::nullopt);
  if (!scan) return std::unexpected(scan.error());
  const auto torn = MeasureTornTail(*reader);
  if (!torn) return std::unexpected(torn.error());
  state.torn_bytes = *torn;
  state.previous_first = scan->empty ? last.previous_first : last.first;
  TakeScan(state, *scan, reader->path());
  if (!scan->empty) return {};

  // It holds nothing: the fresh segment takes its place.
  state.segments.pop_back();
  if (headers.size() < 2) return {};
  const auto& before = headers[headers.size() - 2];
  const auto closed = ScanClosed(list, before, last);
  if (!closed) return std::unexpected(closed.error());
  TakeScan(state, *closed, list.PathOf(before.first));
  return {};
}

Result<void> SecureTail(Disk& disk, const JournalState::Tail& tail) {
  const auto file = disk.Open(tail.path, OpenMode::kReadWrite);
  if (!file) return std::unexpected(file.error());
  std::string group(tail.used - tail.last_group, '\0');
  const auto bytes = std::as_writable_bytes(std::span(group));
  const auto got = (*file)->ReadAt(tail.last_group, bytes);
  if (!got) return std::unexpected(got.error());
  if (*got != group.size()) return Fail(ErrorKind::kInternal, tail.path + " became shorter");
  // After a failed flush a page may count as clean though it never reached the disk: a flush alone
  // would not write it again.
  if (auto done = (*file)->WriteAt(tail.last_group, bytes); !done) return done;
  if (auto done = (*file)->Truncate(tail.used); !done) return done;
  return (*file)->Sync();
}

}  // namespace

Result<JournalState> InspectJournal(const SegmentList& list) {
  auto listing = ListSegments(list);
  if (!listing) return std::unexpected(listing.error());
  const auto headers = ReadHeaders(list, listing->firsts);
  if (!headers) return std::unexpected(headers.error());
  JournalState state{.segments = {}, .tail = {}, .leftovers = std::move(listing->leftovers)};
  state.found = headers->size();
  for (const auto& header : *headers) {
    state.segments.push_back({.first = header.first, .last_stamp = header.last_stamp});
  }
  if (headers->empty()) return state;
  if (auto fine = InspectLast(list, *headers, state); !fine) return std::unexpected(fine.error());
  return state;
}

Result<void> RepairJournal(const SegmentList& list, const JournalState& state) {
  if (state.tail) {
    if (auto done = SecureTail(list.disk(), *state.tail); !done) return done;
  }
  for (const auto& path : state.leftovers) {
    if (auto done = list.disk().Remove(path); !done) return done;
  }
  return list.disk().SyncFolder(list.folder());
}

}  // namespace weir::storage
