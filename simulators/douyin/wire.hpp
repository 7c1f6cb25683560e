// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/json_writer.hpp"
#include "base/random.hpp"
#include "simulators/douyin/options.hpp"

/// How the platform writes what it writes now one way, now another.
namespace weir::simulators::douyin {

/// How one order is written, always the same.
struct Style {
  bool ids_as_numbers = false;
  bool milliseconds = false;
  bool times_as_text = false;
  bool unknown_members = false;
};

[[nodiscard]] Style DrawStyle(Random& random, const Quirks& quirks);

/// `id` is decimal digits.
void WriteId(JsonWriter& json, std::string_view name, std::string_view id, const Style& style);

/// `seconds` since 1970, 0 for never.
void WriteTime(JsonWriter& json, std::string_view name, std::int64_t seconds, const Style& style);

/// Where the style asks for it, members that no document names.
void WriteUnknown(JsonWriter& json, std::int64_t seconds, const Style& style);

/// One object, whose members `write` writes.
template <typename Write>
[[nodiscard]] std::string ObjectText(Write write) {
  std::string text;
  JsonWriter json(text);
  json.BeginObject();
  write(json);
  json.EndObject();
  return text;
}

/// A number of 19 digits that fits 63 bits, above 2^53 in any case; from `last` on, which it moves.
[[nodiscard]] std::string NextId(Random& random, std::uint64_t& last);

}  // namespace weir::simulators::douyin
