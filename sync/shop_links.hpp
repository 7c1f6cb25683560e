// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "model/order_facts.hpp"
#include "model/store_facts.hpp"
#include "sync/settings.hpp"

/// What is known of a platform's shop, as JSON in the state of a store's record:
///
///   {"connection","platform","platform_shop",
///    "told": {"business": {"push": {state, cause, reason, at, order}, "pull": {...}}, ...},
///    "profile": {name, address, phone, hours, latitude, longitude, extra, order} or null}
///
/// A join: of each aspect and source, and of the profile, the greatest `order` stands.
namespace weir::sync {

/// Facts of one entry, put together by shop.
class ShopLinks {
 public:
  explicit ShopLinks(const ConnectionSetting& setting) : setting_(setting) {}

  void Add(const model::StoreFact& fact);
  void Add(const model::StoreProfile& profile);
  [[nodiscard]] std::map<std::string, nlohmann::json> Take() { return std::move(links_); }

 private:
  nlohmann::json& LinkOf(const std::string& shop);

  const ConnectionSetting& setting_;
  std::map<std::string, nlohmann::json> links_;
};

/// Joins `other` into `link`; one that is null takes it as it is.
void JoinLink(nlohmann::json& link, const nlohmann::json& other);

/// What readers see of it: for each aspect what the later of push and read says, a push where they
/// agree, since it tells who and why; `state`, `cause`, `reason` and `at` of the aspect that keeps
/// the shop from selling, else of its business.
[[nodiscard]] nlohmann::json ShownLink(const nlohmann::json& link);

/// Whether the last read of the shop told just this.
[[nodiscard]] bool HoldsProfile(const nlohmann::json& link, const ContentDigest& content);

/// A link as fold version 2 kept it, in the form above.
[[nodiscard]] nlohmann::json UpgradedLink(nlohmann::json link);

}  // namespace weir::sync
