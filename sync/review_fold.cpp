// SPDX-License-Identifier: Apache-2.0
#include "sync/review_fold.hpp"

#include <stdexcept>
#include <string>
#include <utility>

#include "base/ids.hpp"
#include "model/review_state.hpp"

namespace weir::sync {
namespace {

constexpr auto kKind = storage::RecordKind::kReview;

/// `store` is the one its shop is linked to; empty when there is none.
Projection Project(const KeptRecord& record, const model::ReviewState& state, std::string store) {
  Projection now{.body = {},
                 .aside = {},
                 .tail = {},
                 .state = {},
                 .store = std::move(store),
                 .platform_shop = std::string(state.platform_shop()),
                 .status = state.replied() ? "replied" : "unreplied",
                 .display = state.rating() ? std::to_string(*state.rating()) : std::string(),
                 .sorted_at = state.posted_at(),
                 .type = record.stamps.version == 0 ? "review.created" : "review.updated"};
  state.AppendBody(now.body,
                   {.platform = record.platform,
                    .connection = record.connection,
                    .platform_review_id = record.number},
                   now.store);
  state.AppendTail(now.tail, now.store);
  state.Encode(now.state);
  return now;
}

}  // namespace

boost::asio::awaitable<void> ReviewFold::Merge(FoldPoint at, model::ReviewFacts facts,
                                               FoldBatch& batch) {
  std::string id = PlatformRecordId(facts.platform, facts.platform_review_id);
  auto record = co_await FindKept(storage_, batch, kKind, at.merchant, id);
  if (!record) {
    record = KeptRecord{.kind = kKind,
                        .merchant = at.merchant,
                        .id = std::move(id),
                        .platform = facts.platform,
                        .connection = at.connection,
                        .number = facts.platform_review_id,
                        .state = {},
                        .unmapped_shop = {},
                        .trail = {}};
  }
  if (at.connection < record->connection) MoveTo(*record, at.connection, batch);
  facts.content.key.generation = generation_;
  if (facts.reply) facts.reply->key.generation = generation_;
  for (model::ReviewFollowUp& told : facts.follow_ups) told.key.generation = generation_;
  model::ReviewState state = StateOf<model::ReviewState>(*record);
  at.effect = facts.effect;
  state.Merge(std::move(facts));
  const auto* setting = co_await connections_.Load(record->merchant, record->connection);
  Projection now = Project(*record, state, setting->StoreOf(state.platform_shop()));
  Settle(*std::move(record), at, std::move(now), batch);
}

boost::asio::awaitable<void> ReviewFold::Reproject(FoldPoint at, std::string id, FoldBatch& batch) {
  auto record = co_await FindKept(storage_, batch, kKind, at.merchant, std::move(id));
  if (!record) co_return;
  const auto* setting = co_await connections_.Load(record->merchant, record->connection);
  const auto state = StateOf<model::ReviewState>(*record);
  Projection now = Project(*record, state, setting->StoreOf(state.platform_shop()));
  Settle(*std::move(record), at, std::move(now), batch);
}

Result<storage::RecordRow> ErasedReview(storage::RecordRow row) {
  std::string store = row.columns.store;
  auto record = KeptOf(std::move(row));
  if (!record) return std::unexpected(record.error());
  auto state = model::ReviewState::Decode(record->state);
  if (!state) return std::unexpected(state.error());
  state->Erase();
  Projection now = Project(*record, *state, std::move(store));
  return Rewritten(*std::move(record), std::move(now));
}

boost::asio::awaitable<Result<bool>> IsShown(storage::Storage& storage, std::string merchant,
                                             model::ReviewFacts facts) {
  auto row = co_await storage.Read(kKind, std::move(merchant),
                                   PlatformRecordId(facts.platform, facts.platform_review_id));
  if (!row) co_return std::unexpected(row.error());
  if (!*row) co_return false;
  const auto record = KeptOf(**std::move(row));
  if (!record) co_return std::unexpected(record.error());
  const auto review = model::ReviewState::Decode(record->state);
  co_return review && review->Shows(facts.content.key.digest);
}

}  // namespace weir::sync
