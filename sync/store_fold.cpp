// SPDX-License-Identifier: Apache-2.0
#include "sync/store_fold.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "base/ids.hpp"
#include "sync/shop_links.hpp"

namespace weir::sync {
namespace {

using nlohmann::json;

std::string Dump(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string LinkKey(const ConnectionSetting& setting, const std::string& shop) {
  return setting.id + "/" + shop;
}

std::string RecordId(const ConnectionSetting& setting, const std::string& store,
                     const std::string& shop) {
  return store.empty() ? PlatformRecordId(setting.platform, shop) : store;
}

json LinksIn(const storage::RecordRow& row) {
  json links = json::parse(row.state).at("links");
  for (json& link : links) link = UpgradedLink(std::move(link));
  return links;
}

json ShownLinks(const json& links) {
  json shown = json::array();
  for (const json& link : links) shown.push_back(ShownLink(link));
  return shown;
}

json StatesOf(const json& shown) {
  json states = json::array();
  for (const json& link : shown) states.push_back(link["states"]);
  return states;
}

// The linked store's record as the feed shows it.
std::string PublicJson(const StoreSetting& store, const std::string& merchant, const json& shown,
                       const model::OurStamps& stamps) {
  return Dump({{"id", store.id},
               {"merchant", merchant},
               {"store", store.id},
               {"name", store.name},
               {"code", store.code},
               {"links", shown},
               {"version", stamps.version},
               {"created_at", ToRfc3339(stamps.created_at)},
               {"updated_at", ToRfc3339(stamps.updated_at)},
               {"extra", json::object()},
               {"issues", json::array()}});
}

}  // namespace

boost::asio::awaitable<void> StoreFold::Merge(FoldPoint at, const ConnectionSetting& setting,
                                              StoreSetting store, json link, FoldBatch& batch) {
  const std::string shop = link["platform_shop"].get<std::string>();
  const std::string id = RecordId(setting, store.id, shop);
  std::optional<storage::RecordRow> known;
  if (const auto* put = batch.FindPut(storage::RecordKind::kStore, at.merchant, id)) {
    known = *put;
  } else {
    auto loaded = co_await storage_.Load(storage::RecordKind::kStore, at.merchant, id);
    if (!loaded) throw std::runtime_error(loaded.error().message);
    known = *std::move(loaded);
  }
  storage::RecordRow row;
  json links = json::object();
  std::int64_t created = at.stamp.time_since_epoch().count();
  if (known) {
    row = *std::move(known);
    links = LinksIn(row);
    created = json::parse(row.state).at("created_at").get<std::int64_t>();
  }
  const json before = ShownLinks(links);
  JoinLink(links[LinkKey(setting, shop)], link);
  const json shown = ShownLinks(links);
  std::string state = Dump({{"links", links}, {"created_at", created}});
  if (state == row.state) co_return;

  const bool linked = !store.id.empty();
  const bool changed = row.version == 0 || shown != before;
  row.kind = storage::RecordKind::kStore;
  row.merchant = at.merchant;
  row.id = id;
  row.columns.store = store.id;
  row.columns.platform = setting.platform;
  row.columns.connection = setting.id;
  const json now = ShownLink(links[LinkKey(setting, shop)])["state"];
  row.columns.status = now.is_string() ? now.get<std::string>() : std::string();
  row.state = std::move(state);
  if (changed) {
    ++row.version;
    row.columns.updated_at = at.stamp;
  }
  if (changed && linked) {
    const Instant created_at(std::chrono::milliseconds{created});
    const bool moved = StatesOf(shown) != StatesOf(before);
    row.published_seq = batch.Publish(
        at.position,
        {.merchant = at.merchant,
         .type = moved ? "store.status_changed" : "store.updated",
         .subject = id,
         .version = row.version,
         .at = at.stamp,
         .data = PublicJson(store, at.merchant, shown, {row.version, created_at, at.stamp})});
  }
  batch.Put(std::move(row));
}

boost::asio::awaitable<void> StoreFold::Link(FoldPoint at, const ConnectionSetting& setting,
                                             std::string platform_shop, StoreSetting store,
                                             FoldBatch& batch) {
  const auto waiting = co_await storage_.Load(storage::RecordKind::kStore, at.merchant,
                                              PlatformRecordId(setting.platform, platform_shop));
  if (!waiting) throw std::runtime_error(waiting.error().message);
  if (!*waiting) co_return;
  const json links = LinksIn(**waiting);
  const auto link = links.find(LinkKey(setting, platform_shop));
  if (link != links.end()) co_await Merge(at, setting, std::move(store), *link, batch);
}

boost::asio::awaitable<Result<bool>> IsShopKnown(storage::Storage& storage, std::string merchant,
                                                 ConnectionSetting setting,
                                                 std::string platform_shop, ContentDigest content) {
  const std::string id = RecordId(setting, setting.StoreOf(platform_shop), platform_shop);
  const auto row = co_await storage.Read(storage::RecordKind::kStore, std::move(merchant), id);
  if (!row) co_return std::unexpected(row.error());
  if (!*row) co_return false;
  const json links = LinksIn(**row);
  const auto link = links.find(LinkKey(setting, platform_shop));
  co_return link != links.end() && HoldsProfile(*link, content);
}

}  // namespace weir::sync
