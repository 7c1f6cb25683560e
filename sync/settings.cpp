// SPDX-License-Identifier: Apache-2.0
#include "sync/settings.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace weir::sync {

using nlohmann::json;

std::string ConnectionSetting::StoreOf(std::string_view platform_shop) const {
  const auto found = stores.find(std::string(platform_shop));
  return found == stores.end() ? std::string() : found->second;
}

std::string SettingId(const ConnectionSetting& setting) { return "connection/" + setting.id; }
std::string SettingId(const StoreSetting& setting) { return "store/" + setting.id; }

std::string SettingId(const PauseSetting& setting) { return "pause/" + setting.connection; }

bool IsDeclaredByFile(std::string_view payload) {
  constexpr std::array<std::string_view, 3> kKinds = {"connection", "store", "subscription"};
  const json in = json::parse(payload, nullptr, false);
  return in.is_object() && !in.contains("managed_by") &&
         std::ranges::find(kKinds, in.value("kind", "")) != kKinds.end();
}

std::string WithoutSecrets(std::string_view payload) {
  json in = json::parse(payload, nullptr, false);
  if (!in.is_object()) return {};
  in.erase("credentials");
  in.erase("secrets");
  for (const char* name : {"url", "base_url"}) {
    if (!in.contains(name) || !in[name].is_string()) continue;
    const std::string url = in[name].get<std::string>();
    in[name] = url.substr(0, url.find('?'));
  }
  return in.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string EncodeSetting(const ConnectionSetting& setting) {
  json out = {{"kind", "connection"},
              {"id", setting.id},
              {"platform", setting.platform},
              {"stores", setting.stores},
              {"enabled", setting.enabled}};
  if (setting.accept_within) out["accept_minutes"] = setting.accept_within->count();
  if (!setting.made_by_api) return out.dump();
  out["managed_by"] = "api";
  if (setting.deleted) out["deleted"] = true;
  if (!setting.base_url.empty()) out["base_url"] = setting.base_url;
  for (const auto& [name, secret] : setting.credentials) {
    out["credentials"][name] = secret.Reveal();
  }
  if (!setting.options.empty()) out["options"] = setting.options;
  return out.dump();
}

std::string EncodeSetting(const StoreSetting& setting) {
  return json{{"kind", "store"},
              {"id", setting.id},
              {"name", setting.name},
              {"code", setting.code},
              {"enabled", setting.enabled}}
      .dump();
}

std::string EncodeSetting(const PauseSetting& setting) {
  return json{{"kind", "pause"}, {"id", setting.connection}, {"paused", setting.paused}}.dump();
}

Result<ConnectionSetting> DecodeConnectionSetting(std::string_view text) {
  const json in = json::parse(text, nullptr, false);
  if (!in.is_object() || in.value("kind", "") != "connection") {
    return Fail(ErrorKind::kMalformed, "not the setting of a connection");
  }
  ConnectionSetting setting{.id = in.value("id", ""),
                            .platform = in.value("platform", ""),
                            .stores = in.value("stores", std::map<std::string, std::string>{}),
                            .accept_within = std::nullopt,
                            .enabled = in.value("enabled", true),
                            .made_by_api = in.value("managed_by", "") == "api",
                            .deleted = in.value("deleted", false),
                            .base_url = in.value("base_url", ""),
                            .credentials = {},
                            .options = in.value("options", std::map<std::string, std::string>{})};
  if (in.contains("accept_minutes")) {
    setting.accept_within = std::chrono::minutes(in["accept_minutes"].get<std::int64_t>());
  }
  for (const auto& [name, secret] : in.value("credentials", std::map<std::string, std::string>{})) {
    setting.credentials.emplace(name, Secret(secret));
  }
  return setting;
}

Result<StoreSetting> DecodeStoreSetting(std::string_view text) {
  const json in = json::parse(text, nullptr, false);
  if (!in.is_object() || in.value("kind", "") != "store") {
    return Fail(ErrorKind::kMalformed, "not the setting of a store");
  }
  return StoreSetting{.id = in.value("id", ""),
                      .name = in.value("name", ""),
                      .code = in.value("code", ""),
                      .enabled = in.value("enabled", true)};
}

Result<PauseSetting> DecodePauseSetting(std::string_view text) {
  const json in = json::parse(text, nullptr, false);
  if (!in.is_object() || in.value("kind", "") != "pause") {
    return Fail(ErrorKind::kMalformed, "not the setting of a pause");
  }
  return PauseSetting{.connection = in.value("id", ""), .paused = in.value("paused", false)};
}

}  // namespace weir::sync
