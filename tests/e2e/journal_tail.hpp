// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "storage/entry.hpp"

namespace weir::e2e {

/// The end of a stopped gateway's journal, as a power cut may shorten it.
struct JournalTail {
  std::string path;        ///< Of the newest segment that holds groups.
  std::uint64_t kept = 0;  ///< Behind the last group of which somebody knows.
  std::uint64_t used = 0;  ///< Behind the last group.
  std::uint64_t last = 0;  ///< The last entry's offset in the journal.
  std::uint64_t size = 0;  ///< Of the file.
};

/// Looks which groups at the end hold no entry that is `known`; they may never have been flushed.
/// Throws when the segments cannot be read.
[[nodiscard]] JournalTail FindTail(const std::string& data_folder,
                                   const std::function<bool(const storage::Entry&)>& known);

/// Cuts the segment at `at` and puts `garbage` in place of what stood there; behind it the file is
/// zeros, as one that was filled ahead.
void CutTail(const JournalTail& tail, std::uint64_t at, const std::string& garbage);

}  // namespace weir::e2e
