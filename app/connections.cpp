// SPDX-License-Identifier: Apache-2.0
#include "app/connections.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "app/registry.hpp"
#include "base/digest.hpp"
#include "base/text.hpp"
#include "gateway/parameters.hpp"
#include "sync/trail.hpp"
#include "sync/watched.hpp"

namespace weir::app {
namespace {

// When a setting was first declared, as far as its trail goes back.
std::uint64_t AgeOf(const storage::RecordRow& row) {
  const auto trail = sync::DecodeTrail(row.trail);
  return trail.empty() ? 0 : trail.front().offset;
}

// What a token belongs to: the same credentials at another address are others.
std::string DigestOf(const connectors::ConnectionOptions& options) {
  nlohmann::json named = {{"base_url", options.base_url}};
  for (const auto& [name, secret] : options.credentials) named["of"][name] = secret.Reveal();
  return ToHex(Sha256(named.dump()));
}

// All that are required, and no others than those that may be there.
bool HasCredentials(const PlatformKeys& keys, const std::map<std::string, Secret>& given) {
  const bool has_all = std::ranges::all_of(
      keys.credentials, [&](const std::string& name) { return given.contains(name); });
  const auto more = std::ranges::count_if(
      keys.more_credentials, [&](const std::string& name) { return given.contains(name); });
  return has_all && given.size() == keys.credentials.size() + static_cast<std::size_t>(more);
}

std::string WordsOf(const PlatformKeys& keys) {
  const std::string all = fmt::format("{}", fmt::join(keys.credentials, ", "));
  return keys.more_credentials.empty()
             ? all
             : fmt::format("{}; some of [{}]", all, fmt::join(keys.more_credentials, ", "));
}

}  // namespace

ConnectionTable::ConnectionTable(net::Transport& transport, const Clock& clock,
                                 sync::Tokens& tokens, sync::HealthBook& healths,
                                 std::string public_url, webhooks::PushHooks& hooks)
    : transport_(transport),
      clock_(clock),
      tokens_(tokens),
      healths_(healths),
      public_url_(std::move(public_url)),
      hooks_(hooks) {}

Result<void> ConnectionTable::Add(const connectors::ConnectionOptions& options,
                                  Connections& to) const {
  const std::string credentials = DigestOf(options);
  const auto health = healths_.Of(options.merchant, options.id, credentials);
  const auto vault = tokens_.VaultOf({.merchant = options.merchant,
                                      .connection = options.id,
                                      .platform = options.platform,
                                      .credentials = credentials},
                                     health);
  auto made = MakeConnector(options, {.transport = transport_, .clock = clock_, .vault = vault});
  if (!made) return std::unexpected(made.error());
  vault->Use(made->tokens);
  const connectors::Connector connector = sync::Watch(*std::move(made), health);
  if (connector.pushes) {
    to.hooks.emplace(options.id, webhooks::PushConnection{.merchant = options.merchant,
                                                          .platform = options.platform,
                                                          .verifier = connector.pushes});
  }
  to.readers.emplace(
      options.merchant + "/" + options.id,
      std::make_shared<const sync::OrderReader>(sync::OrderReader{.merchant = options.merchant,
                                                                  .platform = options.platform,
                                                                  .orders = connector.orders,
                                                                  .reviews = connector.reviews,
                                                                  .menus = connector.menus,
                                                                  .stores = connector.stores,
                                                                  .lists = connector.lists,
                                                                  .desk = connector.desk,
                                                                  .courier = connector.courier,
                                                                  .health = health}));
  return {};
}

Connections ConnectionTable::Make(const Config& config) const {
  Connections made;
  for (const ConnectionConfig& connection : config.connections) {
    const auto added = Add({.id = connection.id,
                            .merchant = connection.merchant,
                            .platform = connection.platform,
                            .base_url = connection.base_url,
                            .public_url = public_url_,
                            .credentials = connection.credentials,
                            .options = connection.options},
                           made);
    if (!added) {
      throw ConfigError("connection '" + connection.id + "': " + added.error().message);
    }
  }
  return made;
}

connectors::ConnectionOptions ConnectionTable::OptionsOf(
    const std::string& merchant, const sync::ConnectionSetting& setting) const {
  return {.id = setting.id,
          .merchant = merchant,
          .platform = setting.platform,
          .base_url = setting.base_url,
          .public_url = public_url_,
          .credentials = setting.credentials,
          .options = setting.options};
}

void ConnectionTable::UseFile(Connections connections) {
  const std::lock_guard lock(mutex_);
  file_ = std::move(connections);
  UseBoth();
}

void ConnectionTable::UseView(storage::Position at, std::vector<storage::RecordRow> settings) {
  std::ranges::sort(settings, {}, AgeOf);
  Connections made;
  for (const storage::RecordRow& row : settings) {
    if (!row.id.starts_with("connection/")) continue;
    const auto setting = sync::DecodeConnectionSetting(row.state);
    if (!setting || !setting->made_by_api || !setting->enabled) continue;
    if (const auto added = Add(OptionsOf(row.merchant, *setting), made); !added) {
      spdlog::error("event=connection_not_made connection={} error=\"{}\"", setting->id,
                    added.error().message);
    }
  }
  const std::lock_guard lock(mutex_);
  if (at < seen_) return;
  seen_ = at;
  knows_view_ = true;
  made_ = std::move(made);
  UseBoth();
}

void ConnectionTable::UseBoth() {
  Connections all = file_;
  all.hooks.insert(made_.hooks.begin(), made_.hooks.end());
  all.readers.insert(made_.readers.begin(), made_.readers.end());
  hooks_.Set(std::move(all.hooks), knows_view_);
  readers_.Set(std::move(all.readers));
}

Result<void> ConnectionTable::Check(const std::string& merchant,
                                    const sync::ConnectionSetting& setting) const {
  const auto keys = KeysOfPlatform(setting.platform);
  if (!keys) return gateway::InvalidParameter("platform", "one that this version supports");
  if (!HasCredentials(*keys, setting.credentials)) {
    return gateway::InvalidParameter("credentials", WordsOf(*keys));
  }
  const bool knows_all = std::ranges::all_of(setting.options, [&](const auto& option) {
    return std::ranges::find(keys->options, option.first) != keys->options.end();
  });
  if (!knows_all) {
    return gateway::InvalidParameter("options",
                                     fmt::format("some of [{}]", fmt::join(keys->options, ", ")));
  }
  Connections made;
  if (const auto added = Add(OptionsOf(merchant, setting), made); !added) {
    return std::unexpected(Error{.kind = ErrorKind::kRejected,
                                 .message = added.error().message,
                                 .remote_code = "invalid_parameter"});
  }
  return {};
}

std::shared_ptr<const sync::OrderReader> ConnectionTable::FindReader(
    const std::string& merchant, const std::string& connection) const {
  const auto readers = readers_.Get();
  const auto found = readers->find(merchant + "/" + connection);
  return found == readers->end() ? nullptr : found->second;
}

}  // namespace weir::app
