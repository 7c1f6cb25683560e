// SPDX-License-Identifier: Apache-2.0
#include "storage/segment_writer.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace weir::storage {
namespace {

/// Zeros written ahead for each byte of groups: with the first sixteenth filled at the start, a
/// segment and its successor are both ready when the segment is two thirds full.
constexpr std::uint64_t kPace = 3;
constexpr std::uint64_t kFirstFill = 16;
/// A piece is this part of a segment: 256 KiB of 64 MiB, well under a millisecond.
constexpr std::uint64_t kPieces = 256;

std::span<const std::byte> Bytes(std::string_view text) { return std::as_bytes(std::span(text)); }

}  // namespace

SegmentWriter::SegmentWriter(SegmentList& list, std::uint64_t segment_bytes)
    : list_(list),
      segment_bytes_(segment_bytes),
      spare_path_(list.folder() + "/" + std::string(kSpareName)) {}

SegmentWriter::~SegmentWriter() {
  Close();
  if (spare_ != nullptr) DropSpare();
}

bool SegmentWriter::Accepts(std::uint64_t group_bytes) const {
  return file_ != nullptr && (offset_ == kGroupsBegin || offset_ + group_bytes <= segment_bytes_);
}

Result<void> SegmentWriter::Start(const SegmentHeader& header) {
  Close();
  auto file = spare_ != nullptr ? std::move(spare_) : MakeSpare();
  if (!file) return std::unexpected(file.error());
  if (auto started = StartFrom(**file, header); !started) {
    DropSpare();
    return started;
  }
  file_ = *std::move(file);
  filled_ = std::exchange(spare_filled_, 0);
  offset_ = kGroupsBegin;
  owed_ = 0;
  return {};
}

Result<void> SegmentWriter::StartFrom(File& file, const SegmentHeader& header) {
  const auto bytes = EncodeSegmentHeader(header);
  const auto decoded = DecodeSegmentHeader(bytes);
  if (!decoded) return std::unexpected(decoded.error());
  salt_ = decoded->checksum;
  if (auto done = file.WriteAt(0, Bytes(bytes)); !done) return done;
  if (auto done = file.Sync(); !done) return done;
  if (auto done = list_.disk().Rename(spare_path_, list_.PathOf(header.first)); !done) return done;
  return list_.disk().SyncFolder(list_.folder());
}

Result<void> SegmentWriter::Write(std::string_view group) {
  auto written = file_->WriteAt(offset_, Bytes(group));
  if (written) written = file_->Sync();
  if (!written) {
    Close();
    return written;
  }
  offset_ += group.size();
  filled_ = std::max(filled_, offset_);
  return {};
}

void SegmentWriter::PrepareAhead(std::uint64_t group_bytes) {
  if (file_ == nullptr) return;
  owed_ += kPace * group_bytes;
  if (owed_ < segment_bytes_ / kPieces) return;
  const auto by = std::exchange(owed_, 0);
  if (filled_ < segment_bytes_) {
    const auto target = std::min(segment_bytes_, filled_ + by);
    if (file_->Allocate(target)) filled_ = target;
  } else if (spare_filled_ < segment_bytes_) {
    GrowSpare(by);
  }
}

void SegmentWriter::GrowSpare(std::uint64_t by) {
  if (spare_ == nullptr) {
    auto made = MakeSpare();
    if (!made) return;
    spare_ = *std::move(made);
  }
  const auto target = std::min(segment_bytes_, spare_filled_ + by);
  if (spare_->Allocate(target)) {
    spare_filled_ = target;
  } else {
    DropSpare();
  }
}

Result<std::unique_ptr<File>> SegmentWriter::MakeSpare() {
  auto file = list_.disk().Open(spare_path_, OpenMode::kCreate);
  if (!file) return file;
  const auto size = std::max(kGroupsBegin, segment_bytes_ / kFirstFill);
  // One may be there from an attempt that failed.
  auto filled = (*file)->Truncate(0);
  if (filled) filled = (*file)->Allocate(size);
  if (!filled) {
    DropSpare();
    return std::unexpected(filled.error());
  }
  spare_filled_ = size;
  return file;
}

void SegmentWriter::DropSpare() {
  spare_.reset();
  spare_filled_ = 0;
  // If it cannot be removed now, the next attempt or the next start will.
  std::ignore = list_.disk().Remove(spare_path_);
}

void SegmentWriter::Close() {
  if (file_ == nullptr) return;
  // Gives the zeros back; nothing depends on it.
  std::ignore = file_->Truncate(offset_);
  file_.reset();
}

}  // namespace weir::storage
