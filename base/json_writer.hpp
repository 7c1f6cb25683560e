// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/money.hpp"

namespace weir {

/// The one JSON writer: appends compact JSON to a string the caller owns and may reuse.
///
/// Commas are its own business; the caller opens, names and closes. Text is escaped as RFC 8259
/// asks, and broken UTF-8 is replaced by U+FFFD, so what comes out is always valid JSON.
///
///   JsonWriter json(buffer);
///   json.BeginObject().Member("id", id).Key("items").BeginArray()...EndArray().EndObject();
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  JsonWriter& BeginObject();
  JsonWriter& EndObject();
  JsonWriter& BeginArray();
  JsonWriter& EndArray();
  JsonWriter& Key(std::string_view name);

  JsonWriter& String(std::string_view text);
  JsonWriter& Int(std::int64_t value);
  JsonWriter& Uint(std::uint64_t value);
  JsonWriter& Bool(bool value);
  JsonWriter& Null();
  /// Writes decimal text as a JSON number. What is not one, has an exponent or is longer than 64
  /// bytes is written as a string: every reader's number holds the rest.
  JsonWriter& Number(std::string_view decimal_text);
  /// Appends JSON that is known to be valid.
  JsonWriter& Raw(std::string_view json);

  JsonWriter& Member(std::string_view name, std::string_view text) {
    return Key(name).String(text);
  }
  JsonWriter& Member(std::string_view name, const char* text) { return Key(name).String(text); }
  JsonWriter& Member(std::string_view name, const std::string& text) {
    return Key(name).String(text);
  }
  JsonWriter& Member(std::string_view name, bool value) { return Key(name).Bool(value); }
  JsonWriter& Member(std::string_view name, std::int64_t value) { return Key(name).Int(value); }
  JsonWriter& Member(std::string_view name, int value) { return Key(name).Int(value); }
  JsonWriter& Member(std::string_view name, std::uint64_t value) { return Key(name).Uint(value); }
  /// Minor units.
  JsonWriter& Member(std::string_view name, Money value) { return Key(name).Int(value.fen()); }
  /// RFC 3339.
  JsonWriter& Member(std::string_view name, Instant value);
  template <typename T>
  JsonWriter& Member(std::string_view name, const std::optional<T>& value) {
    return value ? Member(name, *value) : Key(name).Null();
  }

 private:
  void Separate();
  std::string& out_;
  bool needs_comma_ = false;
};

}  // namespace weir
