// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/instant.hpp"
#include "base/secret.hpp"

/// Signatures as Standard Webhooks 1.0.0 asks for them (github.com/standard-webhooks).
namespace weir::webhooks {

/// A symmetric signing secret, decoded.
class SigningKey {
 public:
  /// "whsec_" and the base64 of 24 to 64 bytes; kMalformed, without a part of it, for all else.
  [[nodiscard]] static Result<SigningKey> Parse(std::string_view text);

  [[nodiscard]] std::string_view bytes() const { return bytes_.Reveal(); }

 private:
  explicit SigningKey(std::string bytes) : bytes_(std::move(bytes)) {}
  Secret bytes_;
};

/// The value of `webhook-signature`: "v1,<base64>" for each key, a space between them, so that a
/// receiver that knows any of them is content. `keys` is not empty.
[[nodiscard]] std::string Sign(std::span<const SigningKey> keys, std::string_view id, Instant at,
                               std::string_view body);

}  // namespace weir::webhooks
