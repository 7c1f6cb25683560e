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

/// How the platform is called: what its documents leave open or have changed.
struct Manner {
  Transport transport = Transport::kBody;
  TimestampForm timestamp = TimestampForm::kSeconds;
  SignMethod sign_method = SignMethod::kHmacSha256;
  Secret code;             ///< The one-time code of a tool application; empty: a self-use one.
  bool test_shop = false;  ///< Tokens are asked for a test shop.
};

/// What a connection to Doudian is told, checked.
struct Credentials {
  std::string app_key;  ///< Public: it travels in every call.
  Secret app_secret;
  std::string shop_id;   ///< Whose token a self-use application asks for; a number.
  std::string base_url;  ///< Without a slash at its end.
  Manner manner;
};

/// kMalformed, with a sentence for the operator, when a credential is missing, empty or unknown.
[[nodiscard]] Result<Credentials> ParseCredentials(const ConnectionOptions& options);

}  // namespace weir::connectors::doudian
