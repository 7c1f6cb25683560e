// SPDX-License-Identifier: Apache-2.0
#include "webhooks/callbacks/declared.hpp"

#include <utility>

#include "sync/subscriptions.hpp"

namespace weir::webhooks {
namespace {

constexpr const char* kNotDeclared = "not_declared";

struct Delivery {
  sync::DeliverySetting setting;
  std::uint64_t version = 0;
};

std::vector<SigningKey> KeysOf(const storage::SubscriptionKey& key,
                               const sync::SubscriptionSetting& setting,
                               const FileSecrets& secrets) {
  if (!setting.made_by_api) {
    const auto found = secrets.find(key);
    return found == secrets.end() ? std::vector<SigningKey>() : found->second;
  }
  std::vector<SigningKey> keys;
  for (const sync::SigningSecret& secret : setting.secrets) {
    if (auto parsed = SigningKey::Parse(secret.secret.Reveal(), secret.until)) {
      keys.push_back(*std::move(parsed));
    }
  }
  return keys;
}

DeclaredSubscription Declare(storage::SubscriptionKey key, sync::SubscriptionSetting setting,
                             const Delivery& delivery, const FileSecrets& secrets) {
  DeclaredSubscription declared{.key = std::move(key),
                                .subscription = {},
                                .disabled = std::string(WhyDisabled(setting, delivery.setting)),
                                .delivery_version = delivery.version};
  declared.subscription = {.url = std::move(setting.url),
                           .keys = KeysOf(declared.key, setting, secrets),
                           .types = std::move(setting.types),
                           .stores = std::move(setting.stores),
                           .platforms = std::move(setting.platforms),
                           .personal = setting.personal,
                           .allow_private = setting.allow_private,
                           .rate_per_second = setting.rate_per_second};
  if (declared.subscription.keys.empty()) declared.disabled = kNotDeclared;
  return declared;
}

}  // namespace

boost::asio::awaitable<Result<DeclaredSubscriptions>> ReadDeclared(storage::Storage& storage,
                                                                   const FileSecrets& secrets) {
  const auto rows = co_await storage.ReadAll(storage::RecordKind::kSetting);
  if (!rows) co_return std::unexpected(rows.error());
  std::map<storage::SubscriptionKey, Delivery> deliveries;
  std::map<storage::SubscriptionKey, sync::SubscriptionSetting> settings;
  for (const storage::RecordRow& row : *rows) {
    if (row.id.starts_with("delivery/")) {
      if (auto setting = sync::DecodeDeliverySetting(row.state)) {
        deliveries[{row.merchant, setting->subscription}] = {*setting, row.version};
      }
    } else if (row.id.starts_with("subscription/")) {
      if (auto setting = sync::DecodeSubscriptionSetting(row.state)) {
        const storage::SubscriptionKey key{row.merchant, setting->id};
        settings.emplace(key, *std::move(setting));
      }
    }
  }
  DeclaredSubscriptions declared;
  for (auto& [key, setting] : settings) {
    if (setting.deleted) {
      declared.deleted.push_back(key);
    } else {
      declared.all.push_back(Declare(key, std::move(setting), deliveries[key], secrets));
    }
  }
  co_return declared;
}

}  // namespace weir::webhooks
