// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <utility>

#include "mapping/decimal.hpp"
#include "mapping/eleme/orders.hpp"
#include "mapping/eleme/status.hpp"
#include "mapping/rest.hpp"

namespace weir::mapping::eleme {
namespace {

constexpr NameTable kGroupNames({"items", "name", "type"});
using Group = Members<kGroupNames>;

constexpr NameTable kLineNames({"additions", "attributes", "barCode", "categoryId", "extendCode",
                                "id", "name", "newSpecs", "price", "quantity", "skuId", "total"});
using Line = Members<kLineNames>;

/// A small object of which nothing is kept beyond what is asked for.
class Pair {
 public:
  explicit Pair(const simdjson::dom::object& object) : object_(object) {}

  [[nodiscard]] Value Peek(std::string_view name) const {
    simdjson::dom::element element;
    return object_.at_key(name).get(element) == simdjson::SUCCESS ? Value(element) : Value();
  }

 private:
  simdjson::dom::object object_;
};

constexpr std::string_view kNoSku = "-1";

/// What a group's lines are.
enum class GroupKind { kBasket, kFees, kGifts };

/// Reads the groups one by one.
class GroupReader {
 public:
  GroupReader(FieldReader& reader, model::OrderSnapshot& snapshot)
      : reader_(reader), snapshot_(snapshot) {}

  void Read(const Value& value);
  Lines TakeLines() { return std::move(lines_); }
  /// What the groups say beyond the model, a JSON array; empty when nothing.
  std::string TakeRest() { return rest_.Take(); }

 private:
  GroupKind KindOf(Group& group);
  void ReadItem(Line& line, GroupKind kind, const std::string& basket);
  void ReadFee(Line& line);
  model::Item ItemOf(Line& line);
  MaybeMoney AmountOf(Line& line, model::Item& item);
  /// The specs' values as one text.
  std::string SpecOf(Line& line);
  void AddOptions(Line& line, model::Item& item);

