// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// application/x-www-form-urlencoded, both ways.
namespace weir::simulators {

/// Names and values in the order of the message.
using Fields = std::vector<std::pair<std::string, std::string>>;

/// The value under `name`, the first one; nullptr without one.
[[nodiscard]] const std::string* Find(const Fields& fields, std::string_view name);

/// Blanks become '+', everything else but [A-Za-z0-9-._~] %XX.
[[nodiscard]] std::string FormEncode(std::string_view text);

/// "a=1&b=". A piece without '=' is a name with an empty value; nullopt when a '%' is broken.
[[nodiscard]] std::optional<Fields> ParseForm(std::string_view text);

/// Changes one character of one of the fields, which are at least one; never to what it was.
void Tamper(Fields& fields, std::size_t which);

}  // namespace weir::simulators
