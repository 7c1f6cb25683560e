// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <utility>

#include "mapping/doudian/orders.hpp"

namespace weir::mapping::doudian {
namespace {

/// The lists of each giver's detail, and what their members are called.
struct PromotionList {
  std::string_view list;
  std::string_view amount;
  std::string_view name;
  std::string_view kind;
};
constexpr std::array kLists{
    PromotionList{"coupon_info", "coupon_amount", "coupon_name", "coupon"},
    PromotionList{"full_discount_info", "campaign_amount", "campaign_name", "full_reduction"},
    PromotionList{"redpack_info", "redpack_amount", "redpack_name", "red_packet"},
};
constexpr std::array<std::string_view, 3> kGivers{
    "shop_discount_detail", "platform_discount_detail", "kol_discount_detail"};

MaybeMoney FenOf(FieldReader& reader, const Value& object, std::string_view name) {
  return reader.Fen(name, MemberAt(object, name));
}

/// Nothing when its amount cannot be read. What neither side bears is somebody else's.
std::optional<model::Discount> MapOne(const Value& told, const PromotionList& names,
                                      FieldReader& reader) {
  const auto amount = FenOf(reader, told, names.amount);
  if (!amount) return std::nullopt;
  const Value shares = MemberAt(told, "share_discount_cost");
  model::Discount line{.kind = std::string(names.kind),
                       .name = std::string(MemberAt(told, names.name).text()),
                       .amount = *amount,
                       .platform_share = FenOf(reader, shares, "platform_cost"),
                       .merchant_share = FenOf(reader, shares, "shop_cost"),
                       .other_share = FenOf(reader, shares, "author_cost")};
  if (!line.other_share) {
    line.other_share = Minus(Minus(line.amount, line.platform_share), line.merchant_share);
  }
  return line;
}

/// False when a list holds what is no promotion.
bool AddList(const Value& detail, const PromotionList& names, FieldReader& reader,
             std::vector<model::Discount>& lines) {
  const Value list = MemberAt(detail, names.list);
  if (!list.is_array()) return list.empty();
  for (const simdjson::dom::element element : list.array()) {
    auto line = MapOne(Value(element), names, reader);
    if (!line) return false;
    if (!line->amount.is_zero()) lines.push_back(*std::move(line));
  }
  return true;
}

}  // namespace

std::optional<std::vector<model::Discount>> NamedPromotions(const Value& detail, Money total,
                                                            FieldReader& reader) {
  std::vector<model::Discount> lines;
  MaybeMoney sum = Money();
  for (const std::string_view giver : kGivers) {
    for (const PromotionList& names : kLists) {
      if (!AddList(MemberAt(detail, giver), names, reader, lines)) return std::nullopt;
    }
  }
  for (const model::Discount& line : lines) sum = Plus(sum, line.amount);
  return !lines.empty() && sum == total ? std::optional(std::move(lines)) : std::nullopt;
}

}  // namespace weir::mapping::doudian
