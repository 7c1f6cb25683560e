// SPDX-License-Identifier: Apache-2.0
#include "mapping/meituan/stores.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "mapping/content.hpp"
#include "mapping/decimal.hpp"
#include "mapping/meituan/status.hpp"
#include "mapping/rest.hpp"

namespace weir::mapping::meituan {
namespace {

/// Members of a shop that the model has a place for (protocol §1.11).
constexpr NameTable kShopNames({
    "address",
    "app_poi_code",
    "is_online",
    "latitude",
    "longitude",
    "name",
    "open_level",
    "phone",
    "shipping_time",
});
using Shop = Members<kShopNames>;

/// Who switched the shop; a word we do not know is told as it is.
std::string CauseOf(std::string_view operate_user) {
  if (operate_user == "BUSINESS") {
    return "merchant";
  }
  return operate_user == "MEITUAN" ? "platform" : std::string(operate_user);
}

}  // namespace

std::optional<model::StoreFact> MapStore(Event& event) {
  const Fields& fields = event.fields;
  const Value shop = fields.Peek(fields.Has("app_poi_code") ? Fields::Name("app_poi_code")
                                                            : Fields::Name("wm_poi_id"));
  const Value status = fields.Peek("poi_status");
  if (shop.empty() || status.empty()) {
    return std::nullopt;
  }
  // A store fact has no issues: what cannot be read is told raw or left out.
  std::vector<model::Issue> unused;
  FieldReader reader(unused);
  model::StoreFact fact;
  fact.platform_shop = shop.text();
  const auto code = reader.Integer("poi_status", status);
  const auto* const row = code ? FindCode(kShopStates, *code) : nullptr;
  fact.aspect = row != nullptr ? row->aspect : model::StoreAspect::kOther;
  fact.state = row != nullptr ? row->state : status.text();
  fact.cause = CauseOf(fields.Peek("operate_user").text());
  fact.reason = fields.Peek("reason").text();
  fact.at = SecondsOf(event, reader, "operate_time");
  fact.sent_at = event.sent_at;
  fact.digest = event.content;
  return fact;
}

std::optional<ShopRead> MapShop(const Value& object, Instant asked_at) {
  std::vector<Member> members = MembersOf(object.object());
  std::ranges::sort(members, {}, &Member::name);
  const ContentDigest digest = ContentOf(members);
  Shop shop(std::move(members));
  ShopRead read;
  model::StoreProfile& profile = read.profile;
  profile.platform_shop = shop.Take("app_poi_code").text();
  if (profile.platform_shop.empty()) return std::nullopt;
  profile.key = {.updated_at = {}, .asked_at = asked_at, .digest = digest};
  profile.name = shop.Take("name").text();
  profile.address = shop.Take("address").text();
  profile.phone = shop.Take("phone").text();
  profile.hours = shop.Take("shipping_time").text();
  profile.latitude = ParseDegrees(shop.Take("latitude").text(), 90).value_or(std::string());
  profile.longitude = ParseDegrees(shop.Take("longitude").text(), 180).value_or(std::string());
  const auto add = [&](const auto& table, model::StoreAspect aspect, const Value& code) {
    if (code.empty()) return;
    const auto number = ParseInt(code.text());
    const auto* const row = number ? FindCode(table, *number) : nullptr;
    read.states.push_back({.aspect = aspect,
                           .source = model::Source::kPull,
                           .platform_shop = profile.platform_shop,
                           .state = std::string(row != nullptr ? row->state : code.text()),
                           .cause = {},
                           .reason = {},
                           .at = {},
                           .sent_at = asked_at,
                           .digest = digest});
  };
  add(kOpenLevels, model::StoreAspect::kBusiness, shop.Take("open_level"));
  add(kOnlineStates, model::StoreAspect::kListing, shop.Take("is_online"));
  profile.extra = RestOf(shop);
  return read;
}

}  // namespace weir::mapping::meituan
