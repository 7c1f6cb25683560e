// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

#include "mapping/eleme/map.hpp"

/// Ele.me's messages as tests make them; the files of tests/data/eleme.
namespace weir::mapping::eleme {

using nlohmann::json;

inline std::string ReadData(const std::string& name) {
  std::ifstream file(std::string(WEIR_TEST_DATA "/eleme/") + name, std::ios::binary);
  if (!file) {
    throw std::runtime_error("no test data " + name);
  }
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The pushes of the protocol's samples, by their files.
inline constexpr const char* kPushSamples[] = {
    "push_10_order_effective.json", "push_12_order_confirmed.json", "push_14_order_cancelled.json",
    "push_18_order_settled.json",   "push_20_cancel_apply.json",    "push_30_refund_apply.json",
    "push_45_reminder.json",        "push_55_delivering.json",      "push_91_shop_status.json",
    "push_100_oauth_revoked.json",
};

/// The message of a sample push.
inline json Message(const std::string& file) {
  return json::parse(json::parse(ReadData(file)).at("message").get<std::string>());
}
/// The whole order of the sample push.
inline json Placed() { return Message("push_10_order_effective.json"); }

inline constexpr std::int64_t kSentAt = 1700000000123;

/// A push with this message, its signature not looked at.
inline std::string PushOf(int type, const json& message) {
  return json{{"requestId", "200000000000000001"}, {"type", type},    {"appId", 10000001},
              {"message", message.dump()},         {"shopId", 10001}, {"timestamp", kSentAt},
              {"userId", 123456789012345678},      {"signature", ""}}
      .dump();
}

inline Mapped MapBody(const std::string& body) {
  return Map({.dialect = kDialect, .topic = "10", .bytes = body});
}
inline Mapped MapMessage(int type, const json& message) { return MapBody(PushOf(type, message)); }

inline Instant At(std::int64_t seconds) { return Instant(std::chrono::seconds(seconds)); }
inline Instant SentAt() { return Instant(std::chrono::milliseconds(kSentAt)); }
inline Money Fen(std::int64_t fen) { return Money::FromFen(fen); }

inline constexpr std::int64_t kAskedAt = 1700001000;

inline Mapped MapAnswer(const json& result, std::string_view topic = "eleme.order.getOrder",
                        std::int64_t asked_at = kAskedAt) {
  const std::string body = json{{"id", "1"}, {"result", result}, {"error", nullptr}}.dump();
  return Map({.pulled = true,
              .dialect = kDialect,
              .topic = topic,
              .bytes = body,
              .received_at = At(asked_at)});
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

/// The sample order with these members changed.
inline model::OrderFacts MapPlaced(const json& changes = json::object()) {
  json order = Placed();
  order.update(changes);
  return OnlyOrder(MapMessage(10, order));
}

}  // namespace weir::mapping::eleme
