// SPDX-License-Identifier: Apache-2.0
#include "mapping/eleme/shops.hpp"

#include <algorithm>
#include <utility>

#include "mapping/content.hpp"
#include "mapping/decimal.hpp"
#include "mapping/eleme/status.hpp"
#include "mapping/members.hpp"
#include "mapping/rest.hpp"
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

/// `busyLevel` says more than `isOpen`, which counts where that is missing. What is not known is
/// told as it is.
std::optional<model::StoreFact> TakeState(Shop& shop) {
  const std::string_view level = shop.Take("busyLevel").text();
  const std::string_view open = shop.Take("isOpen").text();
  model::StoreFact fact;
  if (!level.empty()) {
    const BusyLevel* const known = FindCode(kBusyLevels, level);
    fact.aspect = known != nullptr ? model::StoreAspect::kBusiness : model::StoreAspect::kOther;
    fact.state = known != nullptr ? known->state : level;
    if (fact.state != "open") fact.reason = level;
  } else if (!open.empty()) {
    fact.aspect = model::StoreAspect::kBusiness;
    fact.state = open == "1" || open == "true" ? "open" : "resting";
  } else {
    return std::nullopt;
  }
  return fact;
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
  if (auto state = TakeState(shop)) {
    state->source = model::Source::kPull;
    state->platform_shop = profile.platform_shop;
    state->sent_at = asked_at;
    state->digest = digest;
    read.states.push_back(*std::move(state));
  }
  profile.extra = RestOf(shop);
  return read;
}

}  // namespace weir::mapping::eleme
