// SPDX-License-Identifier: Apache-2.0
#include "mapping/eleme/shops.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "mapping/content.hpp"
#include "mapping/decimal.hpp"
#include "mapping/members.hpp"
#include "mapping/review_words.hpp"

namespace weir::mapping::eleme {
namespace {

constexpr NameTable kShopNames({
    "addressText",
    "busyLevel",
    "id",
    "isOpen",
    "latitude",
    "longitude",
    "name",
    "phones",
    "servingTime",
});
using Shop = Members<kShopNames>;

/// Joined by commas.
std::string Joined(const Value& list) {
  std::string all;
  for (const std::string& one : TextList(list).value_or(std::vector<std::string>())) {
    all.append(all.empty() ? "" : ",").append(one);
  }
  return all;
}

/// Words of protocol §1.9; one that is not known stays as it is.
std::string LoadOf(std::string_view busy_level) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kLevels{{
      {"busyLevelFree", "free"},
      {"busyLevelClosed", "closed"},
      {"busyLevelNetworkUnstable", "unstable"},
      {"busyLevelHoliday", "holiday"},
  }};
  for (const auto& [word, load] : kLevels) {
    if (word == busy_level) return std::string(load);
  }
  return std::string(busy_level);
}

std::string BusinessOf(std::string_view is_open) {
  if (is_open == "1" || is_open == "true") return "open";
  if (is_open == "0" || is_open == "false") return "resting";
  return std::string(is_open);
}

}  // namespace

std::optional<ShopRead> MapShop(const Value& object, Instant asked_at) {
  std::vector<Member> members = MembersOf(object.object());
  std::ranges::sort(members, {}, &Member::name);
  const ContentDigest digest = ContentOf(members);
  Shop shop(std::move(members));
  ShopRead read;
  model::StoreProfile& profile = read.profile;
  profile.platform_shop = shop.Take("id").text();
  if (profile.platform_shop.empty()) return std::nullopt;
  profile.key = {.updated_at = {}, .asked_at = asked_at, .digest = digest};
  profile.name = shop.Take("name").text();
  profile.address = shop.Take("addressText").text();
  profile.phone = Joined(shop.Take("phones"));
  profile.hours = Joined(shop.Take("servingTime"));
  profile.latitude = ParseDegrees(shop.Take("latitude").text(), 90).value_or(std::string());
  profile.longitude = ParseDegrees(shop.Take("longitude").text(), 180).value_or(std::string());
  const auto add = [&](model::StoreAspect aspect, std::string state) {
    if (state.empty()) return;
    read.states.push_back({.aspect = aspect,
                           .source = model::Source::kPull,
                           .platform_shop = profile.platform_shop,
                           .state = std::move(state),
                           .cause = {},
                           .reason = {},
                           .at = {},
                           .sent_at = asked_at,
                           .digest = digest});
  };
  add(model::StoreAspect::kBusiness, BusinessOf(shop.Take("isOpen").text()));
  add(model::StoreAspect::kLoad, LoadOf(shop.Take("busyLevel").text()));
  if (shop.has_rest()) {
    JsonWriter json(profile.extra);
    json.BeginObject();
    shop.WriteRest(json);
    json.EndObject();
  }
  return read;
}

}  // namespace weir::mapping::eleme
