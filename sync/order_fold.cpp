// SPDX-License-Identifier: Apache-2.0
#include "sync/order_fold.hpp"

#include <iterator>
#include <stdexcept>
#include <utility>

#include "base/ids.hpp"
#include "sync/order_changes.hpp"

namespace weir::sync {
namespace {

model::Surroundings Around(const ConnectionSetting& setting) {
  return {.store = [&setting](std::string_view shop) { return setting.StoreOf(shop); },
          .sku = [](std::string_view) { return std::string(); },
          .accept_within = setting.accept_within};
}

storage::AliasRow UnmappedAlias(const OrderRecord& record, const std::string& shop) {
  return {.merchant = record.merchant,
          .kind = "unmapped_store",
          .key = record.identity.connection + "/" + shop,
          .id = record.id};
}

}  // namespace

OrderFold::OrderFold(storage::Storage& storage, ConnectionSettings& connections,
                     std::uint32_t generation, std::size_t cached_records)
    : storage_(storage),
      connections_(connections),
      generation_(generation),
      cached_records_(cached_records) {}

void OrderFold::Reset() {
  by_key_.clear();
  lru_.clear();
}

OrderRecord& OrderFold::Remember(OrderRecord record) {
  lru_.push_front(std::move(record));
  by_key_.insert(lru_.begin());
  if (lru_.size() > cached_records_) {
    by_key_.erase(std::prev(lru_.end()));
    lru_.pop_back();
  }
  return lru_.front();
}

boost::asio::awaitable<OrderRecord*> OrderFold::Find(std::string merchant, std::string id,
                                                     const FoldBatch& batch) {
  const auto cached = by_key_.find(Key{merchant, id});
  if (cached != by_key_.end()) {
    lru_.splice(lru_.begin(), lru_, *cached);
    co_return &lru_.front();
  }
  std::optional<storage::RecordRow> row;
  if (const auto* put = batch.FindPut(storage::RecordKind::kOrder, merchant, id)) {
    row = *put;
  } else {
    auto loaded =
        co_await storage_.Load(storage::RecordKind::kOrder, std::move(merchant), std::move(id));
    if (!loaded) throw std::runtime_error(loaded.error().message);
    row = *std::move(loaded);
  }
  if (!row) co_return nullptr;
  auto record = FromRow(*std::move(row));
  if (!record) throw std::runtime_error(record.error().message);
  co_return &Remember(std::move(*record));
}

boost::asio::awaitable<void> OrderFold::Merge(FoldPoint at, model::OrderFacts facts,
                                              FoldBatch& batch) {
  std::string id = PlatformRecordId(facts.platform, facts.platform_order_id);
  OrderRecord* record = co_await Find(at.merchant, id, batch);
  if (record == nullptr) {
    OrderRecord fresh;
    fresh.merchant = at.merchant;
    fresh.id = std::move(id);
    fresh.identity = {.merchant = at.merchant,
                      .platform = facts.platform,
                      .connection = at.connection,
                      .platform_order_id = facts.platform_order_id};
    fresh.stamps.created_at = at.stamp;
    record = &Remember(std::move(fresh));
  }
  if (at.connection < record->identity.connection) MoveTo(*record, at.connection, batch);
  // The id itself is looked up without an alias.
  const bool another_number =
      !facts.platform_display_id.empty() && facts.platform_display_id != facts.platform_order_id;
  if (record->display_alias.empty() && another_number) {
    record->display_alias = facts.platform_display_id;
    batch.AddAlias({.merchant = record->merchant,
                    .kind = "platform_display_id",
                    .key = facts.platform + "/" + facts.platform_display_id,
                    .id = record->id});
  }
  if (facts.snapshot) facts.snapshot->key.generation = generation_;
  if (facts.extra) facts.extra->key.generation = generation_;
  for (model::CertificateFact& fact : facts.certificates) fact.key.generation = generation_;
  const auto before = record->state.Summarise();
  const bool was_partial = record->state.partial();
  // A message without a time of its own asks for what is true when it came.
  if (facts.wants_reread && !facts.sent_at) facts.sent_at = at.stamp;
  at.effect = facts.effect;
  record->state.Merge(std::move(facts));
  const auto* setting = co_await SettingOf(*record);
  Settle(*setting, *record, at, before, was_partial, batch);
}

// What is filed under the connection goes along: its alias, and the re-read that its platform is to
// be asked for. Settle files them anew.
void OrderFold::MoveTo(OrderRecord& record, std::string connection, FoldBatch& batch) {
  if (!record.unmapped_shop.empty()) {
    batch.DropAlias(UnmappedAlias(record, std::exchange(record.unmapped_shop, {})));
  }
  if (std::exchange(record.reread_planned, false)) {
    batch.Done({record.merchant, "reread", record.id});
  }
  record.identity.connection = std::move(connection);
}

boost::asio::awaitable<void> OrderFold::Reproject(FoldPoint at, std::string id, FoldBatch& batch) {
  OrderRecord* record = co_await Find(at.merchant, std::move(id), batch);
  if (record == nullptr) co_return;
  const auto* setting = co_await SettingOf(*record);
  Settle(*setting, *record, at, record->state.Summarise(), record->state.partial(), batch);
}

boost::asio::awaitable<void> OrderFold::LinkShipment(FoldPoint at, std::string id,
                                                     std::string shipment, FoldBatch& batch) {
  OrderRecord* record = co_await Find(at.merchant, std::move(id), batch);
  if (record == nullptr) co_return;
  const auto before = record->state.Summarise();
  record->state.LinkShipment(std::move(shipment));
  const auto* setting = co_await SettingOf(*record);
  Settle(*setting, *record, at, before, record->state.partial(), batch);
}

boost::asio::awaitable<void> OrderFold::PublishIncomplete(FoldPoint at, std::string id,
                                                          FoldBatch& batch) {
  OrderRecord* record = co_await Find(at.merchant, id, batch);
  batch.Done({at.merchant, "publish_incomplete", id});
  if (record == nullptr || !record->state.partial() || record->incomplete_published) co_return;
  record->state.AddIssue({"incomplete", "no snapshot of the order has come"});
  record->incomplete_published = true;
  const auto* setting = co_await SettingOf(*record);
  Settle(*setting, *record, at, record->state.Summarise(), true, batch);
}

boost::asio::awaitable<const ConnectionSetting*> OrderFold::SettingOf(const OrderRecord& record) {
  if (const auto* known = connections_.Find(record.merchant, record.identity.connection)) {
    co_return known;
  }
  co_return co_await connections_.Load(record.merchant, record.identity.connection);
}

void OrderFold::PlanIncomplete(const OrderRecord& record, const FoldPoint& at, bool was_partial,
                               FoldBatch& batch) {
  const bool fresh = record.stamps.version == 0;
  const bool partial = record.state.partial();
  if (partial && fresh) {
    batch.Plan({.merchant = record.merchant,
                .kind = "publish_incomplete",
                .subject = record.id,
                .due_at = at.stamp + kIncompleteAfter,
                .detail = {},
                .cause = at.position});
  } else if (!partial && was_partial && !fresh && !record.incomplete_published) {
    batch.Done({record.merchant, "publish_incomplete", record.id});
  }
}

void OrderFold::PlanRereads(OrderRecord& record, const FoldPoint& at, FoldBatch& batch) {
  const bool wanted = record.state.wants_reread();
  if (wanted && !record.reread_planned) {
    batch.Plan({.merchant = record.merchant,
                .kind = "reread",
                .subject = record.id,
                .due_at = at.stamp,
                .detail = record.identity.connection,
                .cause = at.position});
  } else if (!wanted && record.reread_planned) {
    batch.Done({record.merchant, "reread", record.id});
  }
  record.reread_planned = wanted;
}

void OrderFold::KeepAliases(OrderRecord& record, const std::string& store, FoldBatch& batch) {
  std::string unmapped;
  if (store.empty()) unmapped = record.state.platform_shop();
  if (unmapped == record.unmapped_shop) return;
  if (!record.unmapped_shop.empty()) batch.DropAlias(UnmappedAlias(record, record.unmapped_shop));
  if (!unmapped.empty()) batch.AddAlias(UnmappedAlias(record, unmapped));
  record.unmapped_shop = std::move(unmapped);
}

// Brings row, feed and planned work in line with the merged state. The order of the two checksums
// matters: the body decides whether there is a new version, the state whether the row is written.
void OrderFold::Settle(const ConnectionSetting& setting, OrderRecord& record, const FoldPoint& at,
                       const model::OrderState::Summary& before, bool was_partial,
                       FoldBatch& batch) {
  const model::Surroundings around = Around(setting);
  const bool fresh = record.stamps.version == 0;
  const bool partial = record.state.partial();
  PlanIncomplete(record, at, was_partial, batch);
  PlanRereads(record, at, batch);
  std::string store = around.store(record.state.platform_shop());
  KeepAliases(record, store, batch);

  body_.clear();
  record.state.AppendBody(body_, record.identity, around);
  encoded_.clear();
  record.state.Encode(encoded_);
  const std::uint64_t body_sum = Checksum(body_);
  const std::uint64_t state_sum = Checksum(encoded_);
  bool changed = fresh || body_sum != record.body_sum;
  bool touched = changed || state_sum != record.state_sum;
  if (at.effect) {
    changed = *at.effect == model::Effect::kVersion;
    touched = *at.effect != model::Effect::kNone;
  }
  if (!touched) return;

  record.body_sum = body_sum;
  record.state_sum = state_sum;
  std::uint64_t seq = 0;
  if (changed) {
    ++record.stamps.version;
    record.stamps.updated_at = at.stamp;
    if (!partial || record.incomplete_published) {
      storage::ChangeRow change{.merchant = record.merchant,
                                .subject = record.id,
                                .version = record.stamps.version,
                                .at = at.stamp};
      const bool first_incomplete = partial && record.published_seq == 0;
      change.type = first_incomplete ? "order.incomplete"
                    : !partial && !record.placed_published
                        ? "order.placed"
                        : ChangeType(before, record.state.Summarise());
      record.placed_published = record.placed_published || !partial;
      model::AppendOrderJson(change.data, record.identity, body_, record.stamps);
      seq = batch.Publish(at.position, std::move(change));
      record.published_seq = seq;
    }
  }
  if (record.trail.size() >= kMaxTrail) record.trail.erase(record.trail.begin());
  record.trail.push_back({at.position.offset, seq});
  batch.Put(ToRow(record, std::move(store), encoded_));
}

}  // namespace weir::sync
