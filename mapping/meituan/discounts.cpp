// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/json_writer.hpp"
#include "mapping/meituan/orders.hpp"
#include "mapping/meituan/status.hpp"

namespace weir::mapping::meituan {
namespace {

constexpr NameTable kExtraNames({"mt_charge", "poi_charge", "reduce_fee", "remark", "type"});
using ExtraMembers = Members<kExtraNames>;

/// What `extras` says.
struct Reductions {
  std::vector<model::Discount> lines;  ///< Without those of nothing.
  MaybeMoney sum = Money();            ///< Nothing when a reduction could not be read.
  MaybeMoney item_level = Money();     ///< Of it, what lowers single lines.
};

void AddReduction(ExtraMembers& members, FieldReader& reader, Reductions& reductions) {
  const auto code = reader.Integer("extras.type", members.Take("type"));
  const auto* const type = code ? FindCode(kDiscountTypes, *code) : nullptr;
  model::Discount line;
  line.kind = type != nullptr ? type->kind : "other";
  line.name = members.Take("remark").text();
  if (type == nullptr && code) {
    line.name =
        line.name.empty() ? fmt::format("{}", *code) : fmt::format("{} ({})", line.name, *code);
  }
  line.platform_share = reader.Yuan("extras.mt_charge", members.Take("mt_charge"));
  line.merchant_share = reader.Yuan("extras.poi_charge", members.Take("poi_charge"));
  const Value told = members.Take("reduce_fee");
  MaybeMoney amount = reader.Yuan("extras.reduce_fee", told);
  if (told.empty()) {
    amount =
        line.platform_share || line.merchant_share
            ? Plus(line.platform_share.value_or(Money()), line.merchant_share.value_or(Money()))
            : Money();
  }
  reductions.sum = Plus(reductions.sum, amount);
  if (type != nullptr && type->item_level) {
    reductions.item_level = Plus(reductions.item_level, amount);
  }
  line.amount = amount.value_or(Money());
  if (!line.amount.is_zero() || (type != nullptr && type->gift)) {
    reductions.lines.push_back(std::move(line));
  }
}

/// Nothing when `extras` is missing or broken. Empty objects in it mean nothing.
std::optional<Reductions> TakeReductions(Event& event, FieldReader& reader) {
  const auto extras = reader.Array("extras", event.fields.Take("extras"));
  if (!extras) {
    return std::nullopt;
  }
  Reductions reductions;
  std::string rest;
  JsonWriter json(rest);
  json.BeginArray();
  bool any_rest = false;
  for (const simdjson::dom::element element : extras->root().array()) {
    const Value value(element);
    if (!value.is_object()) {
      reader.Malformed("extras");
      reductions.sum = std::nullopt;
      continue;
    }
    ExtraMembers members(MembersOf(value.object()));
    if (members.empty()) {
      continue;
    }
    AddReduction(members, reader, reductions);
    if (members.has_rest()) {
      any_rest = true;
      json.BeginObject();
      members.WriteRest(json);
      json.EndObject();
    }
  }
  json.EndArray();
  if (any_rest) {
    event.nested_rest.emplace_back("extras", std::move(rest));
  }
  return reductions;
}

/// Shares that `extras` leaves open, from the receipt's sums: onto the one line that lacks them,
/// when what the sums leave for it is its amount.
void ShareFromReceipt(std::vector<model::Discount>& lines, const Receipt& receipt) {
  const auto lacks = [](const model::Discount& line) {
    return !line.platform_share || !line.merchant_share;
  };
  const auto open = std::ranges::find_if(lines, lacks);
  if (open == lines.end() || std::find_if(std::next(open), lines.end(), lacks) != lines.end()) {
    return;
  }
  MaybeMoney platform = receipt.by_platform;
  MaybeMoney merchant = receipt.by_merchant;
  for (auto line = lines.begin(); line != lines.end(); ++line) {
    if (line != open) {
      platform = Minus(platform, line->platform_share);
      merchant = Minus(merchant, line->merchant_share);
    }
  }
  const bool possible = platform && merchant && *platform >= Money() && *merchant >= Money();
  if (possible && Plus(platform, merchant) == open->amount) {
    open->platform_share = platform;
    open->merchant_share = merchant;
  }
}

/// What only sums are known of: one line that carries them; nothing when they are nothing.
std::optional<model::Discount> LineOfSums(const Receipt& receipt) {
  const auto amount =
      Plus(receipt.by_platform.value_or(Money()), receipt.by_merchant.value_or(Money()));
  if (!amount || amount->is_zero()) {
    return std::nullopt;
  }
  const bool both = receipt.by_platform && receipt.by_merchant;
  return model::Discount{.kind = "other",
                         .name = receipt.comment,
                         .amount = *amount,
                         .platform_share = receipt.by_platform,
                         .merchant_share = receipt.by_merchant,
                         .other_share = both ? MaybeMoney(Money()) : std::nullopt};
}

}  // namespace

Reduced MapDiscounts(Event& event, FieldReader& reader, const std::optional<Receipt>& receipt,
                     model::OrderSnapshot& snapshot) {
  const bool present = event.fields.Has("extras");
  auto reductions = TakeReductions(event, reader);
  if (reductions && !reductions->lines.empty()) {
    if (receipt) {
      ShareFromReceipt(reductions->lines, *receipt);
    }
    for (model::Discount& line : reductions->lines) {
      FillOtherShare(line, {"reduce_fee", "mt_charge", "poi_charge"}, snapshot);
    }
    snapshot.discounts = std::move(reductions->lines);
    return {.sum = reductions->sum, .item_level = reductions->item_level};
  }
  if (auto line = receipt ? LineOfSums(*receipt) : std::nullopt) {
    const Money sum = line->amount;
    snapshot.discounts.emplace().push_back(std::move(*line));
    return {.sum = sum, .item_level = Money()};
  }
  if (reductions) {
    snapshot.discounts.emplace();
    return {.sum = reductions->sum, .item_level = reductions->item_level};
  }
  // Missing from a payload that is whole: nothing was taken off.
  const bool unknown = present || !snapshot.key.complete;
  return {.sum = unknown ? std::nullopt : MaybeMoney(Money()), .item_level = Money()};
}

}  // namespace weir::mapping::meituan
