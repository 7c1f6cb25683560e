// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "base/secret.hpp"
#include "connectors/connection.hpp"

namespace weir::connectors::dada {

/// What a connection to Dada is told, checked.
struct Credentials {
  std::string app_key;  ///< Public: it travels in every call.
  Secret app_secret;
  std::string source_id;  ///< The merchant's number.
  std::string base_url;   ///< Without a slash at its end.
  std::string hook_url;   ///< Of this connection, without a slash at its end.
  /// What makes a callback's URL this connection's: at least 16 letters, digits, "-" or "_".
  Secret callback_token;
  std::string city_code;                   ///< Of every order; empty: not sent.
  std::optional<std::int64_t> cargo_type;  ///< Of every order (protocol §9.3).

  /// Where Dada tells of an order.
  [[nodiscard]] std::string CallbackUrl() const;
};

/// kMalformed, with a sentence for the operator, when a credential is missing, empty or unknown, or
/// an option is not what it may be.
[[nodiscard]] Result<Credentials> ParseCredentials(const ConnectionOptions& options);

}  // namespace weir::connectors::dada
