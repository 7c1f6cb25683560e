// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"

/// Query strings and application/x-www-form-urlencoded bodies.
namespace weir::net {

/// Decoded names and values in their order; a name may come twice, a value may be empty.
using Parameters = std::vector<std::pair<std::string, std::string>>;

enum class Decoding {
  kStrict,    ///< A '%' without two hex digits behind it is kMalformed.
  kTolerant,  ///< It stands for itself; nothing fails.
};

/// Splits at '&' and the first '=', then decodes once ('+' is a space). Empty pieces ("a=1&&b=2")
/// are skipped. Errors name the parameter, never its value.
[[nodiscard]] Result<Parameters> ParseQuery(std::string_view text, Decoding decoding);

/// The first value under `name`, compared exactly; nullptr if there is none.
[[nodiscard]] const std::string* FindParameter(const Parameters& parameters, std::string_view name);

}  // namespace weir::net
