// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/json_writer.hpp"

namespace weir::mapping {

/// What nothing took of an object (Members), as a JSON object for `extra`; empty when all was
/// taken.
template <typename Object>
[[nodiscard]] std::string RestOf(const Object& object) {
  std::string rest;
  if (!object.has_rest()) return rest;
  JsonWriter json(rest);
  json.BeginObject();
  object.WriteRest(json);
  json.EndObject();
  return rest;
}

}  // namespace weir::mapping
