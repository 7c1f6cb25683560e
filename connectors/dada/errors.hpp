// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/error.hpp"

/// Dada's codes (protocol §10).
namespace weir::connectors::dada {

inline constexpr std::string_view kOk = "0";
inline constexpr std::string_view kUnknownOrder = "2005";
/// A tip must be above the one that stands, so it also says that the same stands already.
inline constexpr std::string_view kTipNotAbove = "2057";

/// What a code asks of the caller.
enum class CodeClass : std::uint8_t {
  kRetry,          ///< The same again, later.
  kDone,           ///< It has been done before: read its state.
  kQuoteExpired,   ///< Order without the quote.
  kConfiguration,  ///< A person must act: keys, the merchant's or the shop's standing.
  kMoney,          ///< A person must act: the account is empty.
  kBadRequest,     ///< Never the same again.
  kWrongState,     ///< It has moved on: read its state.
  kNotFound,
  kSandboxOnly,
};

struct RemoteError {
  std::int64_t code;
  ErrorKind kind;
  CodeClass klass;
  std::string_view meaning;  ///< Ours: what Dada writes beside a code may hold personal data.
};

/// The row of a code; nothing for one that is not known.
[[nodiscard]] std::optional<RemoteError> FindError(std::string_view code);

/// An Error that says what `code` means: kRejected when it is not known.
[[nodiscard]] Error ToError(std::string_view code);

/// Whether `error` is an answer of that class.
[[nodiscard]] bool Is(const Error& error, CodeClass klass);

}  // namespace weir::connectors::dada
