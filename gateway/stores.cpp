// SPDX-License-Identifier: Apache-2.0
#include "gateway/stores.hpp"

#include <nlohmann/json.hpp>
#include <utility>

#include "base/json_writer.hpp"
#include "gateway/settings.hpp"

namespace weir::gateway {
namespace {

using nlohmann::json;

// What platforms last said of this link; an empty object before they said anything.
json ToldOf(const json& record, const std::string& connection, const std::string& shop) {
  for (const json& link : record.value("links", json::array())) {
    if (link.value("connection", "") == connection && link.value("platform_shop", "") == shop) {
      return link;
    }
  }
  return json::object();
}

void AppendMember(JsonWriter& writer, const char* name, const json& told) {
  writer.Key(name);
  if (told.contains(name) && told[name].is_object()) {
    writer.Raw(told[name].dump(-1, ' ', false, json::error_handler_t::replace));
  } else {
    writer.Null();
  }
}

void AppendLink(JsonWriter& writer, const sync::ConnectionSetting& connection,
                const std::string& shop, bool paused, const json& told) {
  writer.BeginObject()
      .Member("connection", connection.id)
      .Member("platform", connection.platform)
      .Member("platform_shop", shop)
      .Member("paused", paused);
  for (const char* name : {"state", "cause", "reason", "at"}) {
    writer.Key(name);
    if (told.contains(name) && told[name].is_string()) {
      writer.String(told[name].get<std::string>());
    } else {
      writer.Null();
    }
  }
  AppendMember(writer, "states", told);
  AppendMember(writer, "profile", told);
  writer.EndObject();
}

// The declared store, its links as declared now, and what is known of each.
boost::asio::awaitable<Result<std::string>> Show(storage::Storage& storage, std::string merchant,
                                                 const Settings& settings,
                                                 const sync::StoreSetting& store) {
  const auto record =
      co_await storage.ReadPublished(storage::RecordKind::kStore, std::move(merchant), store.id);
  if (!record) co_return std::unexpected(record.error());
  const json told = *record ? json::parse((*record)->json) : json::object();
  std::string body;
  JsonWriter writer(body);
  writer.BeginObject()
      .Member("id", store.id)
      .Member("name", store.name)
      .Member("code", store.code)
      .Member("enabled", store.enabled)
      .Key("links")
      .BeginArray();
  for (const auto& [id, connection] : settings.connections) {
    if (connection.setting.deleted) continue;
    for (const auto& [shop, linked] : connection.setting.stores) {
      if (linked != store.id) continue;
      AppendLink(writer, connection.setting, shop, SettingIn(settings.pauses, id).paused,
                 ToldOf(told, id, shop));
    }
  }
  writer.EndArray().Member("managed_by", "file").EndObject();
  co_return body;
}

boost::asio::awaitable<net::Response> List(storage::Storage& storage, Call call) {
  const auto settings = co_await ReadSettings(storage, call.merchant);
  if (!settings) co_return Refuse(call, settings.error());
  std::map<std::string, std::string> items;
  for (const auto& [id, declared] : settings->stores) {
    auto body = co_await Show(storage, call.merchant, *settings, declared.setting);
    if (!body) co_return Refuse(call, body.error());
    items.emplace(id, std::move(*body));
  }
  const auto page = ShowPage(call, items);
  co_return page ? *page : Refuse(call, page.error());
}

boost::asio::awaitable<net::Response> Get(storage::Storage& storage, Call call) {
  const auto settings = co_await ReadSettings(storage, call.merchant);
  if (!settings) co_return Refuse(call, settings.error());
  const auto found = settings->stores.find(call.path.at(0));
  if (found == settings->stores.end()) co_return Refuse(call, "not_found", "no such store");
  auto body = co_await Show(storage, call.merchant, *settings, found->second.setting);
  if (!body) co_return Refuse(call, body.error());
  net::Response response;
  response.body = std::move(*body);
  co_return response;
}

}  // namespace

std::vector<EndpointRow> StoreEndpoints(storage::Storage& storage) {
  return {
      {"GET",
       "/v1/stores",
       Scope::kRead,
       {"limit", "cursor"},
       [&storage](Call call) { return List(storage, std::move(call)); }},
      {"GET",
       "/v1/stores/{id}",
       Scope::kRead,
       {},
       [&storage](Call call) { return Get(storage, std::move(call)); }},
  };
}

}  // namespace weir::gateway
