// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "storage/journal.hpp"
#include "storage/segment_list.hpp"
#include "storage/segment_reader.hpp"

namespace weir::storage {

/// Reads segment by segment, group by group; may outlive the journal.
class FileJournalReader final : public JournalReader {
 public:
  FileJournalReader(std::shared_ptr<const SegmentList> list, std::uint64_t from)
      : list_(std::move(list)), from_(from) {}

  Result<std::optional<Entry>> Next() override;

 private:
  /// Makes `frames_` the group that holds `from_`. False at the durable end.
  Result<bool> LoadGroup();
  Result<bool> EnterSegment(std::uint64_t first);
  Result<GroupHeader> PeekNext();
  Result<std::optional<Entry>> TakeEntry();
  [[nodiscard]] bool ReachesEnd();

  std::shared_ptr<const SegmentList> list_;
  std::uint64_t from_;          ///< The next entry to return.
  std::uint64_t seen_end_ = 0;  ///< What was read from the file is good up to here.

  std::optional<SegmentReader> segment_;
  std::uint64_t next_ = 0;   ///< First position of the segment's next group.
  std::uint64_t chain_ = 0;  ///< Checksum of the group before that.

  std::string_view frames_;      ///< What is left of the loaded group.
  std::uint64_t at_ = 0;         ///< Position of the first frame in it.
  std::uint64_t remaining_ = 0;  ///< Frames in it.
  Instant stamp_{};
};

}  // namespace weir::storage
