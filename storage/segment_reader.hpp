// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/disk.hpp"
#include "base/error.hpp"
#include "storage/journal_format.hpp"

namespace weir::storage {

/// Walks over the groups of one segment file, front to back. One thread at a time; a writer may
/// append to the file meanwhile.
class SegmentReader {
 public:
  /// kMalformed when the header is damaged or does not say `first`.
  [[nodiscard]] static Result<SegmentReader> Open(Disk& disk, std::string path,
                                                  std::uint64_t first);

  [[nodiscard]] const SegmentHeader& header() const { return header_; }
  [[nodiscard]] const std::string& path() const { return path_; }
  /// Where the next group begins.
  [[nodiscard]] std::uint64_t offset() const { return offset_; }

  /// The next group's header, unverified.
  [[nodiscard]] Result<GroupHeader> Peek();
  /// The whole next group, verified. The bytes live until the next call.
  [[nodiscard]] Result<std::string_view> Load();
  /// Goes behind the group with this header.
  void Skip(const GroupHeader& group) { offset_ += group.length; }
  /// Forgets what was read ahead: the writer has gone on.
  void Refresh() { buffer_.clear(); }
  /// All bytes from the next group's beginning to the file's end, without the zeros at its end.
  [[nodiscard]] Result<std::string> ReadTail() const;

 private:
  SegmentReader(std::unique_ptr<File> file, std::string path);
  /// Exactly `count` bytes at the next group's beginning.
  [[nodiscard]] Result<std::string_view> Fetch(std::size_t count);
  [[nodiscard]] std::unexpected<Error> At(const Error& error) const;

  std::unique_ptr<File> file_;
  std::string path_;
  SegmentHeader header_;
  std::uint64_t offset_ = kGroupsBegin;
  std::string buffer_;
  std::uint64_t buffer_offset_ = 0;
};

/// True when the file holds nothing but zeros, as one does whose making was cut off.
[[nodiscard]] Result<bool> IsBlankFile(Disk& disk, const std::string& path);

}  // namespace weir::storage
