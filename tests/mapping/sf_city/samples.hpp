// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

#include "mapping/sf_city/map.hpp"

/// SF intra-city's messages as tests make them; the files of tests/data/sf_city.
namespace weir::mapping::sf_city {

using nlohmann::json;

inline std::string ReadData(const std::string& name) {
  std::ifstream file(std::string(WEIR_TEST_DATA "/sf_city/") + name, std::ios::binary);
  if (!file) throw std::runtime_error("no test data " + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The callbacks of the protocol's samples, each a file with the raw body and its signature.
inline constexpr const char* kCallbackSamples[] = {
    "callback_rider_status_10.json", "callback_rider_status_12.json",
    "callback_rider_status_15.json", "callback_order_complete_17.json",
    "callback_rider_exception.json", "callback_sf_cancel_2.json",
};

/// The answers, with the action that was asked.
struct AnswerSample {
  const char* file;
  const char* action;
};
inline constexpr AnswerSample kAnswerSamples[] = {
    {"createorder_response.json", "createorder"},
    {"cancelorder_response.json", "cancelorder"},
    {"getorderstatus_response.json", "getorderstatus"},
    {"listorderfeed_response.json", "listorderfeed"},
    {"riderlatestposition_response.json", "riderlatestposition"},
};

inline std::string CallbackBody(const std::string& file) {
  return json::parse(ReadData(file)).at("raw_body").get<std::string>();
}

inline constexpr const char* kNumber = "S20261122001";
inline constexpr const char* kSfNumber = "3165848793513984";
inline constexpr std::int64_t kAskedAt = 1700002000;

inline Instant At(std::int64_t seconds) { return Instant(std::chrono::seconds(seconds)); }
inline Money Fen(std::int64_t fen) { return Money::FromFen(fen); }

inline Mapped MapPush(std::string_view body, std::string_view dialect = kDialect) {
  return Map({.dialect = dialect, .topic = "rider_status", .bytes = body});
}

inline Mapped MapPulled(std::string_view body, std::string_view action,
                        std::string_view dialect = kDialect) {
  return Map({.pulled = true,
              .dialect = dialect,
              .topic = action,
              .bytes = body,
              .received_at = At(kAskedAt)});
}
/// SF's answer with this result.
inline Mapped MapResult(const json& result, std::string_view action,
                        std::string_view dialect = kDialect) {
  const json answer{
      {"error_code", 0}, {"error_msg", ""}, {"error_data", nullptr}, {"result", result}};
  return MapPulled(answer.dump(), action, dialect);
}

/// The one shipment of `mapped`; throws when there is not exactly one.
inline model::ShipmentFacts OnlyShipment(Mapped mapped) {
  if (mapped.shipments.size() != 1 || mapped.unmappable) {
    throw std::runtime_error("not exactly one shipment");
  }
  return std::move(mapped.shipments.front());
}
/// Its only node.
inline model::TrackingNode OnlyNode(const model::ShipmentFacts& facts) {
  if (facts.nodes.size() != 1) throw std::runtime_error("not exactly one node");
  return facts.nodes.front();
}

inline json ExtraOf(const model::ShipmentFacts& facts) {
  return facts.look && !facts.look->extra.empty() ? json::parse(facts.look->extra) : json::object();
}

}  // namespace weir::mapping::sf_city
