// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "storage/erasure.hpp"
#include "storage/segment_list.hpp"

namespace weir::storage {

/// A segment while it is written anew; worth nothing after a crash.
inline constexpr std::string_view kErasingName = "erasing.segment";

/// Does what Journal::Erase promises. kConflict for an entry of the segment that is being written.
[[nodiscard]] Result<void> EraseEntries(const SegmentList& list, const Residues& residues);

/// What is left to say of an erased entry; kMalformed when that is lost.
[[nodiscard]] Result<std::string> ReadResidue(const SegmentList& list, Position position);

/// Removes the residues of entries that are no longer kept.
[[nodiscard]] Result<void> RemoveResidues(const SegmentList& list);

}  // namespace weir::storage
