// SPDX-License-Identifier: Apache-2.0
#include "sync/subscriptions.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/digest.hpp"

namespace weir::sync {
namespace {

using nlohmann::json;
using Texts = std::vector<std::string>;

json ToJson(const SigningSecret& secret) {
  json out = {{"secret", secret.secret.Reveal()}};
  if (secret.until) out["until"] = ToRfc3339(*secret.until);
  return out;
}

SigningSecret SecretFrom(const json& in) {
  SigningSecret secret{.secret = Secret(in.value("secret", "")), .until = std::nullopt};
  if (const auto until = ParseRfc3339(in.value("until", ""))) secret.until = *until;
  return secret;
}

}  // namespace

std::string SettingId(const SubscriptionSetting& setting) { return "subscription/" + setting.id; }
std::string SettingId(const DeliverySetting& setting) { return "delivery/" + setting.subscription; }

std::string EncodeSetting(const SubscriptionSetting& setting) {
  json out = {{"kind", "subscription"},       {"id", setting.id},
              {"url", setting.url},           {"types", setting.types},
              {"stores", setting.stores},     {"platforms", setting.platforms},
              {"personal", setting.personal}, {"allow_private", setting.allow_private},
              {"enabled", setting.enabled}};
  if (setting.rate_per_second) out["rate_per_second"] = *setting.rate_per_second;
  if (!setting.made_by_api) return out.dump();
  out["managed_by"] = "api";
  if (setting.deleted) out["deleted"] = true;
  for (const SigningSecret& secret : setting.secrets) out["secrets"].push_back(ToJson(secret));
  return out.dump();
}

std::string EncodeSetting(const DeliverySetting& setting) {
  json out = {{"kind", "delivery"}, {"id", setting.subscription}, {"disabled", setting.disabled}};
  if (!setting.endpoint.empty()) out["endpoint"] = setting.endpoint;
  return out.dump();
}

Result<SubscriptionSetting> DecodeSubscriptionSetting(std::string_view text) {
  const json in = json::parse(text, nullptr, false);
  if (!in.is_object() || in.value("kind", "") != "subscription") {
    return Fail(ErrorKind::kMalformed, "not the setting of a subscription");
  }
  SubscriptionSetting setting{.id = in.value("id", ""),
                              .url = in.value("url", ""),
                              .types = in.value("types", Texts{}),
                              .stores = in.value("stores", Texts{}),
                              .platforms = in.value("platforms", Texts{}),
                              .personal = in.value("personal", false),
                              .allow_private = in.value("allow_private", false),
                              .rate_per_second = std::nullopt,
                              .enabled = in.value("enabled", true),
                              .made_by_api = in.value("managed_by", "") == "api",
                              .deleted = in.value("deleted", false),
                              .secrets = {}};
  if (in.contains("rate_per_second")) {
    setting.rate_per_second = in["rate_per_second"].get<std::uint32_t>();
  }
  for (const json& secret : in.value("secrets", json::array())) {
    setting.secrets.push_back(SecretFrom(secret));
  }
  return setting;
}

Result<DeliverySetting> DecodeDeliverySetting(std::string_view text) {
  const json in = json::parse(text, nullptr, false);
  if (!in.is_object() || in.value("kind", "") != "delivery") {
    return Fail(ErrorKind::kMalformed, "not the setting of a delivery");
  }
  return DeliverySetting{.subscription = in.value("id", ""),
                         .disabled = in.value("disabled", ""),
                         .endpoint = in.value("endpoint", "")};
}

std::string EndpointMark(std::string_view url) { return fmt::format("{:016x}", Checksum(url)); }

std::string_view WhyDisabled(const SubscriptionSetting& subscription,
                             const DeliverySetting& delivery) {
  if (!subscription.enabled) return "not_declared";
  if (delivery.disabled == "gone" && delivery.endpoint == EndpointMark(subscription.url)) {
    return "gone";
  }
  return delivery.disabled == "asked" ? "asked" : "";
}

}  // namespace weir::sync
