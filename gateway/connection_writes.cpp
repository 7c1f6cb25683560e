// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <utility>

#include "base/ids.hpp"
#include "gateway/body.hpp"
#include "gateway/connections.hpp"
#include "net/url.hpp"

namespace weir::gateway {
namespace {

using sync::ConnectionSetting;

constexpr std::uint32_t kLongestAccept = 24 * 60;

void ReadDeclared(BodyReader& body, ConnectionSetting& setting) {
  std::optional<std::uint32_t> minutes;
  if (setting.accept_within) minutes = static_cast<std::uint32_t>(setting.accept_within->count());
  std::map<std::string, std::string> credentials;
  body.Text("base_url", setting.base_url)
      .TextMap("stores", setting.stores)
      .TextMap("credentials", credentials)
      .TextMap("options", setting.options)
      .Number("accept_minutes", 1, kLongestAccept, minutes);
  setting.accept_within = minutes ? std::optional(std::chrono::minutes(*minutes)) : std::nullopt;
  for (auto& [name, secret] : credentials) {
    setting.credentials.insert_or_assign(name, Secret(std::move(secret)));
  }
}

Result<void> Check(const ConnectionParts& parts, const Call& call, const Settings& settings,
                   const ConnectionSetting& setting) {
  if (!setting.base_url.empty() && !net::ParseUrl(setting.base_url)) {
    return InvalidParameter("base_url", "an absolute http or https URL");
  }
  for (const auto& [shop, store] : setting.stores) {
    if (!settings.stores.contains(store)) {
      return InvalidParameter("stores", "platform shops, each with the id of a store");
    }
  }
  return parts.check(call.merchant, setting);
}

std::string WithVersions(const Settings& settings, const std::string& id, const auto& setting) {
  const sync::PauseSetting pause{.connection = id};
  return Conditional(
      EncodeSetting(setting),
      {{SettingId(ConnectionSetting{.id = id, .platform = {}, .stores = {}, .accept_within = {}}),
        VersionIn(settings.connections, id)},
       {SettingId(pause), VersionIn(settings.pauses, id)}});
}

Result<ConnectionSetting> ReadNew(const Call& call) {
  ConnectionSetting setting;
  setting.made_by_api = true;
  BodyReader body(call.request.body, {"id", "platform", "base_url", "credentials", "options",
                                      "stores", "accept_minutes"});
  body.Require("id").Require("platform").Text("id", setting.id).Text("platform", setting.platform);
  ReadDeclared(body, setting);
  if (auto read = body.Finish(); !read) return std::unexpected(read.error());
  if (!IsPlainId(setting.id)) {
    return InvalidParameter("id", "1 to 64 of letters, digits, '-', '_' and '.'");
  }
  return setting;
}

Result<std::string> MakeNew(const ConnectionParts& parts, const Call& call,
                            const Settings& settings) {
  const auto setting = ReadNew(call);
  if (!setting) return std::unexpected(setting.error());
  if (auto checked = Check(parts, call, settings, *setting); !checked) {
    return std::unexpected(checked.error());
  }
  return WithVersions(settings, setting->id, *setting);
}

Result<void> CheckTag(const ConnectionParts& parts, const Call& call, const Settings& settings) {
  const auto shown = ShowConnection(parts, call, settings, call.path.at(0));
  if (!shown) return std::unexpected(shown.error());
  return CheckIfMatch(call, shown->tag);
}

Result<ConnectionSetting> FindOwn(const Call& call, const Settings& settings) {
  const auto found = settings.connections.find(call.path.at(0));
  if (found == settings.connections.end() || found->second.setting.deleted) {
    return Fail(ErrorKind::kNotFound, "no such connection");
  }
  if (!found->second.setting.made_by_api) {
    return Rejected("managed_by_file",
                    "the configuration file declares it; only 'paused' can be changed here");
  }
  return found->second.setting;
}

Result<std::string> MakePause(const Call& call, const Settings& settings, BodyReader& body) {
  sync::PauseSetting setting{.connection = call.path.at(0)};
  if (auto read = body.Flag("paused", setting.paused).Finish(); !read) {
    return std::unexpected(read.error());
  }
  if (call.request.headers.Find("If-Match").empty()) return EncodeSetting(setting);
  return WithVersions(settings, setting.connection, setting);
}

Result<std::string> MakeChanged(const ConnectionParts& parts, const Call& call,
                                const Settings& settings) {
  BodyReader body(call.request.body, {"platform", "base_url", "credentials", "options", "stores",
                                      "accept_minutes", "paused"});
  if (auto read = body.Finish(); !read) return std::unexpected(read.error());
  if (body.size() == 0) return Rejected("bad_request", "the body names nothing to change");
  if (auto current = CheckTag(parts, call, settings); !current) {
    return std::unexpected(current.error());
  }
  if (body.Has("paused") && body.size() == 1) return MakePause(call, settings, body);
  auto setting = FindOwn(call, settings);
  if (!setting) return std::unexpected(setting.error());
  if (body.Has("paused")) return InvalidParameter("paused", "to be changed alone");
  if (body.Has("platform")) return InvalidParameter("platform", "to stay as it is");
  ReadDeclared(body, *setting);
  if (auto read = body.Finish(); !read) return std::unexpected(read.error());
  if (auto checked = Check(parts, call, settings, *setting); !checked) {
    return std::unexpected(checked.error());
  }
  return WithVersions(settings, setting->id, *setting);
}

Result<std::string> MakeDeleted(const ConnectionParts& parts, const Call& call,
                                const Settings& settings) {
  auto setting = FindOwn(call, settings);
  if (!setting) return std::unexpected(setting.error());
  if (auto current = CheckTag(parts, call, settings); !current) {
    return std::unexpected(current.error());
  }
  setting->enabled = false;
  setting->deleted = true;
  setting->credentials.clear();
  return WithVersions(settings, setting->id, *setting);
}

boost::asio::awaitable<net::Response> Write(
    ConnectionParts parts, Call call, std::string id, Settings before,
    Result<std::string> (*make)(const ConnectionParts&, const Call&, const Settings&)) {
  const auto position =
      co_await parts.writing.Declare(call, id, [&] { return make(parts, call, before); });
  if (!position) co_return Refuse(call, position.error());
  const auto after = co_await ReadSettings(parts.storage, call.merchant);
  if (!after) co_return Refuse(call, after.error());
  if (!WasMade(after->connections, id, *position) && !WasMade(after->pauses, id, *position)) {
    co_return Refuse(call, ChangedMeanwhile(call));
  }
  auto shown = ShowConnection(parts, call, *after, id);
  if (!shown) co_return Gone();
  co_return ShowSetting(std::move(*shown));
}

// Hooks are found by a connection's id alone, whoever's it is.
boost::asio::awaitable<Result<bool>> IsTaken(storage::Storage& storage, std::string setting_id) {
  const auto rows = co_await storage.ReadAll(storage::RecordKind::kSetting);
  if (!rows) co_return std::unexpected(rows.error());
  co_return std::ranges::find(*rows, setting_id, &storage::RecordRow::id) != rows->end();
}

}  // namespace

boost::asio::awaitable<net::Response> CreateConnection(ConnectionParts parts, Call call) {
  const auto setting = ReadNew(call);
  if (!setting) co_return Refuse(call, setting.error());
  const auto taken = co_await IsTaken(parts.storage, SettingId(*setting));
  if (!taken) co_return Refuse(call, taken.error());
  auto settings = co_await ReadSettings(parts.storage, call.merchant);
  if (!settings) co_return Refuse(call, settings.error());
  const auto make =
      *taken ? [](const ConnectionParts&, const Call&, const Settings&) -> Result<std::string> {
    return Rejected("conflict", "there is a connection of this id, or was one");
  }
  : MakeNew;
  auto response = co_await Write(parts, call, setting->id, std::move(*settings), make);
  if (response.status == 200) response.status = 201;
  co_return response;
}

boost::asio::awaitable<net::Response> ChangeConnection(ConnectionParts parts, Call call) {
  auto settings = co_await ReadSettings(parts.storage, call.merchant);
  if (!settings) co_return Refuse(call, settings.error());
  co_return co_await Write(parts, call, call.path.at(0), std::move(*settings), MakeChanged);
}

boost::asio::awaitable<net::Response> DeleteConnection(ConnectionParts parts, Call call) {
  auto settings = co_await ReadSettings(parts.storage, call.merchant);
  if (!settings) co_return Refuse(call, settings.error());
  co_return co_await Write(parts, call, call.path.at(0), std::move(*settings), MakeDeleted);
}

}  // namespace weir::gateway
