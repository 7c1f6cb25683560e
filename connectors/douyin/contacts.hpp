// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/secret.hpp"

namespace weir::connectors::douyin {

/// What an encrypted name or phone says (protocol A10): Base64 of AES-256-CBC under the
/// application's secret. Nothing when it was not encrypted so, or does not say text.
[[nodiscard]] std::optional<std::string> Decrypt(std::string_view cipher, const Secret& secret);

/// The key the secret makes: 32 bytes. A shorter secret gets '#' at both ends, the odd one at its
/// front; of a longer one the middle is taken.
[[nodiscard]] std::string ContactKey(const Secret& secret);

}  // namespace weir::connectors::douyin
