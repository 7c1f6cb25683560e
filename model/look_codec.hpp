// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/json_writer.hpp"
#include "model/archive.hpp"
#include "model/review_facts.hpp"

/// What the states of records share; private to this module.
namespace weir::model {

void Describe(auto& archive, Same<LookKey> auto& k) {
  archive(k.updated_at, k.asked_at, k.digest, k.generation);
}

constexpr Bounds<ShipmentStatus> BoundsOf(ShipmentStatus) {
  return {ShipmentStatus::kCreated, ShipmentStatus::kFailed};
}

/// The member `name`: `degrees` as a number, null when there are none.
inline void WriteCoordinate(JsonWriter& json, std::string_view name, std::string_view degrees) {
  json.Key(name);
  if (degrees.empty()) {
    json.Null();
  } else {
    json.Number(degrees);
  }
}

/// The member "issues".
inline void WriteIssues(JsonWriter& json, const std::vector<Issue>& issues) {
  json.Key("issues").BeginArray();
  for (const Issue& issue : issues) {
    json.BeginObject().Member("code", issue.code).Member("detail", issue.detail).EndObject();
  }
  json.EndArray();
}

}  // namespace weir::model
