// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/digest.hpp"
#include "base/secret.hpp"

/// Doudian's signatures: pure functions (protocol B1, B9, B10). All are lower-case hex.
namespace weir::connectors::doudian {

enum class SignMethod { kMd5, kHmacSha256 };

/// As the query writes it: "md5", "hmac-sha256".
[[nodiscard]] constexpr std::string_view Name(SignMethod method) noexcept {
  return method == SignMethod::kMd5 ? "md5" : "hmac-sha256";
}

/// What a call signs between two secrets. `param_json` are the bytes that are sent.
struct CallText {
  std::string_view app_key;
  std::string_view method;  ///< "order.searchList"; empty in the platform's calls of us.
  std::string_view param_json;
  std::string_view timestamp;  ///< As the query has it.

  /// Of a call of ours.
  [[nodiscard]] std::string OfCall() const;
  /// Of a call of the platform's (SPI), which names neither method nor version.
  [[nodiscard]] std::string OfSpi() const;
};

/// Of a text that CallText made.
[[nodiscard]] std::string Sign(std::string_view text, const Secret& secret, SignMethod method);

/// `event-sign` of a push: MD5 of app_key, raw body and secret.
[[nodiscard]] Md5Digest EventSign(std::string_view app_key, std::string_view body,
                                  const Secret& secret);

}  // namespace weir::connectors::doudian
