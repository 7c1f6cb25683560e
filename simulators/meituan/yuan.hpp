// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace weir::simulators::meituan {

/// An amount in fen. The platform itself reckons in these; how it writes them differs by field.
using Fen = std::int64_t;

/// As Java writes a double: "37.0", "31.5", "12.34".
[[nodiscard]] std::string Yuan(Fen amount);

/// As short as it goes: "37", "31.5", "12.34"; inside `detail` and `extras`.
[[nodiscard]] std::string ShortYuan(Fen amount);

}  // namespace weir::simulators::meituan
