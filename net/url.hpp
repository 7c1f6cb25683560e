// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace weir::net {

/// An absolute http or https URL, split.
struct Url {
  std::string scheme;  ///< "http" or "https".
  std::string host;    ///< Lower case; an IPv6 address stands without its brackets.
  std::uint16_t port = 0;
  std::string target;  ///< Origin form, as it was written: "/path?query".

  [[nodiscard]] bool is_tls() const { return scheme == "https"; }
  /// The Host field: the port only where it is not the scheme's own.
  [[nodiscard]] std::string authority() const;
  [[nodiscard]] std::string origin() const;  ///< "https://host:8443", for keys and logs.
};

/// kMalformed for another scheme, user info, an empty host, a port out of range, or any character
/// that does not belong in a URL. A fragment is dropped. Errors never quote the URL, whose query
/// may hold a secret.
[[nodiscard]] Result<Url> ParseUrl(std::string_view text);

}  // namespace weir::net
