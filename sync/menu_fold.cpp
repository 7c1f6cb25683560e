// SPDX-License-Identifier: Apache-2.0
#include "sync/menu_fold.hpp"

#include <stdexcept>
#include <utility>

#include "base/text.hpp"

namespace weir::sync {
namespace {

constexpr auto kKind = storage::RecordKind::kMenu;

Projection Project(const KeptRecord& record, const model::MenuState& state,
                   const model::MenuChanges& changes, const ConnectionSetting& setting) {
  Projection now{.body = {},
                 .aside = {},
                 .tail = {},
                 .content_sum = state.items_sum(),
                 .state = {},
                 .store = setting.StoreOf(state.platform_shop()),
                 .platform_shop = state.platform_shop(),
                 .status = {},
                 .sorted_at = {},
                 .type = "menu.updated"};
  state.AppendBody(now.body, record.platform, record.connection, now.store);
  model::AppendMenuChanges(now.aside, changes);
  state.AppendTail(now.tail, now.store);
  state.Encode(now.state);
  return now;
}

}  // namespace

std::string MenuId(std::string_view connection, std::string_view platform_shop) {
  return std::string(connection) + "/" + PercentEncode(platform_shop);
}

boost::asio::awaitable<void> MenuFold::Merge(FoldPoint at, model::MenuFacts facts,
                                             FoldBatch& batch) {
  std::string id = MenuId(at.connection, facts.platform_shop);
  auto record = co_await FindKept(storage_, batch, kKind, at.merchant, id);
  if (!record) {
    record = KeptRecord{.kind = kKind,
                        .merchant = at.merchant,
                        .id = std::move(id),
                        .platform = facts.platform,
                        .connection = at.connection,
                        .number = {},
                        .state = {},
                        .unmapped_shop = {},
                        .trail = {}};
  }
  facts.key.generation = generation_;
  const model::MenuState before = StateOf<model::MenuState>(*record);
  model::MenuState after = before;
  if (!after.Merge(std::move(facts))) co_return;
  const auto* setting = co_await connections_.Load(record->merchant, record->connection);
  Projection now = Project(*record, after, after.ChangesSince(before), *setting);
  Settle(*std::move(record), at, std::move(now), batch);
}

boost::asio::awaitable<void> MenuFold::Reproject(FoldPoint at, std::string id, FoldBatch& batch) {
  auto record = co_await FindKept(storage_, batch, kKind, at.merchant, std::move(id));
  if (!record) co_return;
  const auto* setting = co_await connections_.Load(record->merchant, record->connection);
  Projection now = Project(*record, StateOf<model::MenuState>(*record), {}, *setting);
  Settle(*std::move(record), at, std::move(now), batch);
}

Result<model::MenuState> MenuOf(storage::RecordRow row) {
  const auto record = KeptOf(std::move(row));
  if (!record) return std::unexpected(record.error());
  return model::MenuState::Decode(record->state);
}

}  // namespace weir::sync
