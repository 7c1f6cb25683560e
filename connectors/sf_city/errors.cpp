// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_city/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace weir::connectors::sf_city {
namespace {

struct RemoteError {
  std::string_view code;
  ErrorKind kind;
  std::string_view meaning;  ///< Ours.
};

/// The codes that were seen (protocol §2.4).
constexpr std::array kErrors{
    RemoteError{"1202", ErrorKind::kRejected, "a parameter is missing or wrong"},
};

struct Saying {
  std::string_view words;
  ErrorKind kind;
  std::string_view meaning;
};

/// What SF's people write, whatever the code beside it.
constexpr std::array kSayings{
    Saying{"签名", ErrorKind::kUnauthorized, "the signature or its key is wrong"},
    Saying{"开发者", ErrorKind::kUnauthorized, "the developer is not known or has no right"},
    Saying{"频繁", ErrorKind::kRateLimited, "called too often"},
    Saying{"订单不存在", ErrorKind::kNotFound, "there is no such order"},
};

}  // namespace

Error ToError(std::string_view code, std::string_view error_msg) {
  constexpr std::size_t kLongest = 64;
  code = code.substr(0, kLongest);
  Error error{.kind = ErrorKind::kRejected,
              .message = {},
              .remote_code = std::string(code),
              .retry_after = std::nullopt};
  std::string_view meaning = "refused";
  const auto* const known = std::ranges::find(kErrors, code, &RemoteError::code);
  const auto* const said = std::ranges::find_if(
      kSayings, [error_msg](const Saying& saying) { return error_msg.contains(saying.words); });
  if (said != kSayings.end()) {
    error.kind = said->kind;
    meaning = said->meaning;
  } else if (known != kErrors.end()) {
    error.kind = known->kind;
    meaning = known->meaning;
  }
  error.message = fmt::format("SF intra-city answers {}: {}.", code, meaning);
  return error;
}

}  // namespace weir::connectors::sf_city
