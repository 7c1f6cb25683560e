// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mapping/field_reader.hpp"
#include "model/review_facts.hpp"

/// What the platforms' reviews and menus have in common.
namespace weir::mapping {

/// Whole stars, 1 to 5, on our scale; 0 and nothing are "not rated".
[[nodiscard]] std::optional<model::Score> Stars(FieldReader& reader, std::string_view name,
                                                const Value& value);

/// Texts that come as a list, or as one text parted by commas (',' or the full-width one). Absent
/// when the value is empty; empty texts are left out. At most 256.
[[nodiscard]] std::optional<std::vector<std::string>> TextList(const Value& value);

}  // namespace weir::mapping
