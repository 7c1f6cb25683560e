// SPDX-License-Identifier: Apache-2.0
#include "storage/embedded/sqlite_wal_file.hpp"

#include <algorithm>

namespace weir::storage {
namespace {

/// The file's own head has 32 bytes, a frame's 24.
constexpr std::size_t kLongestHead = 32;
constexpr std::uint64_t kLeastReserve = 256ULL << 10;
constexpr std::uint64_t kMostReserve = 4ULL << 20;

}  // namespace

Result<void> SqliteWalFile::WriteHeld() const {
  if (held_.empty()) return {};
  auto written = file_->WriteAt(held_at_, std::as_bytes(std::span(held_)));
  held_.clear();
  return written;
}

Result<void> SqliteWalFile::Reserve(std::uint64_t end) {
  if (end <= reserved_) return {};
  const auto size = file_->Size();
  if (!size) return std::unexpected(size.error());
  reserved_ = *size;
  if (end <= reserved_) return {};
  reserved_ = end + std::clamp(end, kLeastReserve, kMostReserve);
  return file_->Allocate(reserved_);
}

Result<void> SqliteWalFile::WriteAt(std::uint64_t offset, std::span<const std::byte> bytes) {
  // A WAL that starts over may have been cut by another connection meanwhile.
  if (offset == 0) reserved_ = 0;
  const bool follows = !held_.empty() && held_at_ + held_.size() == offset;
  if (!follows) {
    if (auto written = WriteHeld(); !written) return written;
    held_at_ = offset;
  }
  held_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (bytes.size() <= kLongestHead) return {};
  if (auto room = Reserve(held_at_ + held_.size()); !room) {
    held_.clear();
    return room;
  }
  return WriteHeld();
}

Result<std::size_t> SqliteWalFile::ReadAt(std::uint64_t offset, std::span<std::byte> out) const {
  if (auto written = WriteHeld(); !written) return std::unexpected(written.error());
  return file_->ReadAt(offset, out);
}

Result<void> SqliteWalFile::Allocate(std::uint64_t size) {
  if (auto written = WriteHeld(); !written) return written;
  return file_->Allocate(size);
}

Result<void> SqliteWalFile::Truncate(std::uint64_t size) {
  if (auto written = WriteHeld(); !written) return written;
  reserved_ = 0;
  return file_->Truncate(size);
}

Result<void> SqliteWalFile::Sync() {
  if (auto written = WriteHeld(); !written) return written;
  return file_->Sync();
}

Result<std::uint64_t> SqliteWalFile::Size() const {
  if (auto written = WriteHeld(); !written) return std::unexpected(written.error());
  return file_->Size();
}

}  // namespace weir::storage
