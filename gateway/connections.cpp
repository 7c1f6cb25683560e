// SPDX-License-Identifier: Apache-2.0
#include "gateway/connections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "base/json_writer.hpp"
#include "gateway/etag.hpp"
#include "gateway/settings.hpp"

namespace weir::gateway {
namespace {

using nlohmann::json;

constexpr const char* kManagedByFile =
    "connections are declared in the configuration file; only 'paused' can be changed here";

/// One connection as it is shown.
struct Shown {
  std::string body;
  std::string tag;
};

Shown Show(const Settings& settings, const Declared<sync::ConnectionSetting>& declared) {
  const sync::ConnectionSetting& connection = declared.setting;
  const auto pause = settings.pauses.find(connection.id);
  const bool is_set = pause != settings.pauses.end();
  Shown shown{
      .body = {},
      .tag = fmt::format("\"{}-{}\"", declared.version, is_set ? pause->second.version : 0)};
  JsonWriter writer(shown.body);
  writer.BeginObject()
      .Member("id", connection.id)
      .Member("platform", connection.platform)
      .Member("enabled", connection.enabled)
      .Member("paused", is_set && pause->second.setting.paused)
      .Key("accept_minutes");
  if (connection.accept_within) {
    writer.Int(connection.accept_within->count());
  } else {
    writer.Null();
  }
  writer.Key("stores").BeginObject();
  for (const auto& [shop, store] : connection.stores) writer.Member(shop, store);
  writer.EndObject().Member("managed_by", "file").EndObject();
  return shown;
}

boost::asio::awaitable<net::Response> List(storage::Storage& storage, Call call) {
  const auto settings = co_await ReadSettings(storage, call.merchant);
  if (!settings) co_return Refuse(call, settings.error());
  std::map<std::string, std::string> items;
  for (const auto& [id, declared] : settings->connections) {
    items.emplace(id, Show(*settings, declared).body);
  }
  const auto page = ShowPage(call, items);
  co_return page ? *page : Refuse(call, page.error());
}

boost::asio::awaitable<Result<Shown>> Find(storage::Storage& storage, const Call& call) {
  const auto settings = co_await ReadSettings(storage, call.merchant);
  if (!settings) co_return std::unexpected(settings.error());
  const auto found = settings->connections.find(call.path.at(0));
  if (found == settings->connections.end()) {
    co_return Fail(ErrorKind::kNotFound, "no such connection");
  }
  co_return Show(*settings, found->second);
}

net::Response Answer(Shown shown) {
  net::Response response;
  response.headers.Add("ETag", std::move(shown.tag));
  response.body = std::move(shown.body);
  return response;
}

boost::asio::awaitable<net::Response> Get(storage::Storage& storage, Call call) {
  auto shown = co_await Find(storage, call);
  if (!shown) co_return Refuse(call, shown.error());
  const bool known = MatchesEtag(call.request.headers.Find("If-None-Match"), shown->tag);
  net::Response response = Answer(std::move(*shown));
  if (known) {
    response.status = 304;
    response.body.clear();
  }
  co_return response;
}

boost::asio::awaitable<net::Response> RefuseToChange(storage::Storage& storage, Call call) {
  if (!call.path.empty()) {
    const auto shown = co_await Find(storage, call);
    if (!shown) co_return Refuse(call, shown.error());
  }
  co_return Refuse(call, "managed_by_file", kManagedByFile);
}

/// What a PATCH asks for.
Result<bool> ReadPaused(const Call& call) {
  const auto rejected = [](std::string_view code, std::string_view detail) {
    return std::unexpected(Error{.kind = ErrorKind::kRejected,
                                 .message = std::string(detail),
                                 .remote_code = std::string(code)});
  };
  const json body = json::parse(call.request.body, nullptr, false);
  if (!body.is_object() || body.empty()) {
    return rejected("bad_request", "the body is no JSON object with 'paused'");
  }
  if (body.size() > 1 || !body.contains("paused")) {
    return rejected("managed_by_file", kManagedByFile);
  }
  if (!body["paused"].is_boolean()) return InvalidParameter("paused", "true or false");
  return body["paused"].get<bool>();
}

/// As versions stand that a caller has seen.
json VersionsOf(const Settings& settings, const std::string& id) {
  const auto pause = settings.pauses.find(id);
  return {{SettingId(settings.connections.at(id).setting), settings.connections.at(id).version},
          {SettingId(sync::PauseSetting{.connection = id}),
           pause == settings.pauses.end() ? 0 : pause->second.version}};
}

storage::NewEntry PauseEntry(const Call& call, std::string payload, Instant now) {
  storage::NewEntry entry;
  entry.envelope.kind = storage::EntryKind::kSetting;
  entry.envelope.merchant = call.merchant;
  entry.envelope.connection = call.path.at(0);
  entry.envelope.received_at = now;
  entry.payload = std::move(payload);
  return entry;
}

// What is asked for under a condition the fold has the last word on.
bool WasMade(const Settings& settings, const std::string& id, storage::Position position) {
  const auto pause = settings.pauses.find(id);
  return pause != settings.pauses.end() &&
         std::ranges::find(pause->second.trail, position.offset, &sync::TrailItem::offset) !=
             pause->second.trail.end();
}

net::Response RefuseChanged(const Call& call) {
  return Refuse(call, "precondition_failed", "the connection has changed since it was read");
}

boost::asio::awaitable<net::Response> Patch(storage::Storage& storage, Writing writing,
                                            const Clock& clock, Call call) {
  const std::string& id = call.path.at(0);
  const auto asked = ReadAsked(call);
  if (!asked) co_return Refuse(call, asked.error());
  const auto before = co_await ReadSettings(storage, call.merchant);
  if (!before) co_return Refuse(call, before.error());
  const auto connection = before->connections.find(id);
  if (connection == before->connections.end()) {
    co_return Refuse(call, "not_found", "no such connection");
  }
  const auto paused = ReadPaused(call);
  if (!paused) co_return Refuse(call, paused.error());
  const auto first = co_await writing.Repeated(call.merchant, *asked);
  if (!first) co_return Refuse(call, first.error());
  std::optional<storage::Position> position = *first;
  if (!position) {
    const std::string_view wanted = call.request.headers.Find("If-Match");
    if (!wanted.empty() && !MatchesEtag(wanted, Show(*before, connection->second).tag)) {
      co_return RefuseChanged(call);
    }
    json payload =
        json::parse(sync::EncodeSetting(sync::PauseSetting{.connection = id, .paused = *paused}));
    if (!wanted.empty()) payload[sync::kIfVersions] = VersionsOf(*before, id);
    const auto done =
        co_await writing.Append(PauseEntry(call, payload.dump(), clock.Now()), *asked);
    if (!done) co_return Refuse(call, done.error());
    position = *done;
  }
  const auto after = co_await ReadSettings(storage, call.merchant);
  if (!after) co_return Refuse(call, after.error());
  if (!WasMade(*after, id, *position)) co_return RefuseChanged(call);
  co_return Answer(Show(*after, after->connections.at(id)));
}

}  // namespace

std::vector<EndpointRow> ConnectionEndpoints(storage::Storage& storage, Writing writing,
                                             const Clock& clock) {
  const auto refuse = [&storage](Call call) { return RefuseToChange(storage, std::move(call)); };
  return {
      {"GET",
       "/v1/connections",
       Scope::kAdmin,
       {"limit", "cursor"},
       [&storage](Call call) { return List(storage, std::move(call)); }},
      {"GET",
       "/v1/connections/{id}",
       Scope::kAdmin,
       {},
       [&storage](Call call) { return Get(storage, std::move(call)); }},
      {"POST", "/v1/connections", Scope::kAdmin, {}, refuse},
      {"PATCH",
       "/v1/connections/{id}",
       Scope::kAdmin,
       {},
       [&storage, writing, &clock](Call call) {
         return Patch(storage, writing, clock, std::move(call));
       }},
      {"DELETE", "/v1/connections/{id}", Scope::kAdmin, {}, refuse},
  };
}

}  // namespace weir::gateway
