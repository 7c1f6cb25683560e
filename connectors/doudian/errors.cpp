// SPDX-License-Identifier: Apache-2.0
#include "connectors/doudian/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace weir::connectors::doudian {
namespace {

using enum ErrorKind;

/// Sorted.
constexpr std::array kCodes{
    RemoteError{"10001", kRejected, "only a part was done"},
    RemoteError{"20000", kTransport, "service error"},
    RemoteError{"20001", kTransport, "the platform timed out inside"},
    RemoteError{"30001", kUnauthorized, "no permission"},
    RemoteError{"30002", kUnauthorized, "our address is not in the white list"},
    RemoteError{"40001", kRejected, "a public parameter is missing"},
    RemoteError{"40002", kRejected, "a parameter is missing"},
    RemoteError{"40003", kRejected, "a public parameter is wrong"},
    RemoteError{"40004", kRejected, "a parameter is wrong"},
    RemoteError{"50001", kRejected, "the platform could not do it"},
    RemoteError{"50002", kRejected, "the business refuses it"},
    RemoteError{"60000", kRateLimited, "called too often"},
    RemoteError{"70000", kRejected, "the interface is gone"},
    RemoteError{"80000", kRejected, "refused by security"},
    RemoteError{"90000", kRejected, "refused"},
};
static_assert(std::ranges::is_sorted(kCodes, {}, &RemoteError::code));

/// Sorted. What stands behind a colon of a sub_code and is not told here counts as what stands
/// before it.
constexpr std::array kSubCodes{
    RemoteError{"dop.app-forbidden", kUnauthorized, "the application is forbidden"},
    RemoteError{"dop.authorization-closed", kUnauthorized, "the shop has ended its consent"},
    RemoteError{"dop.authorization-no-existed", kUnauthorized, "the shop has not consented"},
    RemoteError{"dop.service-error", kTransport, "service error"},
    RemoteError{"dop.token-generate-failed", kUnauthorized, "no token is given"},
    RemoteError{"dop.token-generate-failed:app-secret-invalid", kUnauthorized,
                "app_secret is wrong"},
    RemoteError{"dop.token-generate-failed:code-expired", kUnauthorized, "the code has expired"},
    RemoteError{"dop.token-generate-failed:code-invalid", kUnauthorized, "the code is not taken"},
    RemoteError{"dop.token-generate-failed:grant-type-invalid", kUnauthorized,
                "the application may not ask for tokens this way"},
    RemoteError{"dop.token-generate-failed:no-authorization", kUnauthorized,
                "the shop has not consented"},
    RemoteError{"dop.token-generate-failed:token-expired", kUnauthorized,
                "the refresh token has expired"},
    RemoteError{"dop.token-generate-failed:token-invalid", kUnauthorized,
                "the refresh token is not taken"},
    RemoteError{"isp.api-service-off", kRejected, "the interface is gone"},
    RemoteError{"isp.service-error", kTransport, "service error"},
    RemoteError{"isv.access-token-expired", kUnauthorized, "the token has expired"},
    RemoteError{"isv.access-token-invalid", kUnauthorized, "the token is wrong"},
    RemoteError{"isv.access-token-missing", kUnauthorized, "the token is missing"},
    RemoteError{"isv.access-token-no-existed", kUnauthorized, "there is no such token"},
    RemoteError{"isv.app-id-invalid", kUnauthorized, "app_key is wrong"},
    RemoteError{"isv.app-id-missing", kUnauthorized, "app_key is missing"},
    RemoteError{"isv.app-permissions-insufficient", kUnauthorized, "no right on this interface"},
    RemoteError{"isv.business-failed", kRejected, "the business refuses it"},
    RemoteError{"isv.idempotent-id-existed", kConflict, "it was asked for before"},
    RemoteError{"isv.parameter-format-invalid", kRejected, "a parameter is wrong"},
    RemoteError{"isv.signature-invalid", kUnauthorized, "bad signature"},
    RemoteError{"isv.signature-missing", kUnauthorized, "the signature is missing"},
    RemoteError{"isv.timestamp-format-error", kUnauthorized, "the time is not understood"},
    RemoteError{"isv.timestamp-invalid", kUnauthorized, "our clock is wrong"},
};
static_assert(std::ranges::is_sorted(kSubCodes, {}, &RemoteError::code));

template <std::size_t N>
const RemoteError* Find(const std::array<RemoteError, N>& table, std::string_view code) {
  const auto row = std::ranges::lower_bound(table, code, {}, &RemoteError::code);
  return row != table.end() && row->code == code ? &*row : nullptr;
}

RemoteError Lookup(std::string_view code, std::string_view sub_code) {
  if (const auto* const row = Find(kSubCodes, sub_code)) return *row;
  if (const auto* const row = Find(kSubCodes, sub_code.substr(0, sub_code.find(':')))) return *row;
  if (const auto* const row = Find(kCodes, code)) return *row;
  return {code, kRejected, "refused"};
}

}  // namespace

Error ToError(std::string_view code, std::string_view sub_code) {
  constexpr std::size_t kLongest = 96;
  code = code.substr(0, kLongest);
  sub_code = sub_code.substr(0, kLongest);
  const RemoteError row = Lookup(code, sub_code);
  const std::string_view finer = sub_code.empty() ? code : sub_code;
  return {.kind = row.kind,
          .message = fmt::format("Doudian answers {}: {}.", finer, row.meaning),
          .remote_code = std::string(finer),
          .retry_after = std::nullopt};
}

bool IsTokenRefused(const Error& error) {
  return error.remote_code == "isv.access-token-expired" ||
         error.remote_code == "isv.access-token-no-existed";
}

}  // namespace weir::connectors::doudian
