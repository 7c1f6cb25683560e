// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "base/error.hpp"
#include "base/secret.hpp"
#include "connectors/connection.hpp"

namespace weir::connectors::eleme {

/// Which of Ele.me's two platforms it is.
enum class Envelope : std::uint8_t {
  kNop,     ///< The restaurants' (protocol §1).
  kRetail,  ///< The shops' (protocol §2).
};

/// What a retail call does with a token. Of an authorised service provider's calls it is part, but
/// published clients differ in the rest.
enum class TokenUse : std::uint8_t { kNone, kSigned, kUnsigned };

/// What a connection to Ele.me is told, checked.
struct Credentials {
  /// The application's number, which travels in every push; retail: the account, `source`.
  std::string app_id;
  std::string app_key;  ///< Its name in calls and for tokens; public too. Retail: may be empty.
  Secret app_secret;
  std::string base_url;   ///< Of the API, without a slash at its end.
  std::string token_url;  ///< Where tokens are asked for.
  /// What a merchant's consent gave, for one token; empty where the application is the merchant's
  /// own.
  Secret authorization_code{};
  std::string redirect_uri{};  ///< Where that code was sent to.
  Envelope envelope = Envelope::kNop;
  TokenUse token_use = TokenUse::kNone;  ///< Retail.
};

/// kMalformed, with a sentence for the operator, when a credential is missing, empty or unknown, or
/// an option has no value that is known.
[[nodiscard]] Result<Credentials> ParseCredentials(const ConnectionOptions& options);

}  // namespace weir::connectors::eleme
