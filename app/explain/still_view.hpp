// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "base/error.hpp"
#include "storage/batch.hpp"
#include "storage/key_ring.hpp"

namespace weir::app::explain {

/// A record of the view.db in `folder`, as the fold last left it: without the folder's lock, beside
/// a running gateway, and without writing a byte. Reads again while the gateway writes back its WAL
/// meanwhile; kConflict when it never rests.
[[nodiscard]] Result<std::optional<storage::RecordRow>> ReadRecord(const std::string& folder,
                                                                   const storage::KeyRing& keys,
                                                                   storage::RecordKind kind,
                                                                   const std::string& merchant,
                                                                   const std::string& id);

}  // namespace weir::app::explain
