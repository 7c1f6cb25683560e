// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <utility>

#include "base/json_writer.hpp"
#include "mapping/douyin/orders.hpp"

/// Every product is a set: its groups hold what it is made of (protocol A6.4). All amounts are fen.
namespace weir::mapping::douyin {
namespace {

constexpr NameTable kProductNames({"commodities", "num", "origin_amount", "out_id", "product_id",
                                   "product_name", "sku_id"});
using Product = Members<kProductNames>;
constexpr NameTable kGroupNames({"group_name", "items"});
using Group = Members<kGroupNames>;
constexpr NameTable kPartNames({"count", "name", "out_id", "out_sku_id", "price", "product_id",
                                "sku_attr_list", "sku_id"});
using Part = Members<kPartNames>;
constexpr NameTable kChoiceNames({"attr_name"});
using Choice = Members<kChoiceNames>;

/// Reads the products one by one.
class ProductReader {
 public:
  ProductReader(FieldReader& reader, model::OrderSnapshot& snapshot)
      : reader_(reader), snapshot_(snapshot), json_(rest_) {
    json_.BeginArray();
  }

  void Read(const Value& value);
  std::vector<model::Item> TakeItems() { return std::move(items_); }
  /// What the products say beyond the model, a JSON array; empty when nothing.
  std::string TakeRest() {
    json_.EndArray();
    return has_rest_ ? std::move(rest_) : std::string();
  }

 private:
  void ReadAmount(Product& product, model::Item& item);
  void ReadGroup(const Value& value, model::Item& item);
  void ReadPart(const Value& value, const std::string& group, model::Item& item);
  /// The objects of a list; what is none is an issue.
  template <typename Use>
  void ForEach(std::string_view name, const Value& list, Use use);
  template <typename Object>
  void WriteRest(const Object& object, const model::Item& item, std::string_view component);

  FieldReader& reader_;
  model::OrderSnapshot& snapshot_;
  std::vector<model::Item> items_;
  std::string rest_;
  JsonWriter json_;
  bool has_rest_ = false;
};

/// The merchant's own code is what his systems know; Douyin's numbers only Douyin. The first of
/// these that is one; it alone is taken.
template <typename Object, typename... Names>
std::string TakeSku(Object& object, Names... names) {
  std::string sku;
  const auto look = [&](typename Object::Name name) {
    const std::string_view text = object.Peek(name).text();
    if (text == kNoId) {
      object.Take(name);
    } else if (sku.empty() && !text.empty()) {
      sku = object.Take(name).text();
    } else if (text == sku) {
      object.Take(name);
    }
  };
  (look(names), ...);
  return sku;
}

template <typename Use>
void ProductReader::ForEach(std::string_view name, const Value& list, Use use) {
  const auto read = reader_.Array(name, list);
  if (!read) {
    return;
  }
  for (const simdjson::dom::element element : read->root().array()) {
    const Value value(element);
    if (value.is_object()) {
      use(value);
    } else {
      reader_.Malformed(name);
    }
  }
}

template <typename Object>
void ProductReader::WriteRest(const Object& object, const model::Item& item,
                              std::string_view component) {
  if (!object.has_rest()) {
    return;
  }
  has_rest_ = true;
  json_.BeginObject().Member("line", item.line);
  if (!component.empty()) json_.Member("component", component);
  object.WriteRest(json_);
  json_.EndObject();
}

void ProductReader::Read(const Value& value) {
  if (!value.is_object()) {
    reader_.Malformed("products");
    return;
  }
  Product product(MembersOf(value.object()));
  model::Item item;
  item.line = fmt::format("{}", items_.size() + 1);
  item.name = product.Take("product_name").text();
  item.product_id = product.Peek("product_id").text();
  item.platform_sku = TakeSku(product, Product::Name("out_id"), Product::Name("sku_id"),
                              Product::Name("product_id"));
  product.Take("product_id");
  ReadAmount(product, item);
  ForEach("products.commodities", product.Take("commodities"),
          [&](const Value& group) { ReadGroup(group, item); });
  WriteRest(product, item, {});
  items_.push_back(std::move(item));
}

/// `origin_amount` is the line's; what one costs is told nowhere else.
void ProductReader::ReadAmount(Product& product, model::Item& item) {
  const auto amount = reader_.Fen("products.origin_amount", product.Take("origin_amount"));
  const auto number = reader_.Integer("products.num", product.Take("num")).value_or(1);
  item.amount = amount.value_or(Money());
  item.quantity = fmt::format("{}", number);
  if (number <= 0) {
    reader_.Malformed("products.num");
    item.quantity = "1";
    item.unit_price = item.amount;
    return;
  }
  item.unit_price = Money::FromFen(item.amount.fen() / number);
  if (item.amount.fen() % number != 0) {
    AddMismatch(snapshot_, fmt::format("line {}: origin_amount {} != num {} x a price", item.line,
                                       item.amount.ToYuan(), item.quantity));
  }
}

void ProductReader::ReadGroup(const Value& value, model::Item& item) {
  Group group(MembersOf(value.object()));
  const std::string name(group.Take("group_name").text());
  ForEach("products.commodities.items", group.Take("items"),
          [&](const Value& part) { ReadPart(part, name, item); });
  WriteRest(group, item, name);
}

void ProductReader::ReadPart(const Value& value, const std::string& group, model::Item& item) {
  Part part(MembersOf(value.object()));
  model::Component component;
  component.group = group;
  component.name = part.Take("name").text();
  component.platform_sku = TakeSku(part, Part::Name("out_sku_id"), Part::Name("out_id"),
                                   Part::Name("sku_id"), Part::Name("product_id"));
  component.quantity =
      reader_.Quantity("products.commodities.items.count", part.Take("count")).value_or("1");
  component.unit_price =
      reader_.Fen("products.commodities.items.price", part.Take("price")).value_or(Money());
  ForEach("products.commodities.items.sku_attr_list", part.Take("sku_attr_list"),
          [&](const Value& attribute) {
            const Choice choice(MembersOf(attribute.object()));
            component.options.push_back({.group = {},
                                         .name = std::string(choice.Peek("attr_name").text()),
                                         .price = {},
                                         .quantity = 1});
          });
  WriteRest(part, item, component.name);
  item.components.push_back(std::move(component));
}

}  // namespace

std::optional<std::vector<model::Item>> MapProducts(Event& event, FieldReader& reader,
                                                    model::OrderSnapshot& snapshot) {
  const auto products = reader.Array("products", event.fields.Take("products"));
  if (!products) {
    return std::nullopt;
  }
  ProductReader all(reader, snapshot);
  for (const simdjson::dom::element element : products->root().array()) {
    all.Read(Value(element));
  }
  if (std::string rest = all.TakeRest(); !rest.empty()) {
    event.nested_rest.emplace_back("products", std::move(rest));
  }
  return all.TakeItems();
}

}  // namespace weir::mapping::douyin
