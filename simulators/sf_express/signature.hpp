// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace weir::simulators::sf_express {

/// How a digest was made.
enum class DigestForm : bool { kDocumented, kWithoutEncoding };

/// msgDigest of a text: message, timestamp and check word in a row (protocol notes 1.2).
[[nodiscard]] std::string DigestOf(std::string_view text, DigestForm form);

}  // namespace weir::simulators::sf_express
