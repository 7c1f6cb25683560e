// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

#include "mapping/douyin/map.hpp"
#include "mapping/douyin/push.hpp"

/// Douyin's messages as tests make them; the files of tests/data/douyin.
namespace weir::mapping::douyin {

using nlohmann::json;

inline std::string ReadData(const std::string& name) {
  std::ifstream file(std::string(WEIR_TEST_DATA "/douyin/") + name, std::ios::binary);
  if (!file) {
    throw std::runtime_error("no test data " + name);
  }
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The webhooks of the protocol's samples that say something, by their files.
inline constexpr const char* kWebhookSamples[] = {
    "webhook_life_shop_order_receive_change.json", "webhook_life_takeout_delivery_change.json",
    "webhook_life_takeout_order_pay_success.json", "webhook_life_trade_certificate_notify.json",
    "webhook_life_trade_order_notify.json",
};

/// What a sample webhook says.
inline json Content(const std::string& file) {
  return json::parse(json::parse(ReadData(file)).at("content").get<std::string>());
}
/// The whole order of the sample webhook.
inline json Placed() { return Content("webhook_life_takeout_order_pay_success.json"); }

inline constexpr const char* kOrder = "1000001703409282301";

inline std::string WebhookOf(const std::string& event, const json& content) {
  return json{{"event", event},
              {"client_key", "awdemo0001"},
              {"content", content.dump()},
              {"log_id", "202311150000000000000000000000AB"}}
      .dump();
}

inline Mapped MapBody(const std::string& body) {
  return Map(
      {.pulled = false, .dialect = kWebhookDialect, .topic = "", .bytes = body, .received_at = {}});
}
inline Mapped MapEvent(const std::string& event, const json& content) {
  return MapBody(WebhookOf(event, content));
}
inline Mapped MapSpiBody(const std::string& body) {
  return Map({.pulled = false,
              .dialect = kSpiDialect,
              .topic = "spi/x",
              .bytes = body,
              .received_at = {}});
}

inline Instant At(std::int64_t seconds) { return Instant(std::chrono::seconds(seconds)); }
inline Money Fen(std::int64_t fen) { return Money::FromFen(fen); }

inline constexpr std::int64_t kAskedAt = 1700001000;

inline Mapped MapRead(const std::string& body,
                      std::string_view topic = "goodlife/v1/trade/order/query",
                      std::int64_t asked_at = kAskedAt, std::string_view dialect = kAnswerDialect) {
  return Map({.pulled = true,
              .dialect = dialect,
              .topic = topic,
              .bytes = body,
              .received_at = At(asked_at)});
}
/// An answer that holds these orders.
inline std::string OrdersAnswer(const json& orders) {
  return json{{"data", {{"error_code", 0}, {"orders", orders}}}, {"extra", {{"error_code", 0}}}}
      .dump();
}

/// The one order of `mapped`; throws when there is not exactly one.
inline model::OrderFacts OnlyOrder(Mapped mapped) {
  if (mapped.orders.size() != 1 || mapped.unmappable) {
    throw std::runtime_error("not exactly one order");
  }
  return std::move(mapped.orders.front());
}

inline json ExtraOf(const model::OrderFacts& facts) {
  return facts.extra ? json::parse(facts.extra->members) : json::object();
}

/// The sample order with one of its objects changed.
inline model::OrderFacts MapPlaced(const std::string& part = "order",
                                   const json& changes = json::object()) {
  json order = Placed();
  order[part].update(changes);
  return OnlyOrder(MapEvent("life_takeout_order_pay_success", order));
}

/// An order of coupons as a read tells it.
inline json Voucher() {
  json order = json::parse(ReadData("life_order_query_response.json"))["data"]["orders"][1];
  order["certificate"][0]["certificate_id"] = "7091180835810052103";
  order["certificate"][0]["item_status"] = 200;
  return order;
}

}  // namespace weir::mapping::douyin
