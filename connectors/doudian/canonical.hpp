// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"

/// JSON as Doudian signs it (protocol B1).
namespace weir::connectors::doudian {

/// The object `json` compact, with the members of every object sorted by name, text as UTF-8
/// without needless escapes and numbers as they are written. Of a name that comes twice the last
/// counts. kMalformed for what is no JSON object or nests deeper than 64.
[[nodiscard]] Result<std::string> Canonical(std::string_view json);

/// The same JSON with `<`, `>` and `&` escaped, as Go's serialiser writes them by default.
[[nodiscard]] std::string HtmlEscaped(std::string_view json);

}  // namespace weir::connectors::doudian
