// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>

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

/// What nothing took of a list's objects, as a JSON array for `extra`.
class RestList {
 public:
  RestList() : json_(rest_) { json_.BeginArray(); }
  RestList(const RestList&) = delete;
  RestList& operator=(const RestList&) = delete;

  /// The rest of one object, beneath `name` and `value`, which say where it belongs.
  template <typename Object>
  void Add(const Object& object, std::string_view name = {}, std::string_view value = {}) {
    if (!object.has_rest()) return;
    if (!any_) rest_.reserve(kUsualSize);
    any_ = true;
    json_.BeginObject();
    if (!name.empty()) json_.Member(name, value);
    object.WriteRest(json_);
    json_.EndObject();
  }

  /// Empty when all of every object was taken. Once.
  [[nodiscard]] std::string Take() {
    json_.EndArray();
    return any_ ? std::move(rest_) : std::string();
  }

 private:
  static constexpr std::size_t kUsualSize = 512;

  std::string rest_;
  JsonWriter json_;
  bool any_ = false;
};

}  // namespace weir::mapping
