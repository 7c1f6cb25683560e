// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/money.hpp"
#include "mapping/json.hpp"
#include "model/order_facts.hpp"

namespace weir::mapping {

/// Reads values into types. An empty value reads as nothing. A value that breaks its format reads
/// as nothing too, and an issue "malformed_field" names it (never its content): one broken field
/// does not cost the message.
class FieldReader {
 public:
  /// `issues` outlives the reader.
  explicit FieldReader(std::vector<model::Issue>& issues) : issues_(issues) {}

  std::optional<Money> Yuan(std::string_view name, const Value& value);
  std::optional<Money> Fen(std::string_view name, const Value& value);
  /// "2" and "2.0" are 2.
  std::optional<std::int64_t> Integer(std::string_view name, const Value& value);
  /// Unix seconds. Zero means "has not happened" on every platform: nothing.
  std::optional<Instant> Seconds(std::string_view name, const Value& value);
  /// Unix milliseconds; zero as above.
  std::optional<Instant> Milliseconds(std::string_view name, const Value& value);
  /// "2023-11-15T06:13:20" in `zone`.
  std::optional<Instant> LocalTime(std::string_view name, const Value& value, Zone zone);
  /// Non-negative decimal text, normalised.
  std::optional<std::string> Quantity(std::string_view name, const Value& value);
  /// An array; nothing when the value is empty or another thing.
  std::optional<Structure> Array(std::string_view name, const Value& value);
  /// An object; nothing when the value is empty or another thing.
  std::optional<Structure> Object(std::string_view name, const Value& value);

  /// Says that `name` could not be read; once for each name.
  void Malformed(std::string_view name);

 private:
  /// Units of 1970; nothing for zero and below, and for what is beyond the year 5138.
  template <typename Unit>
  std::optional<Instant> Since1970(std::string_view name, const Value& value);
  template <typename T>
  std::optional<T> Checked(std::string_view name, const Value& value, std::optional<T> read);
  std::optional<Structure> Opened(std::string_view name, const Value& value, bool array);

  std::vector<model::Issue>& issues_;
};

}  // namespace weir::mapping
