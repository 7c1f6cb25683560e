// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "mapping/field_reader.hpp"

namespace weir::mapping::dada {

/// `distance`, a number with decimals: its whole metres.
[[nodiscard]] inline std::optional<std::int64_t> ReadMetres(FieldReader& reader,
                                                            const Value& value) {
  const std::string_view text = value.text();
  return reader.Integer("distance", Value(text.substr(0, text.find('.'))));
}

}  // namespace weir::mapping::dada
