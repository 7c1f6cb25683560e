// SPDX-License-Identifier: Apache-2.0
#include "sync/shop_links.hpp"

#include <array>
#include <utility>

#include "base/instant.hpp"

namespace weir::sync {
namespace {

using nlohmann::json;

const char* NameOf(model::StoreAspect aspect) {
  switch (aspect) {
    case model::StoreAspect::kBusiness:
      return "business";
    case model::StoreAspect::kListing:
      return "listing";
    default:
      return "other";
  }
}

json OrderOf(Instant at, const ContentDigest& digest) {
  return {at.time_since_epoch().count(), digest.high, digest.low};
}

/// Of two that say something of the same, the one that stands.
void TakeGreater(json& kept, const json& told) {
  if (told.is_null()) return;
  if (kept.is_null() || kept["order"] < told["order"]) kept = told;
}

/// What stands of push and read.
json StandingOf(const json& told) {
  const json push = told.value("push", json());
  const json pull = told.value("pull", json());
  if (push.is_null() || pull.is_null()) return push.is_null() ? pull : push;
  return push["state"] == pull["state"] || pull["order"] < push["order"] ? push : pull;
}

bool KeepsFromSelling(const std::string& aspect, const std::string& state) {
  if (aspect == "listing") return state != "online";
  return aspect == "business" && state != "open";
}

json WithoutOrder(json told) {
  if (told.is_object()) told.erase("order");
  return told;
}

}  // namespace

json& ShopLinks::LinkOf(const std::string& shop) {
  json& link = links_[shop];
  if (link.is_null()) {
    link = {{"connection", setting_.id},
            {"platform", setting_.platform},
            {"platform_shop", shop},
            {"told", json::object()},
            {"profile", nullptr}};
  }
  return link;
}

void ShopLinks::Add(const model::StoreFact& fact) {
  const Instant at = fact.at ? *fact.at : fact.sent_at.value_or(Instant{});
  const json told = {{"state", fact.state},
                     {"cause", fact.cause},
                     {"reason", fact.reason},
                     {"at", ToRfc3339(at)},
                     {"order", OrderOf(at, fact.digest)}};
  const std::string source(Name(fact.source));
  TakeGreater(LinkOf(fact.platform_shop)["told"][NameOf(fact.aspect)][source], told);
}

void ShopLinks::Add(const model::StoreProfile& profile) {
  json told = {
      {"name", profile.name},         {"address", profile.address},
      {"phone", profile.phone},       {"hours", profile.hours},
      {"latitude", profile.latitude}, {"longitude", profile.longitude},
      {"extra", json::object()},      {"order", OrderOf(profile.key.asked_at, profile.key.digest)}};
  if (!profile.extra.empty()) told["extra"] = json::parse(profile.extra);
  TakeGreater(LinkOf(profile.platform_shop)["profile"], told);
}

void JoinLink(json& link, const json& other) {
  if (link.is_null()) {
    link = other;
    return;
  }
  for (const auto& [aspect, sources] : other["told"].items()) {
    for (const auto& [source, told] : sources.items()) {
      TakeGreater(link["told"][aspect][source], told);
    }
  }
  TakeGreater(link["profile"], other["profile"]);
}

json ShownLink(const json& link) {
  json shown = {{"connection", link["connection"]},
                {"platform", link["platform"]},
                {"platform_shop", link["platform_shop"]},
                {"states", json::object()},
                {"profile", WithoutOrder(link["profile"])}};
  for (const auto& [aspect, told] : link["told"].items()) {
    shown["states"][aspect] = WithoutOrder(StandingOf(told));
  }
  constexpr std::array<const char*, 3> kByWeight = {"listing", "business", "other"};
  const json* deciding = nullptr;
  for (const char* aspect : kByWeight) {
    const auto state = shown["states"].find(aspect);
    if (state == shown["states"].end()) continue;
    const bool keeps = KeepsFromSelling(aspect, (*state)["state"].get<std::string>());
    const bool is_business = std::string_view(aspect) == "business";
    if (deciding == nullptr || keeps || is_business) deciding = &*state;
    if (keeps) break;
  }
  for (const char* name : {"state", "cause", "reason", "at"}) {
    shown[name] = deciding == nullptr ? json() : (*deciding)[name];
  }
  return shown;
}

bool HoldsProfile(const json& link, const ContentDigest& content) {
  const auto profile = link.find("profile");
  if (profile == link.end() || !profile->is_object()) return false;
  const json& order = (*profile)["order"];
  return order[1] == content.high && order[2] == content.low;
}

json UpgradedLink(json link) {
  if (link.contains("told")) return link;
  const std::string state = link.value("state", "");
  const bool is_listing = state == "online" || state == "offline";
  const bool is_business = state == "open" || state == "resting";
  json told;
  for (const char* name : {"state", "cause", "reason", "at", "order"}) told[name] = link[name];
  return {{"connection", link["connection"]},
          {"platform", link["platform"]},
          {"platform_shop", link["platform_shop"]},
          {"told",
           {{is_listing    ? "listing"
             : is_business ? "business"
                           : "other",
             {{"push", told}}}}},
          {"profile", nullptr}};
}

}  // namespace weir::sync
