// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "base/disk.hpp"
#include "base/error.hpp"
#include "storage/entry.hpp"
#include "storage/segment_list.hpp"

namespace weir::app::explain {

/// Single entries of a journal that a gateway may be writing: takes no lock and changes nothing.
class JournalFolder {
 public:
  /// kNotFound when there is no such folder. `disk` outlives this. `keys` may be
  /// null where nothing is sealed.
  [[nodiscard]] static Result<JournalFolder> Open(Disk& disk, const std::string& folder,
                                                  std::shared_ptr<storage::KeyRing> keys);

  /// kNotFound when the entry is older than what is kept, or not there yet.
  [[nodiscard]] Result<storage::Entry> Read(storage::Position position) const;

 private:
  explicit JournalFolder(std::shared_ptr<storage::SegmentList> segments)
      : segments_(std::move(segments)) {}

  std::shared_ptr<storage::SegmentList> segments_;
};

}  // namespace weir::app::explain
