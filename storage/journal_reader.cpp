// SPDX-License-Identifier: Apache-2.0
#include "storage/journal_reader.hpp"

#include <fmt/format.h>

#include <utility>

#include "storage/journal_erasure.hpp"

namespace weir::storage {

Result<std::optional<Entry>> FileJournalReader::Next() {
  for (;;) {
    if (remaining_ == 0) {
      const auto loaded = LoadGroup();
      if (!loaded) return std::unexpected(loaded.error());
      if (!*loaded) return std::nullopt;
    }
    auto entry = TakeEntry();
    if (!entry || *entry) return entry;
  }
}

Result<std::optional<Entry>> FileJournalReader::TakeEntry() {
  const auto frame = TakeFrame(frames_);
  if (!frame) return std::unexpected(frame.error());
  --remaining_;
  const auto at = at_++;
  if (at < from_) return std::nullopt;
  auto entry = DecodeFrame(*frame, at, list_->keys());
  if (!entry) {
    return Fail(entry.error().kind,
                fmt::format("{}, entry {}: {}", segment_->path(), at, entry.error().message));
  }
  entry->stamp = stamp_;
  if (entry->erased) {
    auto residue = ReadResidue(*list_, entry->position);
    if (!residue) return std::unexpected(residue.error());
    entry->payload = *std::move(residue);
  }
  from_ = at + 1;
  return std::optional(*std::move(entry));
}

bool FileJournalReader::ReachesEnd() {
  if (from_ <= seen_end_) return false;
  // Bytes read ahead of the old end may have been written since.
  seen_end_ = list_->end();
  if (segment_) segment_->Refresh();
  return from_ > seen_end_;
}

Result<bool> FileJournalReader::LoadGroup() {
  for (;;) {
    if (ReachesEnd()) return false;
    // Within a row of segments every group is followed, so that the chain is checked throughout.
    const auto wanted = segment_ ? next_ : from_;
    const auto first = list_->Find(wanted);
    if (!first) {
      return Fail(ErrorKind::kNotFound,
                  fmt::format("journal entry {} is older than what is kept", wanted));
    }
    if (!segment_ || segment_->header().first != *first) {
      if (auto entered = EnterSegment(*first); !entered) return entered;
    }
    const auto header = PeekNext();
    if (!header) return std::unexpected(header.error());
    const bool holds = header->first + header->count > from_;
    if (holds) {
      const auto bytes = segment_->Load();
      if (!bytes) return std::unexpected(bytes.error());
      frames_ = bytes->substr(kGroupHeaderBytes, header->length - kGroupHeaderBytes);
      at_ = header->first;
      remaining_ = header->count;
      stamp_ = header->stamp;
    }
    segment_->Skip(*header);
    next_ = header->first + header->count;
    chain_ = header->checksum;
    if (holds) return true;
  }
}

Result<bool> FileJournalReader::EnterSegment(std::uint64_t first) {
  auto opened = SegmentReader::Open(list_->disk(), list_->PathOf(first), first);
  if (!opened) return std::unexpected(opened.error());
  if (segment_ && (opened->header().chain != chain_ || opened->header().first != next_)) {
    return Fail(ErrorKind::kMalformed,
                opened->path() + ": the segment does not follow the one before it");
  }
  next_ = first;
  chain_ = opened->header().chain;
  segment_ = *std::move(opened);
  return true;
}

Result<GroupHeader> FileJournalReader::PeekNext() {
  auto header = segment_->Peek();
  if (!header) return header;
  if (header->first != next_ || header->chain != chain_) {
    return Fail(ErrorKind::kMalformed,
                fmt::format("{} at byte {}: the group does not follow the one before it",
                            segment_->path(), segment_->offset()));
  }
  return header;
}

}  // namespace weir::storage
