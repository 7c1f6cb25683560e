// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <tuple>
#include <utility>

#include "simulators/members.hpp"
#include "simulators/sf_city/calls.hpp"

namespace weir::simulators::sf_city {
namespace {

constexpr std::int64_t kMicro = 1'000'000;
constexpr auto kPromise = std::chrono::minutes(60);
constexpr std::int64_t kOnAccount = 1;

/// Bits of return_flag.
namespace flag {
constexpr std::int64_t kPrice = 1;
constexpr std::int64_t kDistance = 2;
constexpr std::int64_t kWeight = 4;
constexpr std::int64_t kStart = 8;
constexpr std::int64_t kExpect = 16;
constexpr std::int64_t kPay = 32;
constexpr std::int64_t kRealPay = 64;
constexpr std::int64_t kCoupons = 128;
constexpr std::int64_t kSettlement = 256;
}  // namespace flag

constexpr std::array<std::string_view, 10> kOfOrder = {
    "shop_id",    "shop_order_id", "order_source",     "pay_type",  "order_time",
    "is_appoint", "is_insured",    "is_person_direct", "push_time", "version"};
constexpr std::array<std::string_view, 3> kOfReceiver = {"user_name", "user_phone", "user_address"};
constexpr std::array<std::string_view, 5> kOfGoods = {"total_price", "product_type", "weight_gram",
                                                      "product_num", "product_type_num"};

template <typename Names>
std::string_view FirstMissing(const nlohmann::json& object, const Names& names) {
  const auto missing = std::ranges::find_if(
      names, [&](std::string_view name) { return TextIn(object, name).empty(); });
  return missing == names.end() ? std::string_view() : *missing;
}

/// The object under `name`, or an empty one.
const nlohmann::json& ObjectIn(const nlohmann::json& params, std::string_view name) {
  static const nlohmann::json kEmpty = nlohmann::json::object();
  const auto found = params.find(name);
  return found != params.end() && found->is_object() ? *found : kEmpty;
}

/// Where a receiver lives who is told by address alone: any place near the shop, always the same.
Place FoundPlace(const Place& shop, std::string_view address) {
  std::int64_t sum = 0;
  for (const char c : address) sum = (sum * 31 + static_cast<unsigned char>(c)) % 20'000;
  return {.latitude = shop.latitude + sum - 10'000, .longitude = shop.longitude + 10'000 - sum};
}

Place PlaceOf(const nlohmann::json& receiver, const Place& shop) {
  const auto latitude = ScaledIn(receiver, "user_lat", kMicro);
  const auto longitude = ScaledIn(receiver, "user_lng", kMicro);
  return latitude && longitude ? Place{.latitude = *latitude, .longitude = *longitude}
                               : FoundPlace(shop, TextIn(receiver, "user_address"));
}

Fen PremiumOf(const nlohmann::json& params) {
  constexpr Fen kPerStarted = 100'000;
  constexpr Fen kPremium = 100;
  const Fen value = IntIn(params, "declared_value").value_or(0);
  return IntIn(params, "is_insured") == 1 ? (value + kPerStarted - 1) / kPerStarted * kPremium : 0;
}

struct Load {
  Place to;
  std::int64_t grams = 0;
  Fen value = 0;
};

std::expected<Delivery, Failure> Priced(const Call& call, const CourierShop& shop,
                                        const Load& load) {
  Delivery delivery{.number = TextIn(call.params, "shop_order_id"),
                    .platform_no = {},
                    .bill_no = {},
                    .shop = shop.no,
                    .callback = {},
                    .finish_code = {},
                    .goods_value = load.value,
                    .grams = load.grams,
                    .from = shop.place,
                    .to = load.to,
                    .metres = Metres(shop.place, load.to)};
  delivery.fee = FreightOf(delivery.metres, delivery.grams);
  delivery.insurance = PremiumOf(call.params);
  const Fen tip = IntIn(call.params, "gratuity_fee").value_or(0);
  if (tip > 0) delivery.tips.push_back({.serial = {}, .amount = tip, .at = call.now});
  if (call.refused) {
    return Refused(code::kOutOfReach, "超出配送范围");
  }
  if (call.parts.life.balance() < delivery.price()) {
    return Refused(code::kNoBalance, "账户余额不足");
  }
  return delivery;
}

const CourierShop* ShopOf(const Call& call) {
  const auto& shops = call.parts.options.shops;
  const auto found = std::ranges::find(shops, TextIn(call.params, "shop_id"), &CourierShop::no);
  return found == shops.end() || !found->open ? nullptr : &*found;
}

std::string_view MissingOfOrder(const nlohmann::json& params) {
  std::string_view missing = FirstMissing(params, kOfOrder);
  if (missing.empty()) missing = FirstMissing(ObjectIn(params, "receive"), kOfReceiver);
  if (missing.empty()) missing = FirstMissing(ObjectIn(params, "order_detail"), kOfGoods);
  return missing;
}

/// What return_flag asks for.
void WritePrice(JsonWriter& json, const Call& call, const Delivery& delivery) {
  const std::int64_t flags = IntIn(call.params, "return_flag").value_or(0);
  const Fen pay = delivery.fee + delivery.insurance;
  const std::array<std::tuple<std::int64_t, std::string_view, std::int64_t>, 9> members = {{
      {flag::kPrice, "total_price", pay},
      {flag::kDistance, "delivery_distance_meter", delivery.metres},
      {flag::kWeight, "weight_gram", delivery.grams},
      {flag::kStart, "start_time", UnixSeconds(call.now)},
      {flag::kExpect, "expect_time", UnixSeconds(call.now + kPromise)},
      {flag::kPay, "total_pay_money", pay},
      {flag::kRealPay, "real_pay_money", pay},
      {flag::kCoupons, "coupons_total_fee", 0},
      {flag::kSettlement, "settlement_type", kOnAccount},
  }};
  for (const auto& [bit, name, value] : members) {
    if ((flags & bit) != 0) json.Member(name, value);
  }
}

}  // namespace

Outcome PrecreateOrder(const Call& call) {
  const CourierShop* shop = ShopOf(call);
  if (shop == nullptr) {
    return Refused(code::kNoSuchShop, "店铺不存在");
  }
  // Sources differ in whether the receiver stands in an object of its own.
  const nlohmann::json& inner = ObjectIn(call.params, "receive");
  const nlohmann::json& receiver = inner.empty() ? call.params : inner;
  if (TextIn(receiver, "user_address").empty()) {
    return Refused(code::kBadParameter, "参数错误: user_address");
  }
  const auto delivery = Priced(call, *shop,
                               {.to = PlaceOf(receiver, shop->place),
                                .grams = IntIn(call.params, "weight").value_or(0),
                                .value = IntIn(call.params, "total_price").value_or(0)});
  if (!delivery) {
    return std::unexpected(delivery.error());
  }
  const bool appointed = IntIn(call.params, "is_appoint") == 1;
  const bool at_shop = IntIn(call.params, "appoint_type") == 2;
  constexpr int kNow = 1;
  std::string text;
  JsonWriter json(text);
  json.BeginObject()
      .Member("delivery_type", !appointed ? kNow
                               : at_shop  ? 3
                                          : 0)
      .Member("promise_delivery_time", static_cast<std::int64_t>(kPromise.count()));
  WritePrice(json, call, *delivery);
  json.Key("charge_price_list")
      .BeginObject()
      .Member("shop_pay_price", delivery->fee + delivery->insurance)
      .EndObject()
      .Member("push_time", UnixSeconds(call.now))
      .EndObject();
  return text;
}

Outcome CreateOrder(const Call& call) {
  if (const std::string_view missing = MissingOfOrder(call.params); !missing.empty()) {
    return Refused(code::kBadParameter, "参数错误: " + std::string(missing));
  }
  const CourierShop* shop = ShopOf(call);
  if (shop == nullptr) {
    return Refused(code::kNoSuchShop, "店铺不存在");
  }
  if (Delivery* former = call.parts.book.Find(TextIn(call.params, "shop_order_id"))) {
    ++former->ordered;
    return Refused(code::kDuplicate, "订单重复: shop_order_id");
  }
  const nlohmann::json& goods = ObjectIn(call.params, "order_detail");
  auto delivery = Priced(call, *shop,
                         {.to = PlaceOf(ObjectIn(call.params, "receive"), shop->place),
                          .grams = IntIn(goods, "weight_gram").value_or(0),
                          .value = IntIn(goods, "total_price").value_or(0)});
  if (!delivery) {
    return std::unexpected(delivery.error());
  }
  delivery->bill_no = std::to_string(UnixSeconds(call.now));
  const Delivery& begun = call.parts.life.Begin(*std::move(delivery), call.now);
  std::string text;
  JsonWriter json(text);
  BeginAnswer(json, call, begun);
  json.Member("sf_bill_id", begun.bill_no)
      .Member("push_time", std::to_string(UnixSeconds(call.now)));
  WritePrice(json, call, begun);
  json.Member("overflow_fee", 0).EndObject();
  return text;
}

}  // namespace weir::simulators::sf_city
