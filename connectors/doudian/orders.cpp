// SPDX-License-Identifier: Apache-2.0
#include "connectors/doudian/orders.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "mapping/doudian/needs.hpp"
#include "mapping/json_pieces.hpp"
#include "mapping/members.hpp"
#include "mapping/pages.hpp"

namespace weir::connectors::doudian {
namespace {

constexpr std::string_view kDetail = "order.orderDetail";
/// An answer may have 1 MiB, and an order some 10 KiB; the platform gives up to 100.
constexpr std::size_t kOrdersPerPage = 50;

std::string DetailParams(std::string_view order) {
  std::string params;
  JsonWriter(params).BeginObject().Member("shop_order_id", std::string(order)).EndObject();
  return params;
}

/// The way to the customer is type 1 (protocol B5).
std::string ShipmentParams(std::string_view order) {
  std::string params;
  JsonWriter json(params);
  json.BeginObject().Key("shop_order_id").Number(order).Member("shipment_type", 1).EndObject();
  return params;
}

std::string DecryptParams(const std::string& order, const std::vector<std::string>& ciphers) {
  std::string params;
  JsonWriter json(params);
  json.BeginObject().Key("cipher_infos").BeginArray();
  for (const std::string& cipher : ciphers) {
    json.BeginObject().Member("auth_id", order).Member("cipher_text", cipher).EndObject();
  }
  json.EndArray().EndObject();
  return params;
}

/// By creation, oldest first, so that what is new meanwhile stands at the end.
std::string ListParams(Window window, std::int64_t page) {
  std::string params;
  JsonWriter(params)
      .BeginObject()
      .Member("create_time_start", UnixSeconds(window.from))
      .Member("create_time_end", UnixSeconds(window.to))
      .Member("order_by", "create_time")
      .Member("order_asc", true)
      .Member("page", page)
      .Member("size", static_cast<std::int64_t>(kOrdersPerPage))
      .EndObject();
  return params;
}

struct ListedOrder {
  std::string id;
  std::string shop;       ///< The store of its first line that names one, else the shop.
  std::string_view json;  ///< As it stands in the answer.
};

std::vector<ListedOrder> OrdersIn(std::string_view answer) {
  std::vector<ListedOrder> orders;
  for (const std::string_view json :
       mapping::ElementsOf(mapping::PieceOf(answer, "data"), "shop_order_list")) {
    const auto document = mapping::JsonDocument::Parse(json);
    if (!document) continue;
    const mapping::Value order(document->root());
    orders.push_back({.id = std::string(mapping::MemberAt(order, "order_id").text()),
                      .shop = mapping::doudian::ShopOf(order),
                      .json = json});
  }
  return orders;
}

}  // namespace

boost::asio::awaitable<Result<void>> Orders::Add(std::string method, std::string params,
                                                 std::string* payload) {
  const auto answer = co_await client_->Read(std::move(method), std::move(params));
  if (answer) {
    mapping::AppendPage(*payload, answer->topic, answer->payload);
  } else if (IsTransient(answer.error().kind)) {
    co_return std::unexpected(answer.error());
  }
  co_return Result<void>{};
}

boost::asio::awaitable<Result<PulledItem>> Orders::GetOrder(std::string platform_order_id) {
  auto detail = co_await client_->Read(std::string(kDetail), DetailParams(platform_order_id));
  if (!detail) co_return std::unexpected(std::move(detail.error()));
  co_return co_await Complete(std::move(platform_order_id), *std::move(detail));
}

boost::asio::awaitable<Result<PulledItem>> Orders::Complete(std::string order_id,
                                                            PulledItem detail) {
  const auto needs = mapping::doudian::NeedsOf(detail.payload);
  if (!needs) co_return std::unexpected(needs.error());
  PulledItem order{.dialect = std::string(mapping::kPagesDialect),
                   .topic = std::string(kDetail),
                   .payload = {},
                   .asked_at = detail.asked_at};
  mapping::AppendPage(order.payload, kDetail, detail.payload);
  if (needs->shipment) {
    auto added = co_await Add("superm.getShipmentInfo", ShipmentParams(order_id), &order.payload);
    if (!added) co_return std::unexpected(std::move(added.error()));
  }
  if (!needs->ciphers.empty()) {
    auto added =
        co_await Add("order.batchDecrypt", DecryptParams(order_id, needs->ciphers), &order.payload);
    if (!added) co_return std::unexpected(std::move(added.error()));
  }
  co_return order;
}

boost::asio::awaitable<Result<PulledPage>> Orders::ListOrders(std::string platform_shop,
                                                              Window window, std::string cursor) {
  const auto number = cursor.empty() ? std::optional<std::int64_t>(0) : ParseInt(cursor);
  if (!number || *number < 0) {
    co_return Fail(ErrorKind::kRejected, "The cursor is none of this list.");
  }
  const auto answer = co_await client_->Read("order.searchList", ListParams(window, *number));
  if (!answer) co_return std::unexpected(answer.error());
  const auto listed = OrdersIn(answer->payload);
  PulledPage page;
  for (const ListedOrder& order : listed) {
    if (order.shop != platform_shop) continue;
    PulledItem detail{
        .dialect = answer->dialect,
        .topic = std::string(kDetail),
        .payload = fmt::format(R"({{"data":{{"shop_order_detail":{}}}}})", order.json),
        .asked_at = answer->asked_at};
    auto whole = co_await Complete(order.id, std::move(detail));
    if (!whole) co_return std::unexpected(std::move(whole.error()));
    page.items.push_back(*std::move(whole));
  }
  if (listed.size() == kOrdersPerPage) page.next = fmt::format("{}", *number + 1);
  co_return page;
}

}  // namespace weir::connectors::doudian
