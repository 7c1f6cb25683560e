// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace weir::simulators {

/// An amount in fen. Platforms reckon in these; how they write them differs by field.
using Fen = std::int64_t;

/// As Java writes a double: "37.0", "31.5", "12.34".
[[nodiscard]] std::string Yuan(Fen amount);

/// As short as it goes: "37", "31.5", "12.34".
[[nodiscard]] std::string ShortYuan(Fen amount);

}  // namespace weir::simulators
