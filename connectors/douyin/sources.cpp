// SPDX-License-Identifier: Apache-2.0
#include "connectors/douyin/sources.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "mapping/json.hpp"
#include "mapping/json_pieces.hpp"
#include "mapping/pages.hpp"

namespace weir::connectors::douyin {
namespace {

using mapping::ElementsOf;
using mapping::PieceOf;

constexpr std::int64_t kReviewsPerPage = 100;
constexpr std::int64_t kProductsPerPage = 50;
constexpr std::int64_t kShopsPerPage = 50;
/// No account has so many: a list that does not end is broken.
constexpr std::int64_t kMostPages = 1000;

std::string_view DataOf(const PulledItem& answer) { return PieceOf(answer.payload, "data"); }

/// What the answer's data says as text or number.
std::string TextIn(const PulledItem& answer, std::string_view name) {
  const std::string_view piece = PieceOf(DataOf(answer), name);
  const auto document = mapping::JsonDocument::Parse(piece.empty() ? "null" : piece);
  return document ? std::string(mapping::Value(document->root()).text()) : std::string();
}

}  // namespace

boost::asio::awaitable<Result<PulledPage>> Sources::ListReviews(std::string platform_shop,
                                                                Window window, std::string cursor) {
  const std::string asked = cursor.empty() ? "0" : cursor;
  const auto answer =
      co_await client_->Get("goodlife/v1/akte/comment/query",
                            {{"account_id", client_->account_id()},
                             {"start_time", fmt::format("{}", UnixSeconds(window.from))},
                             {"end_time", fmt::format("{}", UnixSeconds(window.to))},
                             {"cursor", asked},
                             {"count", fmt::format("{}", kReviewsPerPage)},
                             {"poi_id_list", platform_shop}});
  if (!answer) co_return std::unexpected(answer.error());
  PulledPage page;
  for (const std::string_view review : ElementsOf(DataOf(*answer), "comments")) {
    page.items.push_back({.dialect = answer->dialect,
                          .topic = answer->topic,
                          .payload = std::string(review),
                          .asked_at = answer->asked_at});
  }
  if (TextIn(*answer, "has_more") == "true") {
    page.next = TextIn(*answer, "cursor");
    if (page.next.empty() || page.next == asked) {
      co_return Fail(ErrorKind::kMalformed, "Douyin's list of reviews does not go on.");
    }
  }
  co_return page;
}

boost::asio::awaitable<Result<PulledItem>> Sources::ReadMenu(std::string platform_shop) {
  PulledItem menu{.dialect = std::string(mapping::kPagesDialect),
                  .topic = "menu?poi_id=" + PercentEncode(platform_shop),
                  .payload = {},
                  .asked_at = {}};
  std::string cursor = "0";
  for (std::int64_t number = 0; number < kMostPages; ++number) {
    const auto page = co_await MenuPage(platform_shop, cursor);
    if (!page) co_return std::unexpected(page.error());
    if (number == 0) menu.asked_at = page->asked_at;
    mapping::AppendPage(menu.payload, page->topic, page->payload);
    const std::string next = TextIn(*page, "next_cursor");
    if (TextIn(*page, "has_more") != "true") co_return menu;
    if (next.empty() || next == cursor) break;
    cursor = next;
  }
  co_return Fail(ErrorKind::kMalformed, "Douyin's list of products does not end.");
}

boost::asio::awaitable<Result<PulledItem>> Sources::MenuPage(std::string platform_shop,
                                                             std::string cursor) {
  if (menu_ == MenuQuery::kGoods) {
    return client_->Get("goodlife/v1/goods/product/online/query",
                        {{"account_id", client_->account_id()},
                         {"cursor", std::move(cursor)},
                         {"count", fmt::format("{}", kProductsPerPage)}});
  }
  std::string body;
  JsonWriter json(body);
  json.BeginObject().Member("account_id", client_->account_id()).Member("poi_id", platform_shop);
  json.Member("cursor", cursor).Member("count", kProductsPerPage).EndObject();
  return client_->Post("goodlife/v1/goods/foodorder/dish/list", std::move(body), true);
}

boost::asio::awaitable<Result<PulledItem>> Sources::Shops(std::int64_t page, std::string poi_id) {
  Arguments arguments{{"account_id", client_->account_id()},
                      {"page", fmt::format("{}", page)},
                      {"size", fmt::format("{}", kShopsPerPage)}};
  if (!poi_id.empty()) arguments.emplace_back("poi_id", poi_id);
  co_return co_await client_->Get("goodlife/v1/shop/poi/query", std::move(arguments));
}

boost::asio::awaitable<Result<std::vector<std::string>>> Sources::ListShops() {
  std::vector<std::string> shops;
  for (std::int64_t number = 1; number <= kMostPages; ++number) {
    const auto answer = co_await Shops(number, {});
    if (!answer) co_return std::unexpected(answer.error());
    const auto pois = ElementsOf(DataOf(*answer), "pois");
    for (const std::string_view poi : pois) {
      const std::string_view id = PieceOf(PieceOf(poi, "poi"), "poi_id");
      const auto document = mapping::JsonDocument::Parse(id.empty() ? "null" : id);
      if (!document) continue;
      std::string text(mapping::Value(document->root()).text());
      if (!text.empty()) shops.push_back(std::move(text));
    }
    if (static_cast<std::int64_t>(pois.size()) < kShopsPerPage) co_return shops;
  }
  co_return Fail(ErrorKind::kMalformed, "Douyin's list of shops does not end.");
}

boost::asio::awaitable<Result<std::vector<PulledItem>>> Sources::ReadShops(
    std::vector<std::string> platform_shops) {
  std::vector<PulledItem> shops;
  for (const std::string& platform_shop : platform_shops) {
    const auto answer = co_await Shops(1, platform_shop);
    if (!answer && answer.error().kind == ErrorKind::kNotFound) continue;
    if (!answer) co_return std::unexpected(answer.error());
    for (const std::string_view poi : ElementsOf(DataOf(*answer), "pois")) {
      shops.push_back({.dialect = answer->dialect,
                       .topic = answer->topic,
                       .payload = std::string(poi),
                       .asked_at = answer->asked_at});
    }
  }
  co_return shops;
}

boost::asio::awaitable<Result<PulledItem>> Sources::MatchTasks(std::vector<std::string> task_ids) {
  co_return co_await client_->Get("goodlife/v1/poi/match/task/view",
                                  {{"account_id", client_->account_id()},
                                   {"task_ids", fmt::format("{}", fmt::join(task_ids, ","))}});
}

}  // namespace weir::connectors::douyin
