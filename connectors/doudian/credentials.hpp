// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/error.hpp"
#include "base/secret.hpp"
#include "connectors/connection.hpp"
#include "connectors/doudian/signer.hpp"

namespace weir::connectors::doudian {

/// Where a call's parameters travel (protocol B1).
enum class Transport {
  kBody,   ///< Public ones in the query, param_json as the body: the vendor's own clients.
  kForm,   ///< All in a form body.
  kQuery,  ///< All in the query.
};

enum class TimestampForm { kSeconds, kText /**< "2023-11-15 06:13:20", Beijing's. */ };

/// How the platform is called: what its documents leave open or have changed. Each is an option of
/// the connection, under the same name.
struct Manner {
  Transport transport = Transport::kBody;             ///< "body", "form" or "query".
  TimestampForm timestamp = TimestampForm::kSeconds;  ///< "seconds" or "text".
  SignMethod sign_method = SignMethod::kHmacSha256;   ///< "hmac-sha256" or "md5".
  bool test_shop = false;  ///< "true" or "false": tokens are asked for a test shop.
};

/// What a connection to Doudian is told, checked.
struct Credentials {
  std::string app_key;  ///< Public: it travels in every call.
  Secret app_secret;
  Secret authorization_code;  ///< A tool application's one-time code; empty: a self-use one.
  std::string shop_id;        ///< Whose token a self-use application asks for; a number.
  std::string base_url;       ///< Without a slash at its end.
  Manner manner;
};

/// kMalformed, with a sentence for the operator, when a credential is missing, empty or unknown, or
/// an option is not one of its words.
[[nodiscard]] Result<Credentials> ParseCredentials(const ConnectionOptions& options);

}  // namespace weir::connectors::doudian
