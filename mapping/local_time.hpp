// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "mapping/field_reader.hpp"

namespace weir::mapping {

/// "2023-11-15 08:00:00" (or with 'T') in `zone`, or "2023-11-15", which is that day's beginning.
/// Nothing for an empty value; anything else is a malformed field.
[[nodiscard]] inline std::optional<Instant> DayOrTime(FieldReader& reader, std::string_view name,
                                                      const Value& value, Zone zone) {
  constexpr std::size_t kDay = 10;
  if (value.empty()) return std::nullopt;
  std::string text(value.text());
  if (text.size() == kDay) text += " 00:00:00";
  const auto at = ParseLocalTime(text, zone);
  if (at) return *at;
  reader.Malformed(name);
  return std::nullopt;
}

}  // namespace weir::mapping
