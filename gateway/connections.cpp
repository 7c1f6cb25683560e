// SPDX-License-Identifier: Apache-2.0
#include "gateway/connections.hpp"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "base/json_writer.hpp"

namespace weir::gateway {
namespace {

boost::asio::awaitable<net::Response> List(ConnectionParts parts, Call call) {
  const auto settings = co_await ReadSettings(parts.storage, call.merchant);
  if (!settings) co_return Refuse(call, settings.error());
  std::map<std::string, std::string> items;
  for (const auto& [id, declared] : settings->connections) {
    if (auto shown = ShowConnection(parts, call, *settings, id)) {
      items.emplace(id, std::move(shown->body));
    }
  }
  const auto page = ShowPage(call, items);
  co_return page ? *page : Refuse(call, page.error());
}

boost::asio::awaitable<net::Response> Get(ConnectionParts parts, Call call) {
  const auto settings = co_await ReadSettings(parts.storage, call.merchant);
  if (!settings) co_return Refuse(call, settings.error());
  auto shown = ShowConnection(parts, call, *settings, call.path.at(0));
  if (!shown) co_return Refuse(call, shown.error());
  // Never 304: how it fares is not in its tag.
  co_return ShowSetting(std::move(*shown));
}

std::string_view StateOf(const Settings& settings, const sync::ConnectionSetting& connection,
                         sync::Health health) {
  if (!connection.enabled) return "disabled";
  if (SettingIn(settings.pauses, connection.id).paused) return "paused";
  if (SettingIn(settings.tokens, connection.id).refused) return Name(sync::Health::kUnauthorized);
  return health == sync::Health::kOk ? "active" : Name(health);
}

void AppendToken(JsonWriter& writer, const sync::TokenState& state) {
  writer.Key("token");
  if (!state.token && !state.refused) {
    writer.Null();
    return;
  }
  std::optional<Instant> expires_at;
  if (state.token) expires_at = state.token->expires_at;
  writer.BeginObject()
      .Member("expires_at", expires_at)
      .Member("refused", state.refused)
      .EndObject();
}

void AppendPushes(JsonWriter& writer, const std::optional<sync::PushDelays::Summary>& pushes) {
  if (!pushes) {
    writer.Key("skew_ms").Null().Key("push_delay_ms").Null();
    return;
  }
  writer.Member("skew_ms", pushes->least.count())
      .Key("push_delay_ms")
      .BeginObject()
      .Member("p50", pushes->p50.count())
      .Member("p99", pushes->p99.count())
      .EndObject();
}

void AppendErrors(JsonWriter& writer, const std::vector<sync::CallError>& errors) {
  writer.Key("last_errors").BeginArray();
  for (const sync::CallError& error : errors) {
    writer.BeginObject()
        .Member("at", error.at)
        .Member("call", Name(error.call))
        .Member("kind", Name(error.kind))
        .Member("code", error.code)
        .Member("message", error.message)
        .Member("count", static_cast<std::int64_t>(error.count))
        .EndObject();
  }
  writer.EndArray();
}

}  // namespace

Result<Shown> ShowConnection(const ConnectionParts& parts, const Call& call,
                             const Settings& settings, const std::string& id) {
  const auto found = settings.connections.find(id);
  if (found == settings.connections.end() || found->second.setting.deleted) {
    return Fail(ErrorKind::kNotFound, "no such connection");
  }
  const sync::ConnectionSetting& connection = found->second.setting;
  Shown shown{.body = {},
              .tag = fmt::format("\"{}-{}-{}\"", found->second.version,
                                 VersionIn(settings.pauses, id), VersionIn(settings.tokens, id))};
  const Standing standing = parts.standing(call.merchant, id);
  JsonWriter writer(shown.body);
  writer.BeginObject()
      .Member("id", connection.id)
      .Member("platform", connection.platform)
      .Member("enabled", connection.enabled)
      .Member("paused", SettingIn(settings.pauses, id).paused)
      .Member("state", StateOf(settings, connection, standing.calls.health));
  AppendToken(writer, SettingIn(settings.tokens, id));
  AppendPushes(writer, standing.pushes);
  AppendErrors(writer, standing.calls.last_errors);
  writer.Key("accept_minutes");
  if (connection.accept_within) {
    writer.Int(connection.accept_within->count());
  } else {
    writer.Null();
  }
  writer.Key("stores").BeginObject();
  for (const auto& [shop, store] : connection.stores) writer.Member(shop, store);
  writer.EndObject().Member("managed_by", connection.made_by_api ? "api" : "file").EndObject();
  return shown;
}

std::vector<EndpointRow> ConnectionEndpoints(const ConnectionParts& parts) {
  const auto row =
      [&parts](const char* method, const char* pattern, std::vector<std::string_view> parameters,
               boost::asio::awaitable<net::Response> (*answer)(ConnectionParts, Call)) {
        return EndpointRow{method, pattern, Scope::kAdmin, std::move(parameters),
                           [parts, answer](Call call) { return answer(parts, std::move(call)); }};
      };
  return {
      row("GET", "/v1/connections", {"limit", "cursor"}, List),
      row("POST", "/v1/connections", {}, CreateConnection),
      row("GET", "/v1/connections/{id}", {}, Get),
      row("PATCH", "/v1/connections/{id}", {}, ChangeConnection),
      row("DELETE", "/v1/connections/{id}", {}, DeleteConnection),
  };
}

}  // namespace weir::gateway
