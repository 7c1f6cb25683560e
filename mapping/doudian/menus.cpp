// SPDX-License-Identifier: Apache-2.0
#include "mapping/doudian/menus.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "mapping/field_reader.hpp"
#include "mapping/members.hpp"
#include "mapping/menu_pages.hpp"
#include "mapping/rest.hpp"

namespace weir::mapping::doudian {
namespace {

constexpr NameTable kProductNames({
    "category_detail",
    "check_status",
    "description",
    "img",
    "name",
    "product_id",
    "status",
});
using Product = Members<kProductNames>;
constexpr NameTable kSkuNames({
    "code",
    "id",
    "out_sku_id",
    "price",
    "product_id",
    "sku_id",
    "spec_detail_name1",
    "spec_detail_name2",
    "spec_detail_name3",
    "stock_num",
});
using Sku = Members<kSkuNames>;

constexpr std::size_t kMostItems = 20'000;
/// `status` of a product that is sold.
constexpr std::string_view kOnline = "0";

/// Calls `use` with each object of a list.
template <typename Use>
void ForEach(const Value& list, Use use) {
  if (!list.is_array()) return;
  for (const simdjson::dom::element element : list.array()) {
    if (const Value value(element); value.is_object()) use(value);
  }
}

/// The finest category that is named, and those above it into `categories`.
std::string TakeCategory(const Value& detail, std::vector<model::MenuCategory>& categories) {
  std::string parent;
  for (const std::string_view level : {"first", "second", "third", "fourth"}) {
    const std::string_view id = MemberAt(detail, std::string(level) + "_cid").text();
    if (id.empty() || id == "0") break;
    const auto known = std::ranges::find(categories, id, &model::MenuCategory::id);
    if (known == categories.end()) {
      categories.push_back(
          {.id = std::string(id),
           .name = std::string(MemberAt(detail, std::string(level) + "_cname").text()),
           .parent = parent,
           .sort = static_cast<std::int64_t>(categories.size() + 1)});
    }
    parent = id;
  }
  return parent;
}

void AddProduct(const Value& object, model::MenuFacts& menu) {
  Product told(MembersOf(object.object()));
  model::MenuItem item;
  item.id = told.Take("product_id").text();
  item.name = told.Take("name").text();
  item.description = told.Take("description").text();
  if (const Value url = told.Take("img"); !url.empty()) item.pictures.emplace_back(url.text());
  const Value status = told.Peek("status");
  item.available = status.empty() || status.text() == kOnline;
  if (item.available) told.Take("status");
  item.category = TakeCategory(told.Peek("category_detail"), menu.categories);
  if (!item.category.empty()) told.Take("category_detail");
  item.extra = RestOf(told);
  menu.items.push_back(std::move(item));
}

std::string SpecOf(Sku& told) {
  std::string name;
  for (const Sku::Name part : {Sku::Name("spec_detail_name1"), Sku::Name("spec_detail_name2"),
                               Sku::Name("spec_detail_name3")}) {
    const std::string_view text = told.Take(part).text();
    if (!text.empty()) name.append(name.empty() ? "" : ",").append(text);
  }
  return name;
}

void AddSku(const Value& object, std::string_view product, model::MenuFacts& menu) {
  Sku told(MembersOf(object.object()));
  const auto item = std::ranges::find(menu.items, product, &model::MenuItem::id);
  if (item == menu.items.end()) return;
  FieldReader reader(menu.issues);
  model::MenuSpec spec;
  spec.platform_sku = (told.Has("id") ? told.Take("id") : told.Take("sku_id")).text();
  spec.merchant_code = (told.Has("code") ? told.Take("code") : told.Take("out_sku_id")).text();
  spec.name = SpecOf(told);
  spec.price = reader.Fen("price", told.Take("price"));
  spec.stock = reader.Integer("stock_num", told.Take("stock_num"));
  spec.available = item->available && spec.stock.value_or(1) > 0;
  if (told.Peek("product_id").text() == product) told.Take("product_id");
  spec.extra = RestOf(told);
  item->specs.push_back(std::move(spec));
}

/// False when the page holds no list.
bool TakePage(const AnswerPage& page, model::MenuFacts& menu) {
  constexpr std::string_view kSkus = "sku.list?product_id=";
  const auto document = JsonDocument::Parse(page.bytes);
  if (!document) return false;
  const Value data = MemberAt(Value(document->root()), "data");
  const bool skus = page.topic.starts_with(kSkus);
  const Value list = data.is_array() ? data : MemberAt(data, "data");
  if (!list.is_array()) return false;
  ForEach(list, [&](const Value& object) {
    skus ? AddSku(object, page.topic.substr(kSkus.size()), menu) : AddProduct(object, menu);
  });
  return menu.items.size() <= kMostItems;
}

}  // namespace

Mapped MapMenu(std::string_view pages, std::string_view shop, Instant asked_at) {
  return MapMenuPages("doudian", shop, pages, asked_at, TakePage);
}

}  // namespace weir::mapping::doudian
