// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "mapping/dada/map.hpp"
#include "mapping/pages.hpp"

/// Dada's callbacks and answers as tests make them; the files of tests/data/dada.
namespace weir::mapping::dada {

using nlohmann::json;

inline std::string ReadData(const std::string& name) {
  std::ifstream file(std::string(WEIR_TEST_DATA "/dada/") + name, std::ios::binary);
  if (!file) {
    throw std::runtime_error("no test data " + name);
  }
  return {std::istreambuf_iterator<char>(file), {}};
}

inline json Sample(const std::string& name) { return json::parse(ReadData(name)); }

/// The status callbacks of the protocol's samples, by their files.
inline constexpr const char* kStatusSamples[] = {
    "callback_1.json",
    "callback_10.json",
    "callback_100.json",
    "callback_1000.json",
    "callback_1_repeat_reassigned.json",
    "callback_2.json",
    "callback_2_repeat_transfer.json",
    "callback_2_string_update_time.json",
    "callback_3.json",
    "callback_4.json",
    "callback_5_merchant_cancel.json",
    "callback_5_rider_cancel.json",
    "callback_5_system_cancel.json",
    "callback_9.json",
};
inline constexpr const char* kMessageSamples[] = {
    "message_1_rider_cancel.json",
    "message_4_shop_status.json",
};

inline constexpr const char* kNumber = "D20261122001";
inline constexpr std::int64_t kAskedAt = 1700001000;

inline Instant At(std::int64_t seconds) { return Instant(std::chrono::seconds(seconds)); }
inline Money Fen(std::int64_t fen) { return Money::FromFen(fen); }

inline Mapped MapBody(std::string_view body) {
  return Map({.dialect = kCallbacks, .topic = "status", .bytes = body});
}

inline Mapped MapAnswerOf(std::string_view topic, std::string_view body,
                          std::int64_t asked_at = kAskedAt) {
  return Map({.pulled = true,
              .dialect = kAnswers,
              .topic = topic,
              .bytes = body,
              .received_at = At(asked_at)});
}

/// The answer of a call that does something, under our number.
inline Mapped MapDoneOf(std::string_view topic, std::string_view body,
                        std::string_view number = kNumber) {
  std::string page;
  AppendPage(page, number, body);
  return Map({.pulled = true,
              .dialect = kPagesDialect,
              .topic = topic,
              .bytes = page,
              .received_at = At(kAskedAt)});
}

/// The one shipment of `mapped`; throws when there is not exactly one.
inline model::ShipmentFacts OnlyShipment(Mapped mapped) {
  if (mapped.shipments.size() != 1 || mapped.unmappable) {
    throw std::runtime_error("not exactly one shipment");
  }
  return std::move(mapped.shipments.front());
}

/// The sample callback 2, changed.
inline model::ShipmentFacts MapStatusWith(const json& changes) {
  json callback = Sample("callback_2.json");
  callback.update(changes);
  return OnlyShipment(MapBody(callback.dump()));
}

/// The sample read, changed.
inline model::ShipmentFacts MapReadWith(const json& changes) {
  json answer = Sample("statusQuery_response.json");
  answer["result"].update(changes);
  return OnlyShipment(MapAnswerOf(kReadTopic, answer.dump()));
}

inline json ExtraOf(const model::ShipmentFacts& facts) {
  return facts.look && !facts.look->extra.empty() ? json::parse(facts.look->extra) : json::object();
}

}  // namespace weir::mapping::dada
