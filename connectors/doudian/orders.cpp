// SPDX-License-Identifier: Apache-2.0
#include "connectors/doudian/orders.hpp"

#include "base/json_writer.hpp"
#include "mapping/doudian/needs.hpp"
#include "mapping/pages.hpp"

namespace weir::connectors::doudian {
namespace {

constexpr std::string_view kDetail = "order.orderDetail";

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
  const auto needs = mapping::doudian::NeedsOf(detail->payload);
  if (!needs) co_return std::unexpected(needs.error());
  PulledItem order{.dialect = std::string(mapping::kPagesDialect),
                   .topic = std::string(kDetail),
                   .payload = {},
                   .asked_at = detail->asked_at};
  mapping::AppendPage(order.payload, detail->topic, detail->payload);
  if (needs->shipment) {
    auto added =
        co_await Add("superm.getShipmentInfo", ShipmentParams(platform_order_id), &order.payload);
    if (!added) co_return std::unexpected(std::move(added.error()));
  }
  if (!needs->ciphers.empty()) {
    auto added = co_await Add("order.batchDecrypt",
                              DecryptParams(platform_order_id, needs->ciphers), &order.payload);
    if (!added) co_return std::unexpected(std::move(added.error()));
  }
  co_return order;
}

}  // namespace weir::connectors::doudian
