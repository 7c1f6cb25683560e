// SPDX-License-Identifier: Apache-2.0
#include "sync/rules.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "base/ids.hpp"
#include "sync/kept_record.hpp"
#include "sync/requests.hpp"
#include "sync/settings.hpp"
#include "sync/shop_links.hpp"
#include "sync/trail.hpp"
#include "sync/windows.hpp"

namespace weir::sync {
namespace {

using nlohmann::json;
using storage::EntryKind;

/// The kinds whose records name a store that may be linked later.
constexpr std::array kLinkedKinds = {storage::RecordKind::kOrder, storage::RecordKind::kReview,
                                     storage::RecordKind::kMenu};

FoldPoint PointOf(const storage::Entry& entry) {
  return {.position = entry.position,
          .stamp = entry.stamp,
          .merchant = entry.envelope.merchant,
          .connection = entry.envelope.connection};
}

template <typename T>
T OrThrow(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}

bool OnlyDisplayId(const mapping::Mapped& mapped) {
  for (const model::OrderFacts& facts : mapped.orders) {
    if (facts.platform_order_id.empty()) return true;
  }
  return false;
}

}  // namespace

CanonicalRules::CanonicalRules(storage::Storage& storage, std::uint32_t version,
                               std::size_t cached_orders)
    : storage_(storage),
      version_(version),
      connections_(storage),
      orders_(storage, connections_, version, cached_orders),
      stores_(storage),
      reviews_(storage, connections_, version),
      menus_(storage, connections_, version),
      shipments_(storage, orders_, version),
      tokens_(storage),
      commands_(storage),
      dispatch_(storage, commands_, shipments_) {}

bool CanonicalRules::NeedsAppliedView(const FoldInput& input) const {
  switch (input.entry.envelope.kind) {
    case EntryKind::kPush:
    case EntryKind::kPulled:
      return input.mapped && (!input.mapped->stores.empty() || !input.mapped->profiles.empty() ||
                              !input.mapped->connections.empty() ||
                              !input.mapped->shipments.empty() || OnlyDisplayId(*input.mapped));
    default:
      return true;
  }
}

void CanonicalRules::Reset() {
  orders_.Reset();
  connections_.Clear();
}

boost::asio::awaitable<StoreSetting> CanonicalRules::Store(std::string merchant,
                                                           std::string store) {
  auto row = OrThrow(
      co_await storage_.Load(storage::RecordKind::kSetting, std::move(merchant), "store/" + store));
  if (!row) co_return StoreSetting{.id = std::move(store)};
  co_return OrThrow(DecodeStoreSetting(row->state));
}

boost::asio::awaitable<void> CanonicalRules::Fold(FoldInput& input, FoldBatch& batch) {
  switch (input.entry.envelope.kind) {
    case EntryKind::kPush:
    case EntryKind::kPulled:
      co_await FoldFacts(PointOf(input.entry), *input.mapped, batch);
      co_return;
    case EntryKind::kSetting:
      co_await FoldSetting(input, batch);
      co_return;
    case EntryKind::kToken:
      co_await tokens_.Fold(input.entry, batch);
      co_return;
    case EntryKind::kCommand:
    case EntryKind::kAttempt:
    case EntryKind::kOutcome:
      co_await FoldCommand(input.entry, batch);
      co_return;
    case EntryKind::kTick:
      co_await FoldTick(PointOf(input.entry), batch);
      co_return;
    case EntryKind::kEpoch:
      batch.rows().fold_version = EpochVersion(input.entry);
      co_return;
    case EntryKind::kRepublish:
      co_await FoldRepublish(input, batch);
      co_return;
    case EntryKind::kRedrive:
      co_await FoldRedrive(input, batch);
      co_return;
    case EntryKind::kRequest:
      FoldRequestEntry(input.entry, batch);
      co_return;
    case EntryKind::kWindow:
      co_await FoldWindow(storage_, input.entry, batch);
      co_return;
    default:
      throw std::runtime_error("this version folds no entry of kind " +
                               std::string(Name(input.entry.envelope.kind)));
  }
}

// The order a message means that names only its display number; empty when none is known.
boost::asio::awaitable<std::string> CanonicalRules::Resolve(std::string merchant,
                                                            const model::OrderFacts& facts) {
  auto found = OrThrow(co_await storage_.FindAlias(
      merchant, "platform_display_id", facts.platform + "/" + facts.platform_display_id, 1));
  if (!found.empty()) co_return found.front().substr(facts.platform.size() + 1);
  const auto same =
      OrThrow(co_await storage_.Load(storage::RecordKind::kOrder, merchant,
                                     PlatformRecordId(facts.platform, facts.platform_display_id)));
  co_return same ? facts.platform_display_id : std::string();
}

boost::asio::awaitable<void> CanonicalRules::FoldFacts(FoldPoint at, mapping::Mapped& mapped,
                                                       FoldBatch& batch) {
  for (model::OrderFacts& facts : mapped.orders) {
    if (facts.platform_order_id.empty()) {
      facts.platform_order_id = co_await Resolve(at.merchant, facts);
    }
    if (facts.platform_order_id.empty()) {
      batch.rows().quarantined.push_back(
          {.merchant = at.merchant,
           .position = at.position,
           .connection = at.connection,
           .topic = {},
           .reason = "unknown_order_number",
           .detail = "no order is known under its display number yet",
           .at = at.stamp});
      continue;
    }
    co_await orders_.Merge(at, std::move(facts), batch);
  }
  for (model::ReviewFacts& facts : mapped.reviews) {
    co_await reviews_.Merge(at, std::move(facts), batch);
  }
  for (model::MenuFacts& facts : mapped.menus) {
    co_await menus_.Merge(at, std::move(facts), batch);
  }
  for (model::ShipmentFacts& facts : mapped.shipments) {
    auto move = co_await shipments_.Merge(at, std::move(facts), batch);
    if (move) co_await dispatch_.Moved(at, *std::move(move), batch);
  }
  const bool tells_of_shops = !mapped.stores.empty() || !mapped.profiles.empty();
  if (tells_of_shops) co_await FoldStores(at, mapped, batch);
  for (const model::ConnectionFact& fact : mapped.connections) {
    co_await tokens_.Revoke(at, fact, batch);
  }
}

boost::asio::awaitable<void> CanonicalRules::FoldStores(FoldPoint at, mapping::Mapped& mapped,
                                                        FoldBatch& batch) {
  const ConnectionSetting* setting = co_await connections_.Load(at.merchant, at.connection);
  ShopLinks links(*setting);
  for (const model::StoreFact& fact : mapped.stores) links.Add(fact);
  for (const model::StoreProfile& profile : mapped.profiles) links.Add(profile);
  for (auto& [shop, link] : links.Take()) {
    StoreSetting store;
    if (auto linked = setting->StoreOf(shop); !linked.empty()) {
      store = co_await Store(at.merchant, std::move(linked));
    }
    co_await stores_.Merge(at, *setting, std::move(store), std::move(link), batch);
  }
}

// Whether each setting that a change was made conditional on is still as it was.
boost::asio::awaitable<bool> CanonicalRules::HoldsStill(std::string merchant, json versions) {
  for (const auto& [id, version] : versions.items()) {
    const auto row = OrThrow(co_await storage_.Load(storage::RecordKind::kSetting, merchant, id));
    if ((row ? row->version : 0) != version.get<std::uint64_t>()) co_return false;
  }
  co_return true;
}

boost::asio::awaitable<void> CanonicalRules::FoldSetting(const FoldInput& input, FoldBatch& batch) {
  const storage::Entry& entry = input.entry;
  last_setting_ = entry.position.offset;
  json payload = json::parse(entry.payload);
  const std::string id =
      payload.at("kind").get<std::string>() + "/" + payload.at("id").get<std::string>();
  const auto condition = payload.find(kIfVersions);
  const bool conditional = condition != payload.end();
  if (conditional && !co_await HoldsStill(entry.envelope.merchant, *condition)) co_return;
  if (conditional) payload.erase(kIfVersions);
  auto known =
      OrThrow(co_await storage_.Load(storage::RecordKind::kSetting, entry.envelope.merchant, id));
  auto trail = known ? DecodeTrail(known->trail) : std::vector<TrailItem>();
  if (trail.size() >= kMaxTrail) trail.erase(trail.begin());
  trail.push_back({.offset = entry.position.offset});
  storage::RecordRow row;
  row.kind = storage::RecordKind::kSetting;
  row.merchant = entry.envelope.merchant;
  row.id = id;
  row.version = known ? known->version + 1 : 1;
  row.columns.updated_at = entry.stamp;
  row.state = conditional ? payload.dump() : entry.payload;
  row.trail = EncodeTrail(trail);
  batch.Put(std::move(row));
  if (payload.at("kind") != "connection") co_return;

  ConnectionSetting before;
  if (known) before = OrThrow(DecodeConnectionSetting(known->state));
  ConnectionSetting now = OrThrow(DecodeConnectionSetting(entry.payload));
  FoldPoint at = PointOf(entry);
  at.connection = now.id;
  connections_.Put(at.merchant, now);
  co_await LinkShops(at, before, now, batch);
}

boost::asio::awaitable<void> CanonicalRules::LinkShops(FoldPoint at,
                                                       const ConnectionSetting& before,
                                                       const ConnectionSetting& now,
                                                       FoldBatch& batch) {
  std::size_t budget = kMaxRecordsPerEntry;
  for (const auto& [shop, store] : now.stores) {
    if (before.stores.contains(shop)) continue;
    co_await ProjectWaiting(at, now, now.id + "/" + shop, budget, batch);
    co_await stores_.Link(at, now, shop, co_await Store(at.merchant, store), batch);
  }
}

boost::asio::awaitable<void> CanonicalRules::FoldRepublish(const FoldInput& input,
                                                           FoldBatch& batch) {
  const FoldPoint at = PointOf(input.entry);
  std::string key = json::parse(input.entry.payload).at("unmapped_store").get<std::string>();
  const ConnectionSetting* setting = co_await connections_.Load(at.merchant, at.connection);
  batch.Done({at.merchant, "republish", key});
  // The link may be gone again: then nothing waits for it any more, and no round would be the last.
  if (!setting->stores.contains(key.substr(std::min(key.size(), setting->id.size() + 1))))
    co_return;
  std::size_t budget = kMaxRecordsPerEntry;
  co_await ProjectWaiting(at, *setting, std::move(key), budget, batch);
}

boost::asio::awaitable<void> CanonicalRules::Reproject(FoldPoint at, storage::RecordKind kind,
                                                       std::string id, FoldBatch& batch) {
  switch (kind) {
    case storage::RecordKind::kOrder:
      co_await orders_.Reproject(at, std::move(id), batch);
      co_return;
    case storage::RecordKind::kReview:
      co_await reviews_.Reproject(at, std::move(id), batch);
      co_return;
    case storage::RecordKind::kMenu:
      co_await menus_.Reproject(at, std::move(id), batch);
      co_return;
    default:
      co_return;
  }
}

// Records that waited for a link are projected again: as many as one entry may change now, the rest
// by the `republish` entries that sync appends for the planned work.
boost::asio::awaitable<void> CanonicalRules::ProjectWaiting(FoldPoint at,
                                                            const ConnectionSetting& setting,
                                                            std::string key, std::size_t& budget,
                                                            FoldBatch& batch) {
  bool more = false;
  for (const storage::RecordKind kind : kLinkedKinds) {
    auto waiting =
        OrThrow(co_await storage_.FindAlias(at.merchant, UnmappedKind(kind), key, budget + 1));
    if (waiting.size() > budget) {
      more = true;
      waiting.resize(budget);
    }
    budget -= waiting.size();
    for (const std::string& id : waiting) co_await Reproject(at, kind, id, batch);
  }
  if (!more) co_return;
  batch.Plan({.merchant = at.merchant,
              .kind = "republish",
              .subject = std::move(key),
              .due_at = at.stamp,
              .detail = setting.id,
              .cause = at.position});
}

boost::asio::awaitable<void> CanonicalRules::FoldCommand(const storage::Entry& entry,
                                                         FoldBatch& batch) {
  FoldPoint at = PointOf(entry);
  if (entry.envelope.kind == EntryKind::kCommand) {
    co_await dispatch_.Begun(std::move(at), commands_.Plan(entry, batch), batch);
  } else if (entry.envelope.kind == EntryKind::kAttempt) {
    auto tried = co_await commands_.Attempt(entry, batch);
    if (tried) co_await dispatch_.Tried(std::move(at), *std::move(tried), batch);
  } else {
    auto concluded = co_await commands_.Conclude(entry, batch);
    if (concluded) co_await dispatch_.Concluded(std::move(at), *std::move(concluded), batch);
  }
}

boost::asio::awaitable<void> CanonicalRules::FoldTick(FoldPoint at, FoldBatch& batch) {
  auto due =
      OrThrow(co_await storage_.DueWork("publish_incomplete", at.stamp, kMaxRecordsPerEntry));
  for (const storage::WorkRow& work : due) {
    FoldPoint point = at;
    point.merchant = work.merchant;
    co_await orders_.PublishIncomplete(point, work.subject, batch);
  }
  due = OrThrow(co_await storage_.DueWork(kShipmentAlertWork, at.stamp, kMaxRecordsPerEntry));
  for (const storage::WorkRow& work : due) {
    FoldPoint point = at;
    point.merchant = work.merchant;
    co_await shipments_.RaiseAlerts(point, work.subject, batch);
  }
  due = OrThrow(co_await storage_.DueWork(kPatienceWork, at.stamp, kMaxRecordsPerEntry));
  for (const storage::WorkRow& work : due) {
    FoldPoint point = at;
    point.merchant = work.merchant;
    co_await dispatch_.LosePatience(point, work.subject, batch);
  }
  for (const char* kind : {kIdempotencyKeyWork, kRequestOutcomeWork}) {
    due = OrThrow(co_await storage_.DueWork(kind, at.stamp, kMaxRecordsPerEntry));
    for (const storage::WorkRow& work : due) batch.Done({work.merchant, work.kind, work.subject});
  }
}

boost::asio::awaitable<void> CanonicalRules::FoldRedrive(const FoldInput& input, FoldBatch& batch) {
  const Redriven redriven = OrThrow(DecodeRedriven(input.entry.payload));
  FoldPoint at = PointOf(input.entry);
  at.merchant = redriven.envelope.merchant;
  at.connection = redriven.envelope.connection;
  if (redriven.position.offset != 0) batch.rows().released.push_back(redriven.position);
  co_await FoldFacts(at, *input.mapped, batch);
}

}  // namespace weir::sync
