// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_city/quote.hpp"

#include <array>
#include <string_view>
#include <vector>

#include "mapping/field_reader.hpp"
#include "mapping/members.hpp"

namespace weir::connectors::sf_city {
namespace {

using mapping::MemberAt;
using mapping::Value;

/// What is really paid, else paid before coupons, else charged.
constexpr std::array<std::string_view, 4> kPrices{"real_pay_money", "total_pay_money",
                                                  "total_price", "estimate_pay_money"};

std::optional<Money> PriceIn(const Value& result, mapping::FieldReader& reader) {
  for (const std::string_view name : kPrices) {
    if (const auto price = reader.Fen(name, MemberAt(result, name))) return price;
  }
  return reader.Fen("shop_pay_price",
                    MemberAt(MemberAt(result, "charge_price_list"), "shop_pay_price"));
}

}  // namespace

Result<CourierQuote> ReadQuote(const PulledItem& answer) {
  const auto document = mapping::JsonDocument::Parse(answer.payload);
  if (!document) return std::unexpected(document.error());
  const Value result = MemberAt(Value(document->root()), "result");
  std::vector<model::Issue> unused;
  mapping::FieldReader reader(unused);
  const auto price = PriceIn(result, reader);
  if (!price || *price < Money()) {
    return Fail(ErrorKind::kMalformed, "SF intra-city's answer names no price.");
  }
  CourierQuote quote;
  quote.fee = *price;
  quote.distance_m =
      reader.Integer("delivery_distance_meter", MemberAt(result, "delivery_distance_meter"));
  quote.deliver_at = reader.Seconds("expect_time", MemberAt(result, "expect_time"));
  constexpr std::int64_t kMostMinutes = 60LL * 24 * 60;
  const auto minutes =
      reader.Integer("promise_delivery_time", MemberAt(result, "promise_delivery_time"));
  if (!quote.deliver_at && minutes && *minutes > 0 && *minutes <= kMostMinutes) {
    quote.deliver_at = answer.asked_at + std::chrono::minutes(*minutes);
  }
  return quote;
}

}  // namespace weir::connectors::sf_city
