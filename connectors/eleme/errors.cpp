// SPDX-License-Identifier: Apache-2.0
#include "connectors/eleme/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace weir::connectors::eleme {
namespace {

/// Sorted; those of the token server are in lower case.
constexpr std::array kErrors{
    RemoteError{"ACCESS_DENIED", ErrorKind::kUnauthorized, "no right on this interface"},
    RemoteError{"EXCEED_LIMIT", ErrorKind::kRateLimited, "called too often"},
    RemoteError{"ILLEGAL_REQUEST", ErrorKind::kRejected, "the request is not understood"},
    RemoteError{"INVALID_SIGNATURE", ErrorKind::kUnauthorized, "bad signature"},
    RemoteError{"INVALID_TIMESTAMP", ErrorKind::kUnauthorized, "our clock is wrong"},
    RemoteError{"METHOD_NOT_ALLOWED", ErrorKind::kRejected, "no such interface"},
    RemoteError{"PERMISSION_DENIED", ErrorKind::kUnauthorized, "no right on this data"},
    RemoteError{"SERVER_ERROR", ErrorKind::kTransport, "system error"},
    RemoteError{"UNAUTHORIZED", ErrorKind::kUnauthorized, "the token is wrong or has expired"},
    RemoteError{"VALIDATION_FAILED", ErrorKind::kRejected, "a parameter is missing or wrong"},
    RemoteError{"access_denied", ErrorKind::kUnauthorized, "the authorisation is denied"},
    RemoteError{"invalid_client", ErrorKind::kUnauthorized, "app_key or app_secret is wrong"},
    RemoteError{"invalid_grant", ErrorKind::kUnauthorized,
                "the refresh token or the authorization code is not taken"},
    RemoteError{"invalid_token", ErrorKind::kUnauthorized, "the token is not taken"},
    RemoteError{"server_error", ErrorKind::kTransport, "system error"},
    RemoteError{"temporarily_unavailable", ErrorKind::kTransport, "system error"},
    RemoteError{"unauthorized_client", ErrorKind::kUnauthorized,
                "the application may not ask for tokens this way"},
};
static_assert(std::ranges::is_sorted(kErrors, {}, &RemoteError::code));

RemoteError Lookup(std::string_view code) {
  const auto* const row = std::ranges::lower_bound(kErrors, code, {}, &RemoteError::code);
  if (row != kErrors.end() && row->code == code) {
    return *row;
  }
  // The names of business codes are told nowhere; those that were seen end so.
  const bool missing =
      code.starts_with("BIZ_") && (code.ends_with("_NOT_EXIST") || code.ends_with("_NOT_EXISTS") ||
                                   code.ends_with("_NOT_FOUND"));
  return missing ? RemoteError{code, ErrorKind::kNotFound, "there is none"}
                 : RemoteError{code, ErrorKind::kRejected, "refused"};
}

}  // namespace

Error ToError(std::string_view code) {
  constexpr std::size_t kLongest = 64;
  code = code.substr(0, kLongest);
  const RemoteError row = Lookup(code);
  return {.kind = row.kind,
          .message = fmt::format("Ele.me answers {}: {}.", code, row.meaning),
          .remote_code = std::string(code),
          .retry_after = std::nullopt};
}

}  // namespace weir::connectors::eleme
