// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace weir::simulators::doudian {

/// What a call's signature covers besides the secret (protocol notes B1).
struct SignedCall {
  std::string_view app_key;
  std::string_view method;
  std::string_view param_json;  ///< As it is written canonically.
  std::string_view timestamp;
  std::string_view sign_method;  ///< "hmac-sha256"; "md5" and empty: MD5.
};

/// Lower-case hex; empty for a sign_method that nobody knows.
[[nodiscard]] std::string SignCall(const SignedCall& call, std::string_view secret);

/// `object` with its keys sorted on every level, without blanks and without needless escapes;
/// nullopt when it is no JSON object. Empty text is the empty object.
[[nodiscard]] std::optional<std::string> Canonical(std::string_view object);

/// The event-sign of a push (protocol notes B9): MD5, lower-case hex.
[[nodiscard]] std::string SignPush(std::string_view app_key, std::string_view body,
                                   std::string_view secret);

}  // namespace weir::simulators::doudian
