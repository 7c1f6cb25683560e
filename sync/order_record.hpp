// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/instant.hpp"
#include "model/order_state.hpp"
#include "storage/batch.hpp"
#include "sync/trail.hpp"

namespace weir::sync {

/// One order as the fold holds it: the merge state and what is ours about it.
struct OrderRecord {
  std::string merchant;
  std::string id;
  model::OrderState::Identity identity;
  model::OrderState state;
  model::OurStamps stamps;
  std::uint64_t published_seq = 0;
  bool placed_published = false;
  bool incomplete_published = false;
  bool reread_planned = false;
  std::string unmapped_shop;    ///< The shop under which its "unmapped_store" alias stands.
  std::string display_alias;    ///< The view number under which its alias stands.
  std::uint64_t body_sum = 0;   ///< Checksum of the body as of `stamps.version`.
  std::uint64_t state_sum = 0;  ///< Checksum of the encoded state as last put.
  std::vector<TrailItem> trail;
};

/// The row storage keeps. `store` is the canonical store the record is linked to.
[[nodiscard]] storage::RecordRow ToRow(const OrderRecord& record, std::string store,
                                       std::string encoded_state);
[[nodiscard]] Result<OrderRecord> FromRow(storage::RecordRow row);

}  // namespace weir::sync
