// SPDX-License-Identifier: Apache-2.0
#include "storage/segment_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>

namespace weir::storage {
namespace {

constexpr std::size_t kReadAhead = 64U << 10;

Result<std::string> ReadRange(const File& file, std::uint64_t offset, std::size_t count) {
  std::string bytes(count, '\0');
  const auto got = file.ReadAt(offset, std::as_writable_bytes(std::span(bytes)));
  if (!got) return std::unexpected(got.error());
  bytes.resize(*got);
  return bytes;
}

/// Bytes from `offset` on, up to the last that is not zero.
Result<std::string> ReadUpToZeros(const File& file, std::uint64_t offset) {
  constexpr std::size_t kPiece = 1U << 20;
  std::string tail;
  std::uint64_t zeros = 0;  // read, but not known to be followed by anything
  for (;;) {
    const auto piece = ReadRange(file, offset, kPiece);
    if (!piece) return piece;
    const auto last = piece->find_last_not_of('\0');
    if (last == std::string::npos) {
      zeros += piece->size();
    } else {
      tail.append(zeros, '\0').append(*piece, 0, last + 1);
      zeros = piece->size() - last - 1;
    }
    offset += piece->size();
    if (piece->size() < kPiece) return tail;
  }
}

}  // namespace

SegmentReader::SegmentReader(std::unique_ptr<File> file, std::string path)
    : file_(std::move(file)), path_(std::move(path)) {}

Result<SegmentReader> SegmentReader::Open(Disk& disk, std::string path, std::uint64_t first) {
  auto file = disk.Open(path, OpenMode::kRead);
  if (!file) return std::unexpected(file.error());
  const auto bytes = ReadRange(**file, 0, kSegmentHeaderBytes);
  if (!bytes) return std::unexpected(bytes.error());
  SegmentReader reader(*std::move(file), std::move(path));
  const auto header = DecodeSegmentHeader(*bytes);
  if (!header) return reader.At(header.error());
  if (header->first != first) {
    return reader.At(
        {.kind = ErrorKind::kMalformed, .message = "the file's name is not what its header says"});
  }
  reader.header_ = *header;
  return reader;
}

Result<GroupHeader> SegmentReader::Peek() {
  const auto bytes = Fetch(kGroupHeaderBytes);
  if (!bytes) return std::unexpected(bytes.error());
  auto header = DecodeGroupHeader(*bytes);
  if (!header) return At(header.error());
  return header;
}

Result<std::string_view> SegmentReader::Load() {
  const auto header = Peek();
  if (!header) return std::unexpected(header.error());
  const auto bytes = Fetch(header->length);
  if (!bytes) return bytes;
  if (const auto verified = VerifyGroup(*bytes, header_.checksum); !verified) {
    return At(verified.error());
  }
  return *bytes;
}

Result<std::string> SegmentReader::ReadTail() const { return ReadUpToZeros(*file_, offset_); }

Result<std::string_view> SegmentReader::Fetch(std::size_t count) {
  const bool held = offset_ >= buffer_offset_ && offset_ + count <= buffer_offset_ + buffer_.size();
  if (!held) {
    const auto size = file_->Size();
    if (!size) return std::unexpected(size.error());
    if (offset_ + count > *size) {
      return At({.kind = ErrorKind::kMalformed, .message = "the file ends within a group"});
    }
    auto bytes = ReadRange(*file_, offset_, std::max(count, kReadAhead));
    if (!bytes) return std::unexpected(bytes.error());
    buffer_ = *std::move(bytes);
    buffer_offset_ = offset_;
    if (buffer_.size() < count) {
      return At({.kind = ErrorKind::kMalformed, .message = "the file ends within a group"});
    }
  }
  return std::string_view(buffer_).substr(offset_ - buffer_offset_, count);
}

std::unexpected<Error> SegmentReader::At(const Error& error) const {
  return Fail(error.kind, fmt::format("{} at byte {}: {}", path_, offset_, error.message));
}

Result<bool> IsBlankFile(Disk& disk, const std::string& path) {
  const auto file = disk.Open(path, OpenMode::kRead);
  if (!file) return std::unexpected(file.error());
  for (std::uint64_t offset = 0;; offset += kReadAhead) {
    const auto piece = ReadRange(**file, offset, kReadAhead);
    if (!piece) return std::unexpected(piece.error());
    if (piece->find_first_not_of('\0') != std::string::npos) return false;
    if (piece->size() < kReadAhead) return true;
  }
}

}  // namespace weir::storage
