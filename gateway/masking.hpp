// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace weir::gateway {

/// A record's JSON as a key without `read_personal` may see it: names, phones, addresses,
/// coordinates and invoice titles are masked, long runs of digits in free text too, and `extra`,
/// whose members nobody has classified, is left out.
[[nodiscard]] std::string MaskRecord(std::string_view json);

/// "张**": the first character and two asterisks; empty stays empty.
[[nodiscard]] std::string MaskName(std::string_view name);
/// "138****1234"; anything shorter than 8 characters becomes "****".
[[nodiscard]] std::string MaskPhone(std::string_view phone);
/// Runs of seven or more digits become asterisks.
[[nodiscard]] std::string MaskDigits(std::string_view text);

}  // namespace weir::gateway
