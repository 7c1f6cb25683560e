// SPDX-License-Identifier: Apache-2.0
#include "mapping/sf_express/fees.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.hpp"
#include "mapping/amounts.hpp"
#include "mapping/content.hpp"
#include "mapping/decimal.hpp"
#include "mapping/rest.hpp"

namespace weir::mapping::sf_express {
namespace {

constexpr NameTable kInfoNames({"meterageWeightQty", "orderId", "waybillChilds", "waybillNo"});
using Info = Members<kInfoNames>;
constexpr NameTable kPushedNames({"feeList", "meterageWeightQty", "orderNo", "waybillNo"});
using Pushed = Members<kPushedNames>;

/// Kilograms as decimal text in grams; a part of a gram is malformed.
std::optional<std::int64_t> Grams(FieldReader& reader, std::string_view name, const Value& value) {
  if (value.empty()) return std::nullopt;
  constexpr std::size_t kDecimals = 3;
  const std::string kilograms = ParseQuantity(value.text()).value_or(".....");
  const std::size_t point = std::min(kilograms.find('.'), kilograms.size());
  std::string decimals = point == kilograms.size() ? std::string() : kilograms.substr(point + 1);
  const auto grams = decimals.size() <= kDecimals
                         ? ParseInt(kilograms.substr(0, point) + decimals +
                                    std::string(kDecimals - decimals.size(), '0'))
                         : std::nullopt;
  if (!grams) reader.Malformed(name);
  return grams;
}

/// The sum of a list of fees; nothing when one of them is unknown. `rest` gets the list, for what
/// each of them is.
MaybeMoney Sum(FieldReader& reader, const Value& list, std::string& rest) {
  if (!list.is_array() || list.array().size() == 0) return std::nullopt;
  MaybeMoney sum = Money();
  for (const simdjson::dom::element element : list.array()) {
    const Value fee(element);
    const Value value = MemberAt(fee, "value");
    sum = Plus(sum, reader.Yuan("value", value.empty() ? MemberAt(fee, "feeAmt") : value));
  }
  JsonWriter json(rest);
  list.Write(json);
  return sum;
}

model::ShipmentLook LookOf(const ContentDigest& content, Instant asked_at) {
  model::ShipmentLook look;
  look.key.asked_at = asked_at;
  look.key.digest = content;
  return look;
}

void TakeChildren(std::string_view list, model::ShipmentFacts& facts) {
  while (!list.empty()) {
    const std::string_view one = list.substr(0, list.find(','));
    AddWaybill(facts.waybills, one, model::WaybillKind::kChild);
    list.remove_prefix(std::min(one.size() + 1, list.size()));
  }
}

std::string ExtraOf(const std::string& info, const std::string& fees) {
  std::string extra;
  JsonWriter json(extra);
  json.BeginObject();
  if (!info.empty()) json.Key("waybillInfo").Raw(info);
  if (!fees.empty()) json.Key("waybillFeeList").Raw(fees);
  json.EndObject();
  return extra;
}

}  // namespace

std::optional<model::ShipmentFacts> MapFee(const Value& message, const Asked& asked) {
  std::vector<Member> all = Inside(message);
  std::ranges::sort(all, {}, &Member::name);
  model::ShipmentLook look = LookOf(ContentOf(all), asked.at);
  Info info(Inside(MemberAt(message, "waybillInfo")));
  model::ShipmentFacts facts = FactsOf(asked.number);
  if (const Value named = info.Take("orderId"); !named.empty()) facts.number = named.text();
  facts.waybill = info.Take("waybillNo").text();
  if (facts.number.empty() && facts.waybill.empty()) return std::nullopt;
  AddWaybill(facts.waybills, facts.waybill, model::WaybillKind::kMother);
  TakeChildren(info.Take("waybillChilds").text(), facts);
  FieldReader reader(look.issues);
  look.weight_g = Grams(reader, "meterageWeightQty", info.Take("meterageWeightQty"));
  std::string fees;
  look.fee = Sum(reader, MemberAt(message, "waybillFeeList"), fees);
  look.extra = ExtraOf(RestOf(info), fees);
  facts.look = std::move(look);
  return facts;
}

std::optional<model::ShipmentFacts> MapPushedFee(std::vector<Member> record,
                                                 const ContentDigest& content) {
  Pushed pushed(std::move(record));
  model::ShipmentLook look = LookOf(content, {});
  model::ShipmentFacts facts = FactsOf(pushed.Take("orderNo").text());
  facts.waybill = pushed.Take("waybillNo").text();
  if (facts.number.empty() && facts.waybill.empty()) return std::nullopt;
  FieldReader reader(look.issues);
  look.weight_g = Grams(reader, "meterageWeightQty", pushed.Take("meterageWeightQty"));
  std::string fees;
  look.fee = Sum(reader, pushed.Take("feeList"), fees);
  look.extra = ExtraOf(RestOf(pushed), fees);
  facts.look = std::move(look);
  return facts;
}

}  // namespace weir::mapping::sf_express
