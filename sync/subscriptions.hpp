// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/instant.hpp"
#include "base/secret.hpp"

/// The settings of callbacks: which endpoints there are, and whether they are sent to.
namespace weir::sync {

/// A secret that callbacks are signed with.
struct SigningSecret {
  Secret secret;                 ///< "whsec_" and base64.
  std::optional<Instant> until;  ///< A rotated one signs too until then; the present one always.
  friend bool operator==(const SigningSecret&, const SigningSecret&) = default;
};

/// What a `setting` entry of a subscription declares. The secrets of a [[subscription]] block stay
/// in the file; those of one made by the API are in it.
struct SubscriptionSetting {
  std::string id;
  std::string url;
  std::vector<std::string> types;
  std::vector<std::string> stores;     ///< Empty: all.
  std::vector<std::string> platforms;  ///< Empty: all.
  bool personal = false;
  bool allow_private = false;
  std::optional<std::uint32_t> rate_per_second;
  bool enabled = true;  ///< False once its block is gone from the file, or it is deleted.
  // Only of one made by the API:
  bool made_by_api = false;
  bool deleted = false;                ///< Its secrets are gone; its id is not given again.
  std::vector<SigningSecret> secrets;  ///< The present one first.
  friend bool operator==(const SubscriptionSetting&, const SubscriptionSetting&) = default;
};

/// Whether a subscription is sent to, as its endpoint or an operator said last; the configuration
/// file does not.
struct DeliverySetting {
  std::string subscription;
  std::string disabled;  ///< "gone" (the endpoint answered 410), "asked"; empty: it is sent to.
  std::string endpoint;  ///< EndpointMark of the URL that "gone" is about.
  friend bool operator==(const DeliverySetting&, const DeliverySetting&) = default;
};

/// The ids of their records: "subscription/erp", "delivery/erp".
[[nodiscard]] std::string SettingId(const SubscriptionSetting& setting);
[[nodiscard]] std::string SettingId(const DeliverySetting& setting);

/// As for the other settings: equal ones give equal bytes.
[[nodiscard]] std::string EncodeSetting(const SubscriptionSetting& setting);
[[nodiscard]] std::string EncodeSetting(const DeliverySetting& setting);
[[nodiscard]] Result<SubscriptionSetting> DecodeSubscriptionSetting(std::string_view text);
[[nodiscard]] Result<DeliverySetting> DecodeDeliverySetting(std::string_view text);

/// Tells URLs apart without showing them.
[[nodiscard]] std::string EndpointMark(std::string_view url);

/// Why nothing is sent to it: "not_declared" (its block is gone from the file), "asked" or "gone";
/// empty while it is sent to. Another URL than the one that answered 410 is sent to.
[[nodiscard]] std::string_view WhyDisabled(const SubscriptionSetting& subscription,
                                           const DeliverySetting& delivery);

}  // namespace weir::sync
