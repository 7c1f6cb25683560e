// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

namespace weir::gateway::testing {

using nlohmann::json;

/// An OpenAPI document and the part of JSON Schema that ours uses.
class Document {
 public:
  explicit Document(json root) : root_(std::move(root)) {}

  [[nodiscard]] const json& root() const { return root_; }
  [[nodiscard]] const json& At(const std::string& pointer) const {
    return root_.at(json::json_pointer(pointer));
  }
  /// Follows `$ref`. Throws when it leads nowhere.
  [[nodiscard]] const json& Resolve(const json& node) const;

  /// What is wrong with `value`, one line each. A member that the schema does not name is wrong.
  [[nodiscard]] std::vector<std::string> Check(const json& value, const json& schema) const;

 private:
  struct Finding {
    std::vector<std::string>* complaints;
    std::string where;
  };
  void Check(const json& value, const json& schema, const Finding& finding, bool strict) const;
  void CheckObject(const json& value, const json& schema, const Finding& finding,
                   bool strict) const;
  void CheckChoices(const json& value, const json& schema, const Finding& finding) const;
  void GatherMembers(const json& schema, std::set<std::string>& names) const;

  json root_;
};

}  // namespace weir::gateway::testing
