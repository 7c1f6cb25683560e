// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <utility>

#include "mapping/amounts.hpp"
#include "mapping/decimal.hpp"
#include "mapping/eleme/retail/orders.hpp"
#include "mapping/rest.hpp"

namespace weir::mapping::eleme::retail {
namespace {

constexpr NameTable kProductNames({"baidu_product_id", "custom_sku_id", "group", "is_free_gift",
                                   "other_dish_id", "product_amount", "product_attr", "product_fee",
                                   "product_features", "product_id", "product_name",
                                   "product_price", "upc"});
using Product = Members<kProductNames>;

constexpr NameTable kChoiceNames({"name", "option"});
using Choice = Members<kChoiceNames>;

constexpr NameTable kGroupNames({"group_name", "product"});
using Group = Members<kGroupNames>;

/// Calls `use` with each object of a list; what is none is an issue.
template <typename Use>
void ForEach(FieldReader& reader, std::string_view name, const Value& list, Use use) {
  const auto read = reader.Array(name, list);
  if (!read) return;
  for (const simdjson::dom::element element : read->root().array()) {
    if (const Value value(element); value.is_object()) {
      use(value.object());
    } else {
      reader.Malformed(name);
    }
  }
}

class ItemReader {
 public:
  ItemReader(FieldReader& reader, model::OrderSnapshot& snapshot)
      : reader_(reader), snapshot_(snapshot) {}

  void Read(const simdjson::dom::object& object, const std::string& basket) {
    Product product(MembersOf(object));
    if (product.empty()) return;
    model::Item item;
    item.line = fmt::format("{}", items_.size() + 1);
    item.basket = basket;
    item.gift = product.Take("is_free_gift").text() == "1";
    item.merchant_code = product.Take("upc").text();
    item.product_id = product.Peek("baidu_product_id").text();
    item.platform_sku = TakeSku(product);
    item.name = product.Take("product_name").text();
    item.spec = TakeSpec(product);
    item.options = TakeOptions(product);
    item.components = TakeComponents(product);
    const MaybeMoney amount = TakeAmount(product, item);
    snapshot_.totals.items = Plus(snapshot_.totals.items, amount);
    rest_.Add(product, "line", item.line);
    items_.push_back(std::move(item));
  }
  void Malformed() {
    reader_.Malformed("products");
    snapshot_.totals.items = std::nullopt;
  }

  std::vector<model::Item> TakeItems() { return std::move(items_); }
  std::string TakeRest() { return rest_.Take(); }

 private:
  /// The shop's own code is what its systems know.
  static std::string TakeSku(Product& product) {
    for (const Product::Name name : {Product::Name("custom_sku_id"), Product::Name("other_dish_id"),
                                     Product::Name("product_id")}) {
      if (product.Has(name)) return std::string(product.Take(name).text());
    }
    return std::string(product.Take("baidu_product_id").text());
  }

  /// Specs' options as one text.
  std::string TakeSpec(Product& product) {
    std::string text;
    ForEach(reader_, "products.product_attr", product.Take("product_attr"),
            [&](const simdjson::dom::object& object) {
              const Choice spec(MembersOf(object));
              text.append(text.empty() ? "" : ",").append(spec.Peek("option").text());
            });
    return text;
  }

  std::vector<model::Option> TakeOptions(Product& product) {
    std::vector<model::Option> options;
    ForEach(reader_, "products.product_features", product.Take("product_features"),
            [&](const simdjson::dom::object& object) {
              const Choice choice(MembersOf(object));
              options.push_back({.group = std::string(choice.Peek("name").text()),
                                 .name = std::string(choice.Peek("option").text()),
                                 .price = {}});
            });
    return options;
  }

  /// What a set is made of. What else a part says is not known, so all of them stay in `extra` too.
  std::vector<model::Component> TakeComponents(Product& product) {
    std::vector<model::Component> components;
    ForEach(reader_, "products.group", product.Peek("group"),
            [&](const simdjson::dom::object& object) {
              const Group group(MembersOf(object));
              ForEach(reader_, "products.group.product", group.Peek("product"),
                      [&](const simdjson::dom::object& part) {
                        components.push_back(
                            ComponentOf(part, std::string(group.Peek("group_name").text())));
                      });
            });
    return components;
  }

  model::Component ComponentOf(const simdjson::dom::object& object, std::string group) {
    Product part(MembersOf(object));
    model::Component component;
    component.group = std::move(group);
    component.name = part.Take("product_name").text();
    component.platform_sku = TakeSku(part);
    component.quantity = reader_.Quantity("products.product_amount", part.Peek("product_amount"))
                             .value_or(component.quantity);
    component.unit_price =
        reader_.Fen("products.product_price", part.Peek("product_price")).value_or(Money());
    component.options = TakeOptions(part);
    return component;
  }

  /// What the line costs: as reported, else its product. Sets the item's price and quantity.
  MaybeMoney TakeAmount(Product& product, model::Item& item) {
    const auto quantity =
        reader_.Quantity("products.product_amount", product.Take("product_amount"));
    const auto price = reader_.Fen("products.product_price", product.Take("product_price"));
    const Value told = product.Take("product_fee");
    const auto total = reader_.Fen("products.product_fee", told);
    item.quantity = quantity.value_or(item.quantity);
    item.unit_price = price.value_or(Money());
    const auto counted = price ? Multiply(*price, item.quantity) : std::nullopt;
    if (snapshot_.key.complete && total && counted && *total != *counted) {
      AddMismatch(snapshot_,
                  fmt::format("line {}: product_fee {} != product_price {} x {}", item.line,
                              total->ToYuan(), item.unit_price.ToYuan(), item.quantity));
    }
    const MaybeMoney amount = total || !told.empty() ? total : counted;
    item.amount = amount.value_or(Money());
    return amount;
  }

  FieldReader& reader_;
  model::OrderSnapshot& snapshot_;
  std::vector<model::Item> items_;
  RestList rest_;
};

}  // namespace

void MapItems(Event& event, FieldReader& reader, model::OrderSnapshot& snapshot) {
  const auto products = reader.Array("products", event.fields.Take("products"));
  if (!products || (!snapshot.key.complete && products->root().array().size() == 0)) return;
  snapshot.totals.items = Money();
  ItemReader items(reader, snapshot);
  std::size_t baskets = 0;
  for (const simdjson::dom::element element : products->root().array()) {
    const Value basket(element);
    if (!basket.is_array()) {
      items.Malformed();
      continue;
    }
    const std::string name = fmt::format("{}", ++baskets);
    for (const simdjson::dom::element product : basket.array()) {
      if (const Value value(product); value.is_object()) {
        items.Read(value.object(), name);
      } else {
        items.Malformed();
      }
    }
  }
  snapshot.items = items.TakeItems();
  if (std::string rest = items.TakeRest(); !rest.empty()) {
    event.nested_rest.emplace_back("products", std::move(rest));
  }
}

}  // namespace weir::mapping::eleme::retail
