// SPDX-License-Identifier: Apache-2.0
#include "connectors/doudian/menus.hpp"

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "mapping/members.hpp"
#include "mapping/pages.hpp"

namespace weir::connectors::doudian {
namespace {

using mapping::MemberAt;
using mapping::Value;

constexpr int kProductsPerPage = 100;
/// The platform's own: page x size is at most 10,000 (protocol B6).
constexpr int kMostPages = 100;

/// Those on sale; a store's only where one is asked for.
std::string ListParams(const std::string& shop, const std::string& account, int page) {
  std::string params;
  JsonWriter json(params);
  json.BeginObject().Member("page", page).Member("size", kProductsPerPage).Member("status", 0);
  if (shop != account) json.Key("store_id").Number(shop);
  json.EndObject();
  return params;
}

std::string SkuParams(std::string_view product) {
  std::string params;
  JsonWriter(params).BeginObject().Key("product_id").Number(product).EndObject();
  return params;
}

/// The ids of a page's products.
Result<std::vector<std::string>> ProductsIn(std::string_view answer) {
  const auto document = mapping::JsonDocument::Parse(answer);
  if (!document) return std::unexpected(document.error());
  const Value list = MemberAt(MemberAt(Value(document->root()), "data"), "data");
  if (!list.is_array()) return Fail(ErrorKind::kMalformed, "Doudian's page holds no products.");
  std::vector<std::string> products;
  for (const simdjson::dom::element element : list.array()) {
    products.emplace_back(MemberAt(Value(element), "product_id").text());
  }
  return products;
}

}  // namespace

boost::asio::awaitable<Result<std::vector<std::string>>> Menus::AddProducts(
    std::string platform_shop, PulledItem* menu) {
  std::vector<std::string> all;
  for (int number = 1; number <= kMostPages; ++number) {
    const auto page = co_await client_->Read(
        "product.listV2", ListParams(platform_shop, client_->credentials().shop_id, number));
    if (!page) co_return std::unexpected(page.error());
    const auto products = ProductsIn(page->payload);
    if (!products) co_return std::unexpected(products.error());
    if (number == 1) menu->asked_at = page->asked_at;
    mapping::AppendPage(menu->payload, page->topic, page->payload);
    all.insert(all.end(), products->begin(), products->end());
    if (products->size() < kProductsPerPage) co_return all;
  }
  co_return Fail(ErrorKind::kRejected, "Doudian lists at most 10,000 products.");
}

boost::asio::awaitable<Result<PulledItem>> Menus::ReadMenu(std::string platform_shop) {
  PulledItem menu{.dialect = std::string(mapping::kPagesDialect),
                  .topic = "menu?shop=" + PercentEncode(platform_shop),
                  .payload = {},
                  .asked_at = {}};
  const auto products = co_await AddProducts(std::move(platform_shop), &menu);
  if (!products) co_return std::unexpected(products.error());
  if (products->size() + kMostPages > mapping::kMaxPages) {
    co_return Fail(ErrorKind::kRejected, "The shop sells more than can be read as one menu.");
  }
  for (const std::string& product : *products) {
    const auto skus = co_await client_->Read("sku.list", SkuParams(product));
    // Who deleted it meanwhile has no SKUs.
    if (!skus && skus.error().kind == ErrorKind::kNotFound) continue;
    if (!skus) co_return std::unexpected(skus.error());
    mapping::AppendPage(menu.payload, "sku.list?product_id=" + PercentEncode(product),
                        skus->payload);
  }
  co_return menu;
}

}  // namespace weir::connectors::doudian
