// SPDX-License-Identifier: Apache-2.0
#include "mapping/eleme/menus.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"
#include "mapping/field_reader.hpp"
#include "mapping/members.hpp"
#include "mapping/menu_pages.hpp"
#include "mapping/rest.hpp"
#include "mapping/review_words.hpp"

namespace weir::mapping::eleme {
namespace {

constexpr NameTable kItemNames({
    "attributes",
    "categoryId",
    "description",
    "id",
    "imageUrl",
    "isValid",
    "name",
    "sellingTime",
    "shopId",
    "shopName",
    "specs",
    "unit",
});
using Item = Members<kItemNames>;
constexpr NameTable kSpecNames({"barCode", "extendCode", "name", "onShelf", "packingFee", "price",
                                "specId", "stock"});
using Spec = Members<kSpecNames>;

constexpr std::array<std::string_view, 7> kDays{"monday", "tuesday",  "wednesday", "thursday",
                                                "friday", "saturday", "sunday"};
constexpr std::size_t kMostItems = 20'000;
/// Platforms nest twice; deeper is told flat.
constexpr int kDeepestCategory = 4;

bool IsFalse(std::string_view text) { return text == "0" || text == "false"; }

Value At(const Value& object, std::string_view name) {
  simdjson::dom::element found;
  return object.is_object() && object.object().at_key(name).get(found) == simdjson::SUCCESS
             ? Value(found)
             : Value();
}

/// Calls `use` with each object of a list.
template <typename Use>
void ForEach(const Value& list, Use use) {
  if (!list.is_array()) return;
  for (const simdjson::dom::element element : list.array()) {
    if (const Value value(element); value.is_object()) use(value);
  }
}

model::MenuSpec MapSpec(const Value& object, bool item_available, FieldReader& reader) {
  Spec told(MembersOf(object.object()));
  model::MenuSpec spec;
  spec.platform_sku = told.Take("specId").text();
  spec.name = told.Take("name").text();
  // The merchant's own code stands before the maker's.
  spec.merchant_code =
      (told.Has("extendCode") ? told.Take("extendCode") : told.Take("barCode")).text();
  spec.price = reader.Yuan("price", told.Take("price"));
  spec.packaging_fee = reader.Yuan("packingFee", told.Take("packingFee"));
  spec.stock = reader.Integer("stock", told.Take("stock"));
  spec.available =
      item_available && !IsFalse(told.Take("onShelf").text()) && spec.stock.value_or(1) > 0;
  spec.extra = RestOf(told);
  return spec;
}

/// `sellingTime` where its days are named; else it is left to `extra`.
void TakeHours(Item& told, model::MenuItem& item) {
  const Value selling = told.Peek("sellingTime");
  const auto weeks = TextList(At(selling, "weeks"));
  if (!weeks || !At(selling, "beginDate").empty() || !At(selling, "endDate").empty()) return;
  std::vector<model::MenuHours> hours;
  for (const std::string& word : *weeks) {
    const auto* const day = std::ranges::find(kDays, ToLower(word));
    if (day == kDays.end()) return;
    ForEach(At(selling, "times"), [&](const Value& span) {
      hours.push_back({.day = std::string(*day),
                       .from = std::string(At(span, "beginTime").text()),
                       .to = std::string(At(span, "endTime").text())});
    });
  }
  item.hours = std::move(hours);
  told.Take("sellingTime");
}

model::MenuItem MapItem(const Value& object, std::vector<model::Issue>& issues) {
  Item told(MembersOf(object.object()));
  FieldReader reader(issues);
  model::MenuItem item;
  item.id = told.Take("id").text();
  item.name = told.Take("name").text();
  item.description = told.Take("description").text();
  if (const Value url = told.Take("imageUrl"); !url.empty()) item.pictures.emplace_back(url.text());
  item.category = told.Take("categoryId").text();
  item.unit = told.Take("unit").text();
  item.available = !IsFalse(told.Take("isValid").text());
  told.Take("shopId");
  told.Take("shopName");
  TakeHours(told, item);
  ForEach(told.Take("specs"),
          [&](const Value& spec) { item.specs.push_back(MapSpec(spec, item.available, reader)); });
  ForEach(told.Take("attributes"), [&](const Value& attribute) {
    model::MenuOptionGroup group{.name = std::string(At(attribute, "name").text()), .options = {}};
    for (std::string& choice :
         TextList(At(attribute, "details")).value_or(std::vector<std::string>())) {
      group.options.push_back({.name = std::move(choice), .price = {}});
    }
    item.option_groups.push_back(std::move(group));
  });
  item.extra = RestOf(told);
  return item;
}

void AddCategories(const Value& list, const std::string& parent, int depth,
                   std::vector<model::MenuCategory>& categories) {
  ForEach(list, [&](const Value& told) {
    if (categories.size() >= kMostItems) return;
    model::MenuCategory category{.id = std::string(At(told, "id").text()),
                                 .name = std::string(At(told, "name").text()),
                                 .parent = parent,
                                 .sort = static_cast<std::int64_t>(categories.size() + 1)};
    const std::string id = category.id;
    categories.push_back(std::move(category));
    if (depth < kDeepestCategory) AddCategories(At(told, "children"), id, depth + 1, categories);
  });
}

/// False when the page holds no list.
bool TakePage(const AnswerPage& page, model::MenuFacts& menu) {
  const auto document = JsonDocument::Parse(page.bytes);
  simdjson::dom::array list;
  if (!document || document->root()["result"].get(list) != simdjson::SUCCESS) return false;
  if (page.topic.starts_with("eleme.product.category.")) {
    AddCategories(Value(document->root()["result"].value_unsafe()), {}, 1, menu.categories);
    return true;
  }
  ForEach(Value(document->root()["result"].value_unsafe()),
          [&](const Value& item) { menu.items.push_back(MapItem(item, menu.issues)); });
  return menu.items.size() <= kMostItems;
}

}  // namespace

Mapped MapMenu(std::string_view pages, std::string_view shop, Instant asked_at) {
  return MapMenuPages("eleme", shop, pages, asked_at, TakePage);
}

}  // namespace weir::mapping::eleme
