// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

/// How a call that may fail reports its failure.
///
/// Failures a healthy gateway meets every day (a platform says no, a socket
/// closes, a payload is malformed) are values. Exceptions are left for broken
/// invariants and for a configuration that must stop the process at start-up.
namespace weir {

/// What the caller can do about a failure. Retry, alerting and the HTTP status
/// of the merchant API are all decided from this value alone.
enum class ErrorKind {
  kTransport,     ///< No complete answer arrived: DNS, TCP, TLS or timeout.
  kRateLimited,   ///< The other side, or our own back-pressure, asked for a pause; see retry_after.
  kUnauthorized,  ///< Key, token or signature refused. A person has to act.
  kRejected,      ///< Understood and refused; the same request fails again.
  kNotFound,      ///< The other side does not know this shop, order, file or record.
  kMalformed,     ///< The bytes break the documented format.
  kConflict,      ///< The record moved on since it was read.
  kInternal,      ///< Our own fault: storage, mapping table, lost invariant.
};

struct Error {
  ErrorKind kind = ErrorKind::kInternal;
  std::string message{};      ///< One English sentence. Never a secret or a phone number.
  std::string remote_code{};  ///< The platform's own code, e.g. "1001"; empty if none.
  std::optional<std::chrono::seconds> retry_after{};
};

template <typename T>
using Result = std::expected<T, Error>;

/// An Error ready to be returned from a function that returns any Result.
[[nodiscard]] inline std::unexpected<Error> Fail(ErrorKind kind, std::string message) {
  return std::unexpected(Error{.kind = kind, .message = std::move(message)});
}

/// True when the same request may succeed later without anyone acting.
[[nodiscard]] bool IsTransient(ErrorKind kind) noexcept;

/// The kind's stable word, e.g. "rate_limited", for logs and metrics.
[[nodiscard]] std::string_view Name(ErrorKind kind) noexcept;

}  // namespace weir
