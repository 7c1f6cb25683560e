// SPDX-License-Identifier: Apache-2.0
#include "connectors/douyin/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace weir::connectors::douyin {
namespace {

struct RemoteError {
  std::int64_t code;
  ErrorKind kind;
  std::string_view meaning;  ///< Ours: what Douyin writes beside a code may hold personal data.
};

/// Sorted.
constexpr std::array kErrors{
    RemoteError{2, ErrorKind::kConflict, "the coupon is used already"},
    RemoteError{1208, ErrorKind::kConflict, "the coupon is used already"},
    RemoteError{1212, ErrorKind::kNotFound, "no such coupon"},
    RemoteError{1221, ErrorKind::kRejected, "the code cannot be decrypted"},
    RemoteError{1229, ErrorKind::kRejected, "held back for its risk"},
    RemoteError{1241, ErrorKind::kRejected, "the times card is used up"},
    RemoteError{1250, ErrorKind::kRejected, "the coupon has expired or is not valid"},
    RemoteError{1263, ErrorKind::kRejected, "nothing is left to verify"},
    RemoteError{1265, ErrorKind::kConflict, "the verification is cancelled already"},
    RemoteError{1502, ErrorKind::kRejected, "the code is missing"},
    RemoteError{1508, ErrorKind::kUnauthorized, "the merchant has not authorised the application"},
    RemoteError{10002, ErrorKind::kRejected, "a parameter of the token's request is wrong"},
    RemoteError{10003, ErrorKind::kUnauthorized, "no such client_key"},
    RemoteError{10010, ErrorKind::kUnauthorized, "the refresh token has expired"},
    RemoteError{10013, ErrorKind::kUnauthorized, "client_key or client_secret is wrong"},
    RemoteError{10020, ErrorKind::kRateLimited, "tokens were asked for too often"},
    RemoteError{200002, ErrorKind::kRejected, "the body is not understood"},
    RemoteError{2100001, ErrorKind::kTransport, "unknown error"},
    RemoteError{2100004, ErrorKind::kTransport, "busy"},
    RemoteError{2100005, ErrorKind::kRejected, "a parameter is wrong"},
    RemoteError{2100007, ErrorKind::kUnauthorized, "no right on this"},
    RemoteError{2119001, ErrorKind::kRejected, "a parameter is wrong"},
    RemoteError{2119002, ErrorKind::kTransport, "busy"},
    RemoteError{2119003, ErrorKind::kRateLimited, "called too often"},
    RemoteError{2119005, ErrorKind::kUnauthorized,
                "the merchant has not authorised the application"},
    RemoteError{2119006, ErrorKind::kConflict, "the coupon is being given away"},
    RemoteError{2119007, ErrorKind::kConflict, "the order is in progress"},
    RemoteError{2119008, ErrorKind::kRejected, "blocked by the platform"},
    RemoteError{2119010, ErrorKind::kRejected, "the interface is gone"},
    RemoteError{2190001, ErrorKind::kRateLimited, "the quota is used up"},
    RemoteError{2190002, ErrorKind::kUnauthorized, "the token is not valid"},
    RemoteError{2190004, ErrorKind::kUnauthorized, "the application lacks this capability"},
    RemoteError{2190008, ErrorKind::kUnauthorized, "the token has expired"},
    RemoteError{2191000, ErrorKind::kTransport, "internal error"},
    RemoteError{3000001, ErrorKind::kTransport, "refused for now"},
    RemoteError{3100101, ErrorKind::kNotFound, "no such order"},
    RemoteError{4000001, ErrorKind::kRejected, "encrypted_code or order_id is missing"},
    RemoteError{kUseCursor, ErrorKind::kRejected, "beyond 10,000 orders a cursor is needed"},
    RemoteError{5000001, ErrorKind::kRejected, "refused"},
    RemoteError{28001005, ErrorKind::kTransport, "busy"},
    RemoteError{28001006, ErrorKind::kTransport, "network trouble"},
    RemoteError{28001007, ErrorKind::kRejected, "a parameter is wrong"},
    RemoteError{28001008, ErrorKind::kUnauthorized, "the token has expired"},
    RemoteError{28001018, ErrorKind::kUnauthorized, "the application lacks this capability"},
    RemoteError{28003017, ErrorKind::kRateLimited, "the quota is used up"},
    RemoteError{28003018, ErrorKind::kRateLimited, "called too often"},
    RemoteError{45005117, ErrorKind::kRejected, "the dynamic code has expired"},
};
static_assert(std::ranges::is_sorted(kErrors, {}, &RemoteError::code));

/// `sub_error_code` of the trade system, whose own codes, 2191000 to 2191009, say only where.
constexpr std::array kSubErrors{
    RemoteError{10000, ErrorKind::kRejected, "a parameter is wrong"},
    RemoteError{10002, ErrorKind::kRejected, "the body is not understood"},
    RemoteError{11001, ErrorKind::kUnauthorized, "it belongs to somebody else"},
    RemoteError{11002, ErrorKind::kUnauthorized, "the token is not valid"},
    RemoteError{11006, ErrorKind::kUnauthorized, "the merchant is not bound to the application"},
    RemoteError{12001, ErrorKind::kRateLimited, "called too often"},
    RemoteError{13000, ErrorKind::kTransport, "internal error"},
    RemoteError{20000, ErrorKind::kNotFound, "no such order"},
    RemoteError{20001, ErrorKind::kConflict, "the order is in another state"},
    RemoteError{20002, ErrorKind::kNotFound, "no such product"},
    RemoteError{20003, ErrorKind::kNotFound, "no such shop"},
    RemoteError{21001, ErrorKind::kRejected, "it cannot be verified"},
};
static_assert(std::ranges::is_sorted(kSubErrors, {}, &RemoteError::code));

constexpr std::array<std::string_view, 4> kTokenRefusals{"2190002", "2190008", "28001008", "11002"};

template <std::size_t N>
const RemoteError* Find(const std::array<RemoteError, N>& table, std::int64_t code) {
  const auto* const row = std::ranges::lower_bound(table, code, {}, &RemoteError::code);
  return row != table.end() && row->code == code ? row : nullptr;
}

}  // namespace

Error ToError(std::int64_t code, std::int64_t sub_code) {
  constexpr std::int64_t kTradeSystem = 2191;
  const RemoteError* row = Find(kErrors, code);
  if (const RemoteError* const sub = Find(kSubErrors, sub_code);
      sub != nullptr && (row == nullptr || code / 1000 == kTradeSystem)) {
    row = sub;
  }
  constexpr std::chrono::seconds kFloodWindow = std::chrono::minutes(5);
  constexpr std::int64_t kTokenFlood = 10020;
  const RemoteError known =
      row != nullptr ? *row : RemoteError{code, ErrorKind::kRejected, "refused"};
  return {.kind = known.kind,
          .message = fmt::format("Douyin answers {}: {}.", known.code, known.meaning),
          .remote_code = fmt::format("{}", known.code),
          .retry_after = code == kTokenFlood ? std::optional(kFloodWindow) : std::nullopt};
}

bool IsTokenRefusal(const Error& error) {
  return std::ranges::find(kTokenRefusals, error.remote_code) != kTokenRefusals.end();
}

bool IsAlreadyTakenBack(const Error& error) { return error.remote_code == "1265"; }

bool IsAlreadyVerified(std::int64_t code) { return code == 1208 || code == 2; }

}  // namespace weir::connectors::douyin
