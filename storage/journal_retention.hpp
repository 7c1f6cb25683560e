// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "base/disk.hpp"
#include "base/error.hpp"
#include "storage/entry.hpp"
#include "storage/segment_list.hpp"

namespace weir::storage {

/// Does what Journal::RemoveSegments promises. One thread at a time; beside the writer and readers.
[[nodiscard]] Result<std::uint64_t> RemoveOldSegments(const std::shared_ptr<SegmentList>& list,
                                                      Position before, Instant older_than,
                                                      const std::set<Position>& keep);

/// Where open entries lie whose segments are gone.
[[nodiscard]] inline std::string KeptFolder(const std::string& journal_folder) {
  return journal_folder + "/kept";
}

[[nodiscard]] Result<std::vector<Position>> ListKeptEntries(Disk& disk,
                                                            const std::string& journal_folder);
/// An entry that RemoveSegments copied to `kept` in the journal's folder before its segment went;
/// kNotFound when it was not.
[[nodiscard]] Result<Entry> ReadKeptEntry(Disk& disk, const std::string& journal_folder,
                                          Position position, const KeyRing* keys = nullptr);

}  // namespace weir::storage
