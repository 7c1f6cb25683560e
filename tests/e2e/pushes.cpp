// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/pushes.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "simulators/meituan/signature.hpp"

namespace weir::e2e {
namespace {

nlohmann::json SampleFile(const std::string& name) {
  return nlohmann::json::parse(ReadData("push_" + name + ".fields.json"));
}

std::string Encode(const Fields& fields) {
  std::string text;
  for (const auto& [name, value] : fields) {
    text += (text.empty() ? "" : "&") + name + '=';
    text += simulators::FormEncode(simulators::FormEncode(value));
  }
  return text;
}

}  // namespace

void Set(Fields& fields, std::string_view name, std::string value) {
  Remove(fields, name);
  fields.emplace_back(name, std::move(value));
}

void Remove(Fields& fields, std::string_view name) {
  std::erase_if(fields, [name](const auto& field) { return field.first == name; });
}

Push Signed(std::string_view public_url, std::string target, Fields fields, std::string timestamp) {
  Set(fields, "app_id", std::string(kAppId));
  Set(fields, "timestamp", std::move(timestamp));
  const std::string url = std::string(public_url) + target;
  Set(fields, "sig", simulators::meituan::Sign(url, fields, kAppSecret));
  return {.target = std::move(target), .body = Encode(fields)};
}

std::string ReadData(const std::string& name) {
  std::ifstream file(std::string(WEIR_TEST_DATA "/meituan/") + name, std::ios::binary);
  if (!file) throw std::runtime_error("no test data " + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

Fields SampleFields(const std::string& name) {
  Fields fields;
  for (const auto& [key, value] : SampleFile(name).at("fields").items()) {
    if (key != "app_id" && key != "timestamp" && key != "sig") fields.emplace_back(key, value);
  }
  return fields;
}

Push SamplePush(const std::string& name) {
  const auto sample = SampleFile(name);
  Fields fields;
  for (const auto& [key, value] : sample.at("fields").items()) fields.emplace_back(key, value);
  const std::string url = sample.at("push_url");
  return {.target = url.substr(kPublicUrl.size()), .body = Encode(fields)};
}

}  // namespace weir::e2e
