// SPDX-License-Identifier: Apache-2.0
#include "connectors/answers.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

namespace weir::connectors {

Error ToHttpError(std::string_view platform, unsigned status) {
  constexpr unsigned kTooMany = 429;
  ErrorKind kind = ErrorKind::kRejected;
  if (status >= 500) {
    kind = ErrorKind::kTransport;
  } else if (status == kTooMany) {
    kind = ErrorKind::kRateLimited;
  } else if (status == 401 || status == 403) {
    kind = ErrorKind::kUnauthorized;
  }
  return {.kind = kind,
          .message = fmt::format("{} answers HTTP {}.", platform, status),
          .remote_code = fmt::format("{}", status),
          .retry_after = std::nullopt};
}

net::Response MakeRefusal(const Error& error) {
  net::Response response;
  if (IsTransient(error.kind)) {
    response.status = 503;
  } else if (error.kind == ErrorKind::kUnauthorized) {
    response.status = 401;
  } else if (error.kind == ErrorKind::kMalformed) {
    response.status = 400;
  } else if (error.kind == ErrorKind::kNotFound) {
    response.status = 404;
  } else {
    response.status = 500;
  }
  if (error.retry_after) {
    response.headers.Add("Retry-After", fmt::format("{}", error.retry_after->count()));
  }
  return response;
}

std::string ToUpperHex(std::span<const std::uint8_t> digest) {
  std::string hex = ToHex(digest);
  std::ranges::transform(hex, hex.begin(), [](char c) {
    return c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return hex;
}

bool MatchesHex(std::span<const std::uint8_t> digest, std::string_view hex) {
  return ConstantTimeEqual(ToHex(digest), ToLower(hex));
}

}  // namespace weir::connectors
