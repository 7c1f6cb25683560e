// SPDX-License-Identifier: Apache-2.0
#include "mapping/douyin/shops.hpp"

#include <algorithm>
#include <utility>

#include "mapping/decimal.hpp"
#include "mapping/douyin/event.hpp"
#include "mapping/rest.hpp"

namespace weir::mapping::douyin {
namespace {

constexpr NameTable kShopNames({"poi"});
using Shop = Members<kShopNames>;
constexpr NameTable kPoiNames({"address", "latitude", "longitude", "poi_id", "poi_name"});
using Poi = Members<kPoiNames>;

}  // namespace

std::optional<model::StoreProfile> MapShop(const Value& object, Instant asked_at) {
  std::vector<Member> members = MembersOf(object.object());
  std::ranges::sort(members, {}, &Member::name);
  const ContentDigest digest = ContentOf(members);
  Shop shop(std::move(members));
  std::vector<model::Issue> unused;
  FieldReader reader(unused);
  Poi poi(Inside(reader, "poi", shop.Take("poi")));
  model::StoreProfile profile;
  profile.platform_shop = poi.Take("poi_id").text();
  if (!IsPlatformId(profile.platform_shop)) return std::nullopt;
  profile.key = {.updated_at = {}, .asked_at = asked_at, .digest = digest};
  profile.name = poi.Take("poi_name").text();
  profile.address = poi.Take("address").text();
  profile.latitude = ParseDegrees(poi.Take("latitude").text(), 90).value_or(std::string());
  profile.longitude = ParseDegrees(poi.Take("longitude").text(), 180).value_or(std::string());
  profile.extra = RestOf(shop);
  return profile;
}

}  // namespace weir::mapping::douyin
