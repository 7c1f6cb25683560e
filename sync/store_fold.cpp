// SPDX-License-Identifier: Apache-2.0
#include "sync/store_fold.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "base/ids.hpp"
#include "base/json_writer.hpp"

namespace weir::sync {
namespace {

using nlohmann::json;

/// One shop's state as last told, under the shop's own key in the record's state.
json ToJson(const model::StoreFact& fact, const ConnectionSetting& setting) {
  const Instant at = fact.at ? *fact.at : fact.sent_at.value_or(Instant{});
  return {{"connection", setting.id},
          {"platform", setting.platform},
          {"platform_shop", fact.platform_shop},
          {"state", fact.state},
          {"cause", fact.cause},
          {"reason", fact.reason},
          {"at", ToRfc3339(at)},
          {"order", {at.time_since_epoch().count(), fact.digest.high, fact.digest.low}}};
}

// The linked store's record as the feed shows it: links without the field that orders facts.
std::string PublicJson(const StoreSetting& store, const std::string& merchant, const json& links,
                       const model::OurStamps& stamps) {
  json shown = json::array();
  for (const auto& [key, link] : links.items()) {
    json copy = link;
    copy.erase("order");
    shown.push_back(std::move(copy));
  }
  const json out = {{"id", store.id},
                    {"merchant", merchant},
                    {"name", store.name},
                    {"code", store.code},
                    {"links", shown},
                    {"version", stamps.version},
                    {"created_at", ToRfc3339(stamps.created_at)},
                    {"updated_at", ToRfc3339(stamps.updated_at)},
                    {"extra", json::object()},
                    {"issues", json::array()}};
  return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

boost::asio::awaitable<void> StoreFold::Merge(FoldPoint at, const ConnectionSetting& setting,
                                              StoreSetting store, model::StoreFact fact,
                                              FoldBatch& batch) {
  const bool linked = !store.id.empty();
  const std::string id = linked ? store.id : PlatformRecordId(setting.platform, fact.platform_shop);
  auto loaded = co_await storage_.Load(storage::RecordKind::kStore, at.merchant, id);
  if (!loaded) throw std::runtime_error(loaded.error().message);

  storage::RecordRow row;
  json state = {{"links", json::object()}, {"created_at", at.stamp.time_since_epoch().count()}};
  if (*loaded) {
    row = std::move(**loaded);
    state = json::parse(row.state);
  }
  const std::string key = setting.id + "/" + fact.platform_shop;
  const json told = ToJson(fact, setting);
  const auto known = state["links"].find(key);
  if (known != state["links"].end() && (*known)["order"] >= told["order"]) co_return;
  state["links"][key] = told;

  row.kind = storage::RecordKind::kStore;
  row.merchant = at.merchant;
  row.id = id;
  ++row.version;
  row.columns.store = store.id;
  row.columns.platform = setting.platform;
  row.columns.connection = setting.id;
  row.columns.status = fact.state;
  row.columns.updated_at = at.stamp;
  if (linked) {
    const Instant created(std::chrono::milliseconds(state["created_at"].get<std::int64_t>()));
    row.published_seq = batch.Publish(
        at.position,
        {.merchant = at.merchant,
         .type = "store.status_changed",
         .subject = id,
         .version = row.version,
         .at = at.stamp,
         .data = PublicJson(store, at.merchant, state["links"], {row.version, created, at.stamp})});
  }
  row.state = state.dump(-1, ' ', false, json::error_handler_t::replace);
  batch.Put(std::move(row));
}

}  // namespace weir::sync
