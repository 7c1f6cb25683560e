// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "simulators/form.hpp"

namespace weir::simulators::douyin {

/// X-Douyin-Signature (protocol notes A7): SHA-1, lower-case hex, over secret and body.
[[nodiscard]] std::string SignWebhook(std::string_view body, std::string_view secret);

/// The two signatures of an SPI call (protocol notes A8).
struct SpiSignatures {
  std::string fresh;  ///< x-life-sign: SHA-256.
  std::string old;    ///< `sign` of the query: MD5.
};

/// Over the query's decoded fields but `sign`, sorted, and the body unless it is empty.
[[nodiscard]] SpiSignatures SignSpi(Fields query, std::string_view body, std::string_view secret);

/// The key that personal data is encrypted with: the secret forced to 32 bytes (protocol notes
/// A10).
[[nodiscard]] std::string CipherKey(std::string_view secret);

/// AES-256-CBC with PKCS7 under CipherKey, its last 16 bytes as the IV; in Base64.
[[nodiscard]] std::string Encrypt(std::string_view plain, std::string_view secret);

/// nullopt when `cipher` is not what Encrypt makes under this secret.
[[nodiscard]] std::optional<std::string> Decrypt(std::string_view cipher, std::string_view secret);

}  // namespace weir::simulators::douyin
