// SPDX-License-Identifier: Apache-2.0
#include "connectors/eleme/sources.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "mapping/json.hpp"
#include "mapping/json_pieces.hpp"
#include "mapping/pages.hpp"

namespace weir::connectors::eleme {
namespace {

constexpr std::int64_t kReviewsPerPage = 20;
constexpr std::int64_t kItemsPerPage = 100;
/// No shop sells so much: a list that does not end is broken.
constexpr std::int64_t kMostItems = 20'000;

/// Ele.me's shops are numbers, in its calls too.
Result<std::int64_t> NumberOf(const std::string& platform_shop) {
  const auto number = ParseInt(platform_shop);
  if (!number) return Fail(ErrorKind::kRejected, "A shop of Ele.me is a number.");
  return *number;
}

Result<std::int64_t> OffsetOf(const std::string& cursor) {
  const auto offset = cursor.empty() ? std::optional<std::int64_t>(0) : ParseInt(cursor);
  if (!offset || *offset < 0) return Fail(ErrorKind::kRejected, "The cursor is none of this list.");
  return *offset;
}

/// "2023-11-15T08:00:00", Beijing's.
std::string LocalTime(Instant at) {
  std::string text = ToRfc3339(at + Zone::China().offset());
  text.resize(text.find('.'));
  return text;
}

std::string ShopParams(std::int64_t shop) {
  std::string params;
  JsonWriter(params).BeginObject().Member("shopId", shop).EndObject();
  return params;
}

std::string PageParams(std::int64_t shop, std::int64_t offset) {
  std::string params;
  JsonWriter(params)
      .BeginObject()
      .Key("queryPage")
      .BeginObject()
      .Member("shopId", shop)
      .Member("offset", offset)
      .Member("limit", kItemsPerPage)
      .EndObject()
      .EndObject();
  return params;
}

}  // namespace

boost::asio::awaitable<Result<PulledPage>> Sources::ListReviews(std::string platform_shop,
                                                                Window window, std::string cursor) {
  const auto shop = NumberOf(platform_shop);
  if (!shop) co_return std::unexpected(shop.error());
  const auto offset = OffsetOf(cursor);
  if (!offset) co_return std::unexpected(offset.error());
  std::string params;
  JsonWriter(params)
      .BeginObject()
      .Member("shopId", *shop)
      .Member("startTime", LocalTime(window.from))
      .Member("endTime", LocalTime(window.to))
      .Member("offset", *offset)
      .Member("pageSize", kReviewsPerPage)
      .EndObject();
  const auto answer = co_await client_->Call("eleme.ugc.getOrderRatesByShopId", std::move(params));
  if (!answer) co_return std::unexpected(answer.error());
  PulledPage page;
  for (const std::string_view review : mapping::ElementsOf(answer->payload, "result")) {
    page.items.push_back({.dialect = answer->dialect,
                          .topic = answer->topic,
                          .payload = std::string(review),
                          .asked_at = answer->asked_at});
  }
  const auto count = static_cast<std::int64_t>(page.items.size());
  if (count > 0) page.next = fmt::format("{}", *offset + count);
  co_return page;
}

boost::asio::awaitable<Result<PulledItem>> Sources::ReadMenu(std::string platform_shop) {
  const auto shop = NumberOf(platform_shop);
  if (!shop) co_return std::unexpected(shop.error());
  const auto categories = co_await client_->Call(
      "eleme.product.category.getShopCategoriesWithChildren", ShopParams(*shop));
  if (!categories) co_return std::unexpected(categories.error());
  PulledItem menu{.dialect = std::string(mapping::kPagesDialect),
                  .topic = fmt::format("menu?shopId={}", *shop),
                  .payload = {},
                  .asked_at = categories->asked_at};
  mapping::AppendPage(menu.payload, categories->topic, categories->payload);
  for (std::int64_t offset = 0; offset < kMostItems;) {
    const auto page =
        co_await client_->Call("eleme.product.item.queryItemByPage", PageParams(*shop, offset));
    if (!page) co_return std::unexpected(page.error());
    const auto count = mapping::ElementsOf(page->payload, "result").size();
    if (count == 0) co_return menu;
    mapping::AppendPage(menu.payload, page->topic, page->payload);
    offset += static_cast<std::int64_t>(count);
  }
  co_return Fail(ErrorKind::kMalformed, "Ele.me's list of items does not end.");
}

boost::asio::awaitable<Result<std::vector<std::string>>> Sources::ListShops() {
  const auto answer = co_await client_->Call("eleme.user.getUser", "{}");
  if (!answer) co_return std::unexpected(answer.error());
  const auto document = mapping::JsonDocument::Parse(answer->payload);
  if (!document) co_return std::unexpected(document.error());
  std::vector<std::string> shops;
  simdjson::dom::array authorized;
  if (document->root()["result"]["authorizedShops"].get(authorized) != simdjson::SUCCESS) {
    co_return shops;
  }
  for (const simdjson::dom::element shop : authorized) {
    simdjson::dom::element id;
    if (shop["id"].get(id) == simdjson::SUCCESS) shops.emplace_back(mapping::Value(id).text());
  }
  co_return shops;
}

boost::asio::awaitable<Result<std::vector<PulledItem>>> Sources::ReadShops(
    std::vector<std::string> platform_shops) {
  std::vector<PulledItem> shops;
  for (const std::string& platform_shop : platform_shops) {
    const auto shop = NumberOf(platform_shop);
    if (!shop) co_return std::unexpected(shop.error());
    auto answer = co_await client_->Call("eleme.shop.getShop", ShopParams(*shop));
    if (!answer && answer.error().kind == ErrorKind::kNotFound) continue;
    if (!answer) co_return std::unexpected(answer.error());
    shops.push_back(*std::move(answer));
  }
  co_return shops;
}

}  // namespace weir::connectors::eleme
