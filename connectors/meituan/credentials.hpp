// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/error.hpp"
#include "base/secret.hpp"
#include "connectors/connection.hpp"

namespace weir::connectors::meituan {

/// What a connection to Meituan is told, checked.
struct Credentials {
  std::string app_id;  ///< Public: it travels in every URL.
  Secret app_secret;
  std::string base_url;    ///< Without a slash at its end.
  std::string public_url;  ///< Without a slash at its end; part of every push's signed text.
};

/// kMalformed, with a sentence for the operator, when a credential is missing, empty or unknown, or
/// when there is no public URL to check pushes against.
[[nodiscard]] Result<Credentials> ParseCredentials(const ConnectionOptions& options);

}  // namespace weir::connectors::meituan
