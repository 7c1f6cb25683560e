// SPDX-License-Identifier: Apache-2.0
#include "base/error.hpp"

namespace weir {

bool IsTransient(ErrorKind kind) noexcept {
  return kind == ErrorKind::kTransport || kind == ErrorKind::kRateLimited;
}

std::string_view Name(ErrorKind kind) noexcept {
  switch (kind) {
    case ErrorKind::kTransport:
      return "transport";
    case ErrorKind::kRateLimited:
      return "rate_limited";
    case ErrorKind::kUnauthorized:
      return "unauthorized";
    case ErrorKind::kRejected:
      return "rejected";
    case ErrorKind::kNotFound:
      return "not_found";
    case ErrorKind::kMalformed:
      return "malformed";
    case ErrorKind::kConflict:
      return "conflict";
    case ErrorKind::kInternal:
      return "internal";
  }
  return "internal";
}

}  // namespace weir
