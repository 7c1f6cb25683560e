// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <utility>

#include "simulators/dada/calls.hpp"
#include "simulators/members.hpp"

namespace weir::simulators::dada {
namespace {

constexpr std::int64_t kMicro = 1'000'000;
constexpr std::int64_t kFenPerYuan = 100;

/// Texts that must be there, and the code for want of each.
constexpr auto kTexts = std::to_array<std::pair<std::string_view, int>>({
    {"origin_id", code::kNoOriginId},
    {"receiver_name", code::kNoName},
    {"receiver_address", code::kNoAddress},
    {"callback", code::kNoCallback},
});

/// 0: none.
int FirstFault(const nlohmann::json& params) {
  for (const auto& [name, missing] : kTexts) {
    if (TextIn(params, name).empty()) return missing;
  }
  if (TextIn(params, "receiver_phone").empty() && TextIn(params, "receiver_tel").empty()) {
    return code::kNoPhone;
  }
  for (const char* name : {"receiver_lat", "receiver_lng"}) {
    const auto found = params.find(name);
    if (found == params.end()) return code::kNoPlace;
    if (found->is_null()) return code::kPlaceIsNull;
    if (!found->is_number()) return code::kNotADouble;
  }
  if (!params.contains("cargo_price")) return code::kNoPrice;
  if (!params["cargo_price"].is_number()) return code::kNotADouble;
  if (!params.contains("cargo_weight")) return code::kNoWeight;
  if (!params["cargo_weight"].is_number()) return code::kWeightNoDouble;
  if (!IntIn(params, "is_prepay")) return code::kNoPrepay;
  const bool some_null = std::ranges::any_of(
      params.items(), [](const auto& member) { return member.value().is_null(); });
  return some_null ? code::kIsNull : 0;
}

/// Five per mille of the value, rounded up to a hundred yuan; at most 50 yuan.
Fen PremiumOf(Fen goods_value) {
  constexpr Fen kHundred = 10'000;
  constexpr Fen kPerHundred = 50;
  constexpr Fen kMost = 5'000;
  return std::min((goods_value + kHundred - 1) / kHundred * kPerHundred, kMost);
}

std::string FinishCode(const std::string& number) {
  std::size_t sum = 0;
  for (const char c : number) sum = sum * 31 + static_cast<unsigned char>(c);
  return std::to_string(1'000 + sum % 9'000);
}

}  // namespace

std::expected<Delivery, int> ReadOrder(const Call& call) {
  const nlohmann::json& params = call.params;
  if (const int fault = FirstFault(params); fault != 0) {
    return std::unexpected(fault);
  }
  const auto shop = call.shops.find(TextIn(params, "shop_no"));
  if (shop == call.shops.end()) {
    return std::unexpected(code::kBadShop);
  }
  if (!shop->second.open) {
    return std::unexpected(code::kShopClosed);
  }
  Delivery delivery{.number = TextIn(params, "origin_id"),
                    .platform_no = {},
                    .bill_no = {},
                    .shop = shop->first,
                    .callback = TextIn(params, "callback"),
                    .finish_code = {},
                    .goods_value = ScaledIn(params, "cargo_price", kFenPerYuan).value_or(0),
                    .grams = ScaledIn(params, "cargo_weight", 1'000).value_or(0),
                    .from = shop->second.place,
                    .to = {.latitude = ScaledIn(params, "receiver_lat", kMicro).value_or(0),
                           .longitude = ScaledIn(params, "receiver_lng", kMicro).value_or(0)}};
  if (delivery.to.latitude > delivery.to.longitude) {
    return std::unexpected(code::kPlaceTurned);
  }
  delivery.metres = Metres(delivery.from, delivery.to);
  delivery.fee = FreightOf(delivery.metres, delivery.grams);
  if (IntIn(params, "is_use_insurance") == 1) delivery.insurance = PremiumOf(delivery.goods_value);
  if (IntIn(params, "is_finish_code_needed") == 1) {
    delivery.finish_code = FinishCode(delivery.number);
  }
  const Fen tip = ScaledIn(params, "tips", kFenPerYuan).value_or(0);
  if (tip > delivery.goods_value) {
    return std::unexpected(code::kTipAboveGoods);
  }
  if (tip > 0) delivery.tips.push_back({.serial = {}, .amount = tip, .at = call.now});
  return delivery;
}

}  // namespace weir::simulators::dada