  FieldReader& reader_;
  model::OrderSnapshot& snapshot_;
  Lines lines_;
  std::size_t baskets_ = 0;
  RestList rest_;
};

GroupKind GroupReader::KindOf(Group& group) {
  const std::string_view type = group.Peek("type").text();
  const bool fees = type == "extra";
  const bool gifts = type == "discount";
  if (fees || gifts || type == "normal") {
    group.Take("type");
  } else if (!type.empty()) {
    snapshot_.issues.push_back({.code = "unknown_status", .detail = "groups.type"});
  }
  return fees ? GroupKind::kFees : gifts ? GroupKind::kGifts : GroupKind::kBasket;
}

void GroupReader::Read(const Value& value) {
  if (!value.is_object()) {
    reader_.Malformed("groups");
    lines_.sum = std::nullopt;
    return;
  }
  Group group(MembersOf(value.object()));
  if (group.empty()) {
    return;
  }
  const GroupKind kind = KindOf(group);
  const std::string basket =
      kind == GroupKind::kBasket ? fmt::format("{}", ++baskets_) : std::string();
  if (group.Peek("name").text() == basket + "号篮子") {
    group.Take("name");
  }
  if (const auto items = reader_.Array("groups.items", group.Take("items"))) {
    for (const simdjson::dom::element element : items->root().array()) {
      const Value item(element);
      if (!item.is_object()) {
        reader_.Malformed("groups.items");
        lines_.sum = std::nullopt;
        continue;
      }
      Line line(MembersOf(item.object()));
      if (kind == GroupKind::kFees) {
        ReadFee(line);
      } else if (!line.empty()) {
        ReadItem(line, kind, basket);
      }
    }
  }
  rest_.Add(group, "basket", basket);
}

void GroupReader::ReadItem(Line& line, GroupKind kind, const std::string& basket) {
  model::Item item = ItemOf(line);
  item.basket = basket;
  item.gift = kind == GroupKind::kGifts;
  lines_.sum = Plus(lines_.sum, AmountOf(line, item));
  if (line.Peek("categoryId").text() == kFoodLine) {
    line.Take("categoryId");
  }
  rest_.Add(line, "line", item.line);
  lines_.items.push_back(std::move(item));
}

model::Item GroupReader::ItemOf(Line& line) {
  model::Item item;
  item.line = fmt::format("{}", lines_.items.size() + 1);
  item.name = line.Take("name").text();
  item.product_id = line.Take("id").text();
  item.merchant_code = line.Take("barCode").text();
  // The shop's own code is what its systems know; a SKU's number only Ele.me.
  const bool has_sku = line.Has("skuId") && line.Peek("skuId").text() != kNoSku;
  if (line.Has("extendCode")) {
    item.platform_sku = line.Take("extendCode").text();
  } else {
    item.platform_sku = has_sku ? std::string(line.Take("skuId").text()) : item.product_id;
  }
  if (!has_sku) {
    line.Take("skuId");
  }
  item.spec = SpecOf(line);
  AddOptions(line, item);
  return item;
}

std::string GroupReader::SpecOf(Line& line) {
  std::string text;
  const auto specs = reader_.Array("groups.items.newSpecs", line.Take("newSpecs"));
  if (!specs) {
    return text;
  }
  for (const simdjson::dom::element element : specs->root().array()) {
    const Value value(element);
    if (!value.is_object()) {
      reader_.Malformed("groups.items.newSpecs");
      continue;
    }
    const Pair spec(value.object());
    text.append(text.empty() ? "" : ",").append(spec.Peek("value").text());
  }
  return text;
}

/// Attributes are the choices of a group; additions are things added, each with its price. What
/// else an addition says is not known, so the whole of it stays in `extra` too.
void GroupReader::AddOptions(Line& line, model::Item& item) {
  const auto add = [&](Line::Name name, const Value& list) {
    const auto read = reader_.Array(name.text, list);
    if (!read) {
      return;
    }
    for (const simdjson::dom::element element : read->root().array()) {
      const Value value(element);
      if (!value.is_object()) {
        reader_.Malformed(name.text);
        continue;
      }
      const Pair pair(value.object());
      const bool chosen = !pair.Peek("value").empty();
      item.options.push_back(
          {.group = std::string(chosen ? pair.Peek("name").text() : ""),
           .name = std::string(pair.Peek(chosen ? "value" : "name").text()),
           .price = reader_.Yuan(name.text, pair.Peek("price")).value_or(Money()),
           .quantity = reader_.Integer(name.text, pair.Peek("quantity")).value_or(1)});
    }
  };
  add("attributes", line.Take("attributes"));
  add("additions", line.Peek("additions"));
}

/// What the line costs: as reported, else its product. Sets the item's price and quantity.
MaybeMoney GroupReader::AmountOf(Line& line, model::Item& item) {
  const Value additions = line.Peek("additions");
  const bool plain = additions.empty() || (additions.is_array() && additions.array().size() == 0);
  if (plain) {
    line.Take("additions");
  }
  const Value told = line.Take("total");
  const auto quantity = reader_.Quantity("groups.items.quantity", line.Take("quantity"));
  const auto price = reader_.Yuan("groups.items.price", line.Take("price"));
  const auto total = reader_.Yuan("groups.items.total", told);
  item.quantity = quantity.value_or("1");
  item.unit_price = price.value_or(Money());
  const auto product = price ? Multiply(*price, item.quantity) : std::nullopt;
  // What was added to the line may be in its total.
  if (snapshot_.key.complete && plain && total && product && *total != *product) {
    AddMismatch(snapshot_, fmt::format("line {}: total {} != price {} x quantity {}", item.line,
                                       total->ToYuan(), item.unit_price.ToYuan(), item.quantity));
  }
  const MaybeMoney amount = total || !told.empty() ? total : product;
  item.amount = amount.value_or(Money());
  return amount;
}

void GroupReader::ReadFee(Line& line) {
  if (line.empty()) {
    return;
  }
  const std::string_view category = line.Peek("categoryId").text();
  model::Item unused;
  const MaybeMoney amount = AmountOf(line, unused);
  MaybeMoney& sum = category == kPackagingLine  ? lines_.packaging
                    : category == kDeliveryLine ? lines_.delivery
                                                : lines_.other;
  sum = Plus(sum, amount);
  rest_.Add(line, "fee", amount ? amount->ToYuan() : std::string());
}

}  // namespace

std::optional<Lines> MapLines(Event& event, FieldReader& reader, model::OrderSnapshot& snapshot) {
  const auto groups = reader.Array("groups", event.fields.Take("groups"));
  if (!groups || (!snapshot.key.complete && groups->root().array().size() == 0)) {
    return std::nullopt;
  }
  GroupReader lines(reader, snapshot);
  for (const simdjson::dom::element element : groups->root().array()) {
    lines.Read(Value(element));
  }
  if (std::string rest = lines.TakeRest(); !rest.empty()) {
    event.nested_rest.emplace_back("groups", std::move(rest));
  }
  return lines.TakeLines();
}

}  // namespace weir::mapping::eleme
