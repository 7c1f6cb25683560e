// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/instant.hpp"

/// The envelope of Ele.me's retail platform (protocol §2): a form around a JSON body.
namespace weir::mapping::eleme::retail {

/// How payloads are written, pushes and answers alike.
inline constexpr std::string_view kDialect = "retail";

/// A decoded push.
class Push {
 public:
  struct Field {
    std::string_view name;
    std::string value;
    bool told = false;  ///< An empty field is signed, a missing one is not.
  };
  /// By name, as they are signed. What else the form holds is signed by nobody and not looked at.
  using Fields = std::array<Field, 8>;

  /// kMalformed for a form that cannot be read, and for one that has some of the fields every push
  /// has and lacks others. No field at all decodes as an empty push.
  [[nodiscard]] static Result<Push> Decode(std::string_view form);

  [[nodiscard]] const Fields& fields() const { return fields_; }
  /// True when none of the fields is there, nor a signature.
  [[nodiscard]] bool empty() const;
  /// The JSON, byte for byte as it is signed.
  [[nodiscard]] std::string_view body() const { return fields_[1].value; }
  [[nodiscard]] std::string_view cmd() const { return fields_[2].value; }
  [[nodiscard]] std::string_view encrypt() const { return fields_[3].value; }
  [[nodiscard]] std::string_view source() const { return fields_[4].value; }
  [[nodiscard]] std::string_view ticket() const { return fields_[5].value; }
  [[nodiscard]] std::string_view timestamp() const { return fields_[6].value; }
  [[nodiscard]] std::string_view version() const { return fields_[7].value; }
  [[nodiscard]] std::string_view sign() const { return sign_; }
  /// Nothing when there is no readable timestamp.
  [[nodiscard]] std::optional<Instant> sent_at() const;

  /// Digest of what copies of a message have in common: command, account, body and how it is
  /// written.
  [[nodiscard]] ContentDigest Content() const;

 private:
  Push() = default;

  Fields fields_{{{"access_token", {}},
                  {"body", {}},
                  {"cmd", {}},
                  {"encrypt", {}},
                  {"source", {}},
                  {"ticket", {}},
                  {"timestamp", {}},
                  {"version", {}}}};
  std::string sign_;
};

}  // namespace weir::mapping::eleme::retail
