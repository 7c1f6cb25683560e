// SPDX-License-Identifier: Apache-2.0
#include "tests/gateway/schema.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <regex>

namespace weir::gateway::testing {
namespace {

bool IsOfType(const json& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "integer") return value.is_number_integer();
  if (type == "number") return value.is_number();
  if (type == "boolean") return value.is_boolean();
  return type == "null" && value.is_null();
}

bool HasType(const json& value, const json& types) {
  if (types.is_string()) return IsOfType(value, types.get<std::string>());
  return std::ranges::any_of(
      types, [&](const json& type) { return IsOfType(value, type.get<std::string>()); });
}

/// Compiling costs far more than matching, and the same few patterns come again and again.
const std::regex& Compiled(const std::string& pattern) {
  static std::map<std::string, std::regex> known;
  const auto [found, fresh] = known.try_emplace(pattern);
  if (fresh) found->second = std::regex(pattern);
  return found->second;
}

}  // namespace

const json& Document::Resolve(const json& node) const {
  const json* at = &node;
  while (at->is_object() && at->contains("$ref")) {
    at = &At(at->at("$ref").get<std::string>().substr(1));
  }
  return *at;
}

std::vector<std::string> Document::Check(const json& value, const json& schema) const {
  std::vector<std::string> complaints;
  Check(value, schema, {&complaints, "$"}, true);
  return complaints;
}

void Document::Check(const json& value, const json& given, const Finding& finding,
                     bool strict) const {
  const json& schema = Resolve(given);
  const auto complain = [&](const std::string& what) {
    finding.complaints->push_back(fmt::format("{}: {}: {}", finding.where, what, value.dump()));
  };
  if (schema.contains("type") && !HasType(value, schema["type"])) return complain("wrong type");
  if (schema.contains("enum") && std::ranges::find(schema["enum"], value) == schema["enum"].end()) {
    complain("not of the list");
  }
  if (value.is_string() && schema.contains("pattern") &&
      !std::regex_search(value.get<std::string>(), Compiled(schema["pattern"]))) {
    complain("not of the pattern");
  }
  if (value.is_number() && schema.contains("minimum") && value < schema["minimum"]) {
    complain("too small");
  }
  CheckChoices(value, schema, finding);
  if (value.is_object()) CheckObject(value, schema, finding, strict);
  if (value.is_array() && schema.contains("items")) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      Check(value[i], schema["items"],
            {finding.complaints, fmt::format("{}[{}]", finding.where, i)}, true);
    }
  }
}

void Document::CheckChoices(const json& value, const json& schema, const Finding& finding) const {
  for (const json& part : schema.value("allOf", json::array())) {
    Check(value, part, finding, false);
  }
  for (const char* choice : {"anyOf", "oneOf"}) {
    if (!schema.contains(choice)) continue;
    std::vector<std::string> refusals;
    bool fits = false;
    for (const json& part : schema[choice]) {
      auto complaints = Check(value, part);
      fits = fits || complaints.empty();
      refusals.insert(refusals.end(), complaints.begin(), complaints.end());
    }
    if (fits) continue;
    finding.complaints->push_back(finding.where + ": fits none of its choices");
    finding.complaints->insert(finding.complaints->end(), refusals.begin(), refusals.end());
  }
}

void Document::CheckObject(const json& value, const json& schema, const Finding& finding,
                           bool strict) const {
  for (const json& name : schema.value("required", json::array())) {
    if (!value.contains(name.get<std::string>())) {
      finding.complaints->push_back(finding.where + ": lacks " + name.get<std::string>());
    }
  }
  std::set<std::string> known;
  GatherMembers(schema, known);
  for (const auto& [name, member] : value.items()) {
    const Finding inner{finding.complaints, finding.where + "." + name};
    if (schema.contains("properties") && schema["properties"].contains(name)) {
      Check(member, schema["properties"][name], inner, true);
    } else if (schema.contains("additionalProperties")) {
      Check(member, schema["additionalProperties"], inner, true);
    } else if (strict && !known.empty() && !known.contains(name)) {
      finding.complaints->push_back(inner.where + ": is not documented");
    }
  }
}

void Document::GatherMembers(const json& given, std::set<std::string>& names) const {
  const json& schema = Resolve(given);
  for (const auto& [name, member] : schema.value("properties", json::object()).items()) {
    names.insert(name);
  }
  for (const json& part : schema.value("allOf", json::array())) GatherMembers(part, names);
}

}  // namespace weir::gateway::testing
