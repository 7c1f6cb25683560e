// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "storage/segment_list.hpp"

namespace weir::storage {

/// What stands in a journal's folder.
struct JournalState {
  /// Those that stay, in order. The first fresh segment begins at end + 1.
  std::vector<SegmentList::Segment> segments;
  std::uint64_t found = 0;  ///< Segment files seen, empty ones included.
  std::uint64_t end = 0;    ///< The last entry.
  std::uint64_t chain = 0;  ///< Checksum of the last group.
  Instant last_stamp{};
  std::uint64_t published = 0;
  std::uint64_t previous_first = 0;  ///< What the fresh segment names as the one before it.
  std::uint64_t torn_bytes = 0;

  /// The end of the last segment that holds a group.
  struct Tail {
    std::string path;
    std::uint64_t last_group = 0;  ///< Where its last group begins.
    std::uint64_t used = 0;        ///< Where that group ends.
  };
  std::optional<Tail> tail;
  std::vector<std::string> leftovers;  ///< Files to remove: their making was cut off.
};

/// Looks at the segments and changes nothing. All headers must form an unbroken row; the groups of
/// the last segment that holds any are verified. kMalformed on damage that is no torn tail.
[[nodiscard]] Result<JournalState> InspectJournal(const SegmentList& list);

/// Cuts the torn tail and removes leftovers, and makes sure that what was read is on stable storage
/// and not only in a cache: an earlier process may have written its last group and never flushed
/// it.
[[nodiscard]] Result<void> RepairJournal(const SegmentList& list, const JournalState& state);

}  // namespace weir::storage
