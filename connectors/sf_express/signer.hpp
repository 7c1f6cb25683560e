// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/secret.hpp"

/// The signature of a call (protocol §1.2).
namespace weir::connectors::sf_express {

/// As Java's URLEncoder does: a blank becomes '+', everything else but [A-Za-z0-9.*_-] %XX.
[[nodiscard]] std::string JavaUrlEncode(std::string_view text);

/// What of a call is signed.
struct SignedText {
  std::string_view message;    ///< `msgData`, byte for byte as it is sent, before form-encoding.
  std::string_view timestamp;  ///< As it is sent.
};

/// The base64 of the MD5 of message, timestamp and check word, encoded by Java's rules.
[[nodiscard]] std::string Sign(const SignedText& text, const Secret& check_word);

/// The same without that encoding: the platform's "simple MD5".
[[nodiscard]] std::string SignSimply(const SignedText& text, const Secret& check_word);

}  // namespace weir::connectors::sf_express
