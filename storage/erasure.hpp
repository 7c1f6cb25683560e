// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "storage/batch.hpp"
#include "storage/entry.hpp"

namespace weir::storage {

/// What stands in the place of payloads that are overwritten, by position.
using Residues = std::map<Position, std::string>;

/// All that is to be written over when somebody is forgotten. Plain data: what it means is known
/// to whoever makes it.
struct Erasure {
  std::string merchant;
  Residues residues;
  std::vector<RecordRow> records;    ///< Known ones, with another state.
  std::vector<ChangeRow> changes;    ///< Kept ones, with other data.
  std::vector<WorkRow> works;        ///< Planned ones, with another detail.
  std::set<std::string> subjects;    ///< What endpoints answered to callbacks about them goes.
  std::set<std::uint64_t> refusals;  ///< Numbers of those to remove.
};

}  // namespace weir::storage
