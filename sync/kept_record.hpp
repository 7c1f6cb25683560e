// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "model/order_state.hpp"
#include "storage/storage.hpp"
#include "sync/fold_batch.hpp"
#include "sync/order_fold.hpp"
#include "sync/trail.hpp"

/// What the folds of reviews and menus share: a record around a state that only they can read.
namespace weir::sync {

/// One record as the fold holds it between two rows.
struct KeptRecord {
  storage::RecordKind kind = storage::RecordKind::kReview;
  std::string merchant;
  std::string id;
  std::string platform;
  std::string connection;
  std::string number;  ///< The platform's own; empty where it has none.
  std::string state;   ///< Encoded; empty of a new one.
  model::OurStamps stamps;
  std::uint64_t published_seq = 0;
  std::string unmapped_shop;   ///< The shop under which its alias of kind UnmappedKind stands.
  std::uint64_t body_sum = 0;  ///< Of what readers see, as of `stamps.version`.
  std::vector<TrailItem> trail;
};

/// What the merged state says of the record.
struct Projection {
  std::string body;   ///< Members before the stamps, without braces.
  std::string aside;  ///< Members that tell of this version alone; they make no new one.
  std::string tail;   ///< Members behind the stamps.
  std::uint64_t content_sum = 0;  ///< Of what readers see beside those.
  std::string state;              ///< Encoded.
  std::string store;              ///< The linked one; empty when there is none.
  std::string platform_shop;
  std::string status;     ///< The column lists filter by.
  std::string display{};  ///< The other one.
  std::optional<Instant> sorted_at;
  const char* type = "";  ///< Of the change, should there be one.
};

/// The alias kind under which records of a kind wait for their shop to be linked.
[[nodiscard]] const char* UnmappedKind(storage::RecordKind kind) noexcept;

/// As the batch has left it, else as the view holds it; nothing when it is unknown. Throws
/// std::runtime_error when its row cannot be read.
boost::asio::awaitable<std::optional<KeptRecord>> FindKept(storage::Storage& storage,
                                                           const FoldBatch& batch,
                                                           storage::RecordKind kind,
                                                           std::string merchant, std::string id);

/// The record in a row. For those who read beside the fold.
[[nodiscard]] Result<KeptRecord> KeptOf(storage::RecordRow row);
/// The record's row, as if it had been projected so when it was last settled.
[[nodiscard]] storage::RecordRow Rewritten(KeptRecord record, Projection now);

/// The merged state of a record; that of a new one is empty. Throws std::runtime_error when it
/// cannot be read.
template <typename State>
[[nodiscard]] State StateOf(const KeptRecord& record) {
  if (record.state.empty()) return {};
  auto state = State::Decode(record.state);
  if (!state) throw std::runtime_error(state.error().message);
  return *std::move(state);
}

/// Gives the record to another connection: its alias is filed under that one by the next Settle.
void MoveTo(KeptRecord& record, std::string connection, FoldBatch& batch);

/// Brings row, feed and aliases in line with what the record has become. A record whose readers
/// would see what they saw gets no new version, unless FoldPoint::effect knows better.
void Settle(KeptRecord record, const FoldPoint& at, Projection now, FoldBatch& batch);

}  // namespace weir::sync
