// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
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
  /// "whsec_" and the base64 of 24 to 64 bytes; kMalformed, without a part of it, for all else. It
  /// signs until then; unset: always.
  [[nodiscard]] static Result<SigningKey> Parse(std::string_view text,
                                                std::optional<Instant> until = std::nullopt);

  [[nodiscard]] std::string_view bytes() const { return bytes_.Reveal(); }
  [[nodiscard]] bool SignsAt(Instant at) const { return !until_ || at < *until_; }

 private:
  SigningKey(std::string bytes, std::optional<Instant> until)
      : bytes_(std::move(bytes)), until_(until) {}
  Secret bytes_;
  std::optional<Instant> until_;
};

/// The value of `webhook-signature`: "v1,<base64>" for each key that signs then, a space between
/// them, so that a receiver that knows any of them is content. At least one does.
[[nodiscard]] std::string Sign(std::span<const SigningKey> keys, std::string_view id, Instant at,
                               std::string_view body);

}  // namespace weir::webhooks
