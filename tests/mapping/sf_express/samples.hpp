// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

#include "mapping/pages.hpp"
#include "mapping/sf_express/map.hpp"

/// SF Express's payloads as tests make them; the files of tests/data/sf_express.
namespace weir::mapping::sf_express {

using nlohmann::json;

inline std::string ReadData(const std::string& name) {
  std::ifstream file(std::string(WEIR_TEST_DATA "/sf_express/") + name, std::ios::binary);
  if (!file) {
    throw std::runtime_error("no test data " + name);
  }
  return {std::istreambuf_iterator<char>(file), {}};
}

inline constexpr std::string_view kNumber = "GW20261122001";
inline constexpr std::string_view kWaybill = "SF1234567890123";
inline constexpr Instant kAskedAt{std::chrono::seconds(1'795'000'000)};

inline Instant China(std::string_view text) { return *ParseLocalTime(text, Zone::China()); }
inline Money Fen(std::int64_t fen) { return Money::FromFen(fen); }

inline Mapped MapPushed(std::string_view topic, std::string_view dialect, std::string_view bytes) {
  return Map({.dialect = dialect, .topic = topic, .bytes = bytes});
}

/// An answer as a courier hands it on: one page under our number.
inline Mapped MapAnswered(std::string_view topic, std::string_view body,
                          std::string_view number = kNumber) {
  std::string page;
  AppendPage(page, number, body);
  return Map({.pulled = true,
              .dialect = kPagesDialect,
              .topic = topic,
              .bytes = page,
              .received_at = kAskedAt});
}

/// The one shipment of `mapped`; throws when there is not exactly one.
inline model::ShipmentFacts Only(Mapped mapped) {
  if (mapped.shipments.size() != 1 || mapped.unmappable) {
    throw std::runtime_error("not exactly one shipment");
  }
  return std::move(mapped.shipments.front());
}

/// An answer that says yes, with this `msgData`, as text or as an object.
inline std::string AnswerOf(const json& message, bool as_text = true) {
  const json service{
      {"success", true}, {"errorCode", "S0000"}, {"errorMsg", nullptr}, {"msgData", message}};
  json answer{{"apiErrorMsg", ""}, {"apiResponseID", "1"}, {"apiResultCode", "A1000"}};
  answer["apiResultData"] = as_text ? json(service.dump()) : service;
  return answer.dump();
}

/// A route as a push tells it, of the sample's waybill.
inline json RouteOf(int op_code, const std::string& time, const json& more = json::object()) {
  json route{{"mailno", kWaybill},     {"orderid", kNumber},
             {"acceptTime", time},     {"acceptAddress", "深圳市"},
             {"remark", "某处操作"},   {"opCode", std::to_string(op_code)},
             {"id", "160000000000009"}};
  route.update(more);
  return route;
}

inline std::string PushOf(const json& routes) {
  return json{{"Body", {{"WaybillRoute", routes}}}}.dump();
}

/// The one node of a push of one route.
inline model::TrackingNode NodeOf(const json& route) {
  const auto facts = Only(MapPushed("routes", kJsonDialect, PushOf(json::array({route}))));
  if (facts.nodes.size() != 1) throw std::runtime_error("not exactly one node");
  return facts.nodes.front();
}

inline json ExtraOf(const model::ShipmentFacts& facts) {
  return facts.look && !facts.look->extra.empty() ? json::parse(facts.look->extra) : json::object();
}

}  // namespace weir::mapping::sf_express
