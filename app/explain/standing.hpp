// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "model/order_facts.hpp"
#include "storage/entry.hpp"
#include "sync/order_record.hpp"

namespace weir::app::explain {

/// What one entry says of an order, mapped by this program.
struct Voice {
  storage::Position position;
  storage::Envelope envelope;
  model::OrderFacts facts;
};

/// Which facts hold in an order's record, in words: every voice with its snapshot's key, the one
/// whose snapshot decides, and what the record owes to the entry at `asked` alone.
///
/// `voices` are in the order of their positions and hold the one asked for; `unheard` counts the
/// entries of the record's trail that are none of them. Masked unless `personal`.
[[nodiscard]] std::string StandingText(const sync::OrderRecord& record,
                                       const std::vector<Voice>& voices, storage::Position asked,
                                       std::size_t unheard, bool personal);

}  // namespace weir::app::explain
