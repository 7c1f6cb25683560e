// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <utility>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "mapping/decimal.hpp"
#include "mapping/meituan/orders.hpp"

namespace weir::mapping::meituan {
namespace {

/// Members of a line of `detail` (protocol §1.6). food_discount is 1 whatever the discount.
constexpr NameTable kLineNames({
    "app_food_code",
    "box_num",
    "box_price",
    "cart_id",
    "food_discount",
    "food_name",
    "food_property",
    "item_id",
    "original_price",
    "price",
    "quantity",
    "sku_id",
    "spec",
    "upc",
});
using Line = Members<kLineNames>;

std::string TakeText(Line& line, Line::Name name) { return std::string(line.Take(name).text()); }

std::string_view Trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  return first == std::string_view::npos
             ? std::string_view()
             : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// "中辣,少饭": names without the groups they were chosen from.
std::vector<model::Option> OptionsOf(std::string_view property) {
  std::vector<model::Option> options;
  while (!property.empty()) {
    const std::size_t comma = property.find(',');
    if (const auto name = Trim(property.substr(0, comma)); !name.empty()) {
      options.push_back({.group = {}, .name = std::string(name), .price = {}, .quantity = 1});
    }
    property.remove_prefix(comma == std::string_view::npos ? property.size() : comma + 1);
  }
  return options;
}

/// Meituan counts pockets from 0, people from 1.
std::string BasketOf(std::string_view cart_id) {
  constexpr std::int64_t kMaxCart = 1'000'000;
  const auto number = ParseInt(cart_id);
  return number && *number >= 0 && *number < kMaxCart ? fmt::format("{}", *number + 1)
                                                      : std::string(cart_id);
}

/// Reads the boxes of a line into `packaging`, which is lost when they cannot be read.
void AddBoxes(Line& line, FieldReader& reader, std::optional<Money>& packaging) {
  const Value count = line.Take("box_num");
  const Value price = line.Take("box_price");
  if (count.empty() || price.empty()) {
    return;
  }
  const auto boxes = reader.Quantity("detail.box_num", count);
  const auto each = reader.Yuan("detail.box_price", price);
  const auto cost = boxes && each ? Multiply(*each, *boxes) : std::nullopt;
  if (boxes && each && !cost) {
    reader.Malformed("detail.box_num");
  }
  packaging = packaging && cost ? packaging->Plus(*cost) : std::nullopt;
}

model::Item MapItem(Line& line, FieldReader& reader, std::size_t number, bool& exact) {
  model::Item item;
  item.line = line.Has("item_id") ? TakeText(line, "item_id") : fmt::format("{}", number);
  item.name = TakeText(line, "food_name");
  item.product_id = TakeText(line, "app_food_code");
  item.platform_sku = line.Has("sku_id") ? TakeText(line, "sku_id") : item.product_id;
  item.merchant_code = TakeText(line, "upc");
  item.spec = TakeText(line, "spec");
  item.options = OptionsOf(line.Take("food_property").text());
  item.basket = BasketOf(line.Take("cart_id").text());
  line.Take("food_discount");
  const auto quantity = reader.Quantity("detail.quantity", line.Take("quantity"));
  const auto price = reader.Yuan("detail.price", line.Take("price"));
  item.quantity = quantity.value_or("1");
  item.unit_price = price.value_or(Money());
  const auto amount = Multiply(item.unit_price, item.quantity);
  if (!amount) {
    reader.Malformed("detail.quantity");
  }
  item.amount = amount.value_or(Money());
  exact = exact && quantity && price && amount;
  return item;
}

}  // namespace

std::optional<Lines> MapLines(Event& event, FieldReader& reader) {
  const auto detail = reader.Array("detail", event.fields.Take("detail"));
  if (!detail) {
    return std::nullopt;
  }
  Lines lines{.items = {}, .original_prices = {}, .packaging = Money(), .exact = true};
  std::string rest;
  JsonWriter json(rest);
  json.BeginArray();
  bool any_rest = false;
  for (const simdjson::dom::element element : detail->root().array()) {
    const Value value(element);
    if (!value.is_object()) {
      reader.Malformed("detail");
      lines.exact = false;
      continue;
    }
    Line line(MembersOf(value.object()));
    if (line.empty()) {
      continue;
    }
    AddBoxes(line, reader, lines.packaging);
    lines.items.push_back(MapItem(line, reader, lines.items.size() + 1, lines.exact));
    lines.original_prices.push_back(
        reader.Yuan("detail.original_price", line.Take("original_price")));
    if (line.has_rest()) {
      any_rest = true;
      json.BeginObject().Member("line", lines.items.back().line);
      line.WriteRest(json);
      json.EndObject();
    }
  }
  json.EndArray();
  if (any_rest) {
    event.nested_rest.emplace_back("detail", std::move(rest));
  }
  return lines;
}

}  // namespace weir::mapping::meituan
