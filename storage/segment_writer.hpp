// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/disk.hpp"
#include "base/error.hpp"
#include "storage/journal_format.hpp"
#include "storage/segment_list.hpp"

namespace weir::storage {

/// A segment's name while it is being made. A file gets its real name only when its header is
/// durable.
inline constexpr std::string_view kSpareName = "next.segment";

/// The segment that is being written, and the one that will follow it. One thread at a time.
///
/// Zeros are written ahead of the groups so that a flush changes no metadata, a piece at a time so
/// that no group waits long for it: first to the end of the segment, then into the spare that the
/// next one is made of.
class SegmentWriter {
 public:
  SegmentWriter(SegmentList& list, std::uint64_t segment_bytes);
  /// Closes the segment and removes the spare.
  ~SegmentWriter();
  SegmentWriter(const SegmentWriter&) = delete;
  SegmentWriter& operator=(const SegmentWriter&) = delete;

  /// Whether a group of that size belongs into the segment that is open. One that is larger than
  /// any segment gets a segment of its own.
  [[nodiscard]] bool Accepts(std::uint64_t group_bytes) const;
  /// See CloseGroup.
  [[nodiscard]] std::uint64_t salt() const { return salt_; }

  /// Closes the segment that is open and begins another. After a failure none is open.
  [[nodiscard]] Result<void> Start(const SegmentHeader& header);
  /// Writes and flushes a group. After a failure no segment is open: what is on disk is unknown.
  [[nodiscard]] Result<void> Write(std::string_view group);
  /// To be called behind each group, when nobody waits. A full disk is not reported here: the group
  /// that finds no room will.
  void PrepareAhead(std::uint64_t group_bytes);

 private:
  void Close();
  [[nodiscard]] Result<void> StartFrom(File& file, const SegmentHeader& header);
  [[nodiscard]] Result<std::unique_ptr<File>> MakeSpare();
  void GrowSpare(std::uint64_t by);
  void DropSpare();

  SegmentList& list_;
  const std::uint64_t segment_bytes_;
  const std::string spare_path_;

  std::unique_ptr<File> file_;
  std::uint64_t salt_ = 0;
  std::uint64_t offset_ = 0;  ///< Where the next group goes.
  std::uint64_t filled_ = 0;  ///< How far the file reaches.

  std::unique_ptr<File> spare_;
  std::uint64_t spare_filled_ = 0;
  std::uint64_t owed_ = 0;  ///< Zeros to write ahead, not yet worth the call.
};

}  // namespace weir::storage
