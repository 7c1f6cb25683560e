// SPDX-License-Identifier: Apache-2.0
#include "mapping/doudian/shops.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "mapping/codes.hpp"
#include "mapping/decimal.hpp"
#include "mapping/doudian/event.hpp"
#include "mapping/rest.hpp"

namespace weir::mapping::doudian {
namespace {

constexpr NameTable kStoreNames({
    "address",
    "city",
    "contact",
    "district",
    "latitude",
    "longitude",
    "name",
    "open_time",
    "province",
    "state",
    "store_id",
});
using Store = Members<kStoreNames>;

struct StoreState {
  std::string_view code;
  std::string_view state;
};
/// `state` (recalled).
constexpr std::array kStates{StoreState{"1", "open"}, StoreState{"2", "resting"}};

std::string TakeAddress(Store& store) {
  std::string address;
  for (const Store::Name part : {Store::Name("province"), Store::Name("city"),
                                 Store::Name("district"), Store::Name("address")}) {
    address += store.Take(part).text();
  }
  return address;
}

/// Of days that are all alike their hours, else each day with its own: "1 10:00-22:00,2 ...".
std::string HoursOf(const Value& days) {
  if (!days.is_object()) return {};
  std::string all;
  std::string_view first;
  bool alike = true;
  for (const auto& [day, element] : days.object()) {
    const std::string_view hours = Value(element).text();
    if (all.empty()) first = hours;
    alike = alike && hours == first;
    all.append(all.empty() ? "" : ",").append(day).append(" ").append(hours);
  }
  return alike ? std::string(first) : all;
}

std::optional<model::StoreFact> TakeState(Store& store) {
  const std::string_view code = store.Take("state").text();
  if (code.empty()) return std::nullopt;
  const StoreState* const known = FindCode(kStates, code);
  model::StoreFact fact;
  fact.aspect = known != nullptr ? model::StoreAspect::kBusiness : model::StoreAspect::kOther;
  fact.state = known != nullptr ? known->state : code;
  return fact;
}

}  // namespace

std::optional<ShopRead> MapShop(const Value& object, Instant asked_at) {
  if (!object.is_object()) return std::nullopt;
  std::vector<Member> members = SortedMembersOf(object);
  const ContentDigest digest = ContentOf(members);
  Store store(std::move(members));
  ShopRead read;
  model::StoreProfile& profile = read.profile;
  profile.platform_shop = store.Take("store_id").text();
  if (!IsPlatformId(profile.platform_shop)) return std::nullopt;
  profile.key = {.updated_at = {}, .asked_at = asked_at, .digest = digest};
  profile.name = store.Take("name").text();
  profile.address = TakeAddress(store);
  profile.phone = store.Take("contact").text();
  profile.hours = HoursOf(MemberAt(store.Peek("open_time"), "day_map"));
  if (!profile.hours.empty()) store.Take("open_time");
  profile.latitude = ParseDegrees(store.Take("latitude").text(), 90).value_or(std::string());
  profile.longitude = ParseDegrees(store.Take("longitude").text(), 180).value_or(std::string());
  if (auto state = TakeState(store)) {
    state->source = model::Source::kPull;
    state->platform_shop = profile.platform_shop;
    state->sent_at = asked_at;
    state->digest = digest;
    read.states.push_back(*std::move(state));
  }
  profile.extra = RestOf(store);
  return read;
}

}  // namespace weir::mapping::doudian
