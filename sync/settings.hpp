// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/secret.hpp"

namespace weir::sync {

/// What a `setting` entry of a connection declares. Of a [[connection]] block that is the part that
/// decides how facts become records, without secrets; of one made by the API it is all of it.
struct ConnectionSetting {
  std::string id;
  std::string platform;
  std::map<std::string, std::string> stores;  ///< Platform shop -> store.
  std::optional<std::chrono::minutes> accept_within;
  bool enabled = true;  ///< False once its block is gone from the file, or it is deleted.
  // Only of one made by the API:
  bool made_by_api = false;
  bool deleted = false;  ///< Its secrets are gone; its id is not given again.
  std::string base_url{};
  std::map<std::string, Secret> credentials{};
  std::map<std::string, std::string> options{};

  /// The store a platform's shop is linked to; empty when it is not.
  [[nodiscard]] std::string StoreOf(std::string_view platform_shop) const;
  friend bool operator==(const ConnectionSetting&, const ConnectionSetting&) = default;
};

/// What a `setting` entry of a store declares.
struct StoreSetting {
  std::string id;
  std::string name;
  std::string code;
  bool enabled = true;
  friend bool operator==(const StoreSetting&, const StoreSetting&) = default;
};

/// What an operator says of a connection while it runs; the configuration file does not. A paused
/// connection takes pushes, and nothing leaves for it.
struct PauseSetting {
  std::string connection;
  bool paused = false;
  friend bool operator==(const PauseSetting&, const PauseSetting&) = default;
};

/// The id of the setting's record: "connection/mt-main", "store/sh-001", "pause/mt-main".
[[nodiscard]] std::string SettingId(const ConnectionSetting& setting);
[[nodiscard]] std::string SettingId(const StoreSetting& setting);
[[nodiscard]] std::string SettingId(const PauseSetting& setting);
/// Whether a setting's payload declares what the configuration file does: neither made by the API,
/// nor said of what runs.
[[nodiscard]] bool IsDeclaredByFile(std::string_view payload);
/// A setting's payload as it may be shown: without secrets, and URLs without their query.
[[nodiscard]] std::string WithoutSecrets(std::string_view payload);

/// The member of a setting's payload that makes it conditional: setting id -> the version of its
/// record, 0 for none. Where one has moved on, the entry folds to nothing and stands in no trail.
inline constexpr const char* kIfVersions = "if_versions";

/// The payload of the entry and state of the record, JSON with sorted members: equal settings give
/// equal bytes.
[[nodiscard]] std::string EncodeSetting(const ConnectionSetting& setting);
[[nodiscard]] std::string EncodeSetting(const StoreSetting& setting);
[[nodiscard]] std::string EncodeSetting(const PauseSetting& setting);
[[nodiscard]] Result<ConnectionSetting> DecodeConnectionSetting(std::string_view text);
[[nodiscard]] Result<StoreSetting> DecodeStoreSetting(std::string_view text);
[[nodiscard]] Result<PauseSetting> DecodePauseSetting(std::string_view text);

}  // namespace weir::sync
