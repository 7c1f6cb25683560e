// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/text.hpp"
#include "mapping/meituan/map.hpp"

/// Meituan's messages as tests make them; the files of tests/data/meituan.
namespace weir::mapping::meituan {

using FieldMap = std::map<std::string, std::string>;

inline std::string ReadData(const std::string& name) {
  std::ifstream file(std::string(WEIR_TEST_DATA "/meituan/") + name, std::ios::binary);
  if (!file) {
    throw std::runtime_error("no test data " + name);
  }
  return {std::istreambuf_iterator<char>(file), {}};
}

/// A `.fields.json` file: the fields after all decoding, and what they were signed with.
struct SampleFile {
  std::string url;
  std::string secret;
  FieldMap fields;
};

inline SampleFile ReadSample(const std::string& name) {
  const auto json = nlohmann::json::parse(ReadData("push_" + name + ".fields.json"));
  return {.url = json.at("push_url"), .secret = json.at("app_secret"), .fields = json.at("fields")};
}

inline std::string EncodeForm(const FieldMap& fields, Encoding encoding = Encoding::kDouble) {
  std::string body;
  for (const auto& [name, value] : fields) {
    const std::string once = PercentEncode(value);
    body += (body.empty() ? "" : "&") + PercentEncode(name) + "=" +
            (encoding == Encoding::kDouble ? PercentEncode(once) : once);
  }
  return body;
}

inline Mapped MapPush(const FieldMap& fields, std::string_view topic = "some/topic") {
  const std::string body = EncodeForm(fields);
  return Map({.dialect = "double", .topic = topic, .bytes = body});
}

inline Instant At(std::int64_t seconds) { return Instant(std::chrono::seconds(seconds)); }

inline constexpr std::int64_t kAskedAt = 1700001000;

inline Mapped MapAnswer(const std::string& json, std::string_view topic = "order/getOrderDetail") {
  return Map({.pulled = true,
              .dialect = "json",
              .topic = topic,
              .bytes = json,
              .received_at = At(kAskedAt)});
}

/// The one order of `mapped`; throws when there is not exactly one.
inline model::OrderFacts OnlyOrder(Mapped mapped) {
  if (mapped.orders.size() != 1 || mapped.unmappable) {
    throw std::runtime_error("not exactly one order");
  }
  return std::move(mapped.orders.front());
}

inline nlohmann::json ExtraOf(const model::OrderFacts& facts) {
  return facts.extra ? nlohmann::json::parse(facts.extra->members) : nlohmann::json::object();
}

/// The paid sample, with changes: a null value takes a field away.
inline FieldMap Paid(const std::map<std::string, const char*>& changes = {}) {
  FieldMap fields = ReadSample("order_paid").fields;
  for (const auto& [name, value] : changes) {
    if (value == nullptr) {
      fields.erase(name);
    } else {
      fields[name] = value;
    }
  }
  return fields;
}

inline model::OrderFacts MapPaid(const std::map<std::string, const char*>& changes = {}) {
  return OnlyOrder(MapPush(Paid(changes)));
}

}  // namespace weir::mapping::meituan
