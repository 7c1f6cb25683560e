// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string_view>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/instant.hpp"

/// Ele.me's pushes as they come: a JSON object of seven signed fields, one of them a text that
/// holds JSON (protocol §1.7).
namespace weir::mapping::eleme {

/// How payloads are written, pushes and answers alike: by NOP 1.0.0, the restaurants' protocol.
inline constexpr std::string_view kDialect = "nop";

/// A decoded push. It stays on the thread that made it.
class Push {
 public:
  struct Field {
    std::string_view name;
    /// Text without its quotes and escapes, a number as it is written; empty when missing.
    std::string_view value;
  };
  /// By name, as they are signed. What else the object holds is signed by nobody and not looked at.
  using Fields = std::array<Field, 7>;

  /// kMalformed for what is no JSON object. Nothing at all decodes as a push without fields.
  [[nodiscard]] static Result<Push> Decode(std::string_view body);

  [[nodiscard]] const Fields& fields() const { return fields_; }
  /// True when none of the fields is there, nor a signature.
  [[nodiscard]] bool empty() const;
  [[nodiscard]] std::string_view app_id() const { return fields_[0].value; }
  /// The message's JSON, byte for byte as it is signed.
  [[nodiscard]] std::string_view message() const { return fields_[1].value; }
  [[nodiscard]] std::string_view type() const { return fields_[5].value; }
  [[nodiscard]] std::string_view signature() const { return signature_; }
  /// Nothing when there is no readable timestamp.
  [[nodiscard]] std::optional<Instant> sent_at() const;

  /// Digest of what copies of a message have in common: type, shop, account and message.
  [[nodiscard]] ContentDigest Content() const;

 private:
  Push() = default;

  std::unique_ptr<char[]> texts_;  ///< What the fields point into; moves with the push.
  Fields fields_{{{"appId", {}},
                  {"message", {}},
                  {"requestId", {}},
                  {"shopId", {}},
                  {"timestamp", {}},
                  {"type", {}},
                  {"userId", {}}}};
  std::string_view signature_;
};

}  // namespace weir::mapping::eleme
