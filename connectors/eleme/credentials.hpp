// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/error.hpp"
#include "base/secret.hpp"
#include "connectors/connection.hpp"

namespace weir::connectors::eleme {

/// What a connection to Ele.me is told, checked.
struct Credentials {
  std::string app_id;   ///< The application's number: it travels in every push.
  std::string app_key;  ///< Its name in calls; public too.
  Secret app_secret;
  std::string base_url;   ///< Of the API, without a slash at its end.
  std::string token_url;  ///< Where tokens are asked for: beside the API.
};

/// kMalformed, with a sentence for the operator, when a credential is missing, empty or unknown.
[[nodiscard]] Result<Credentials> ParseCredentials(const ConnectionOptions& options);

}  // namespace weir::connectors::eleme
