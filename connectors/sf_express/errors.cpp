// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_express/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace weir::connectors::sf_express {
namespace {

struct RemoteError {
  std::string_view code;
  ErrorKind kind;
  std::string_view meaning;  ///< Ours: what is written beside a code may hold personal data.
};

/// Sorted. Only A1005, A1009 and A1099 pass by themselves.
constexpr std::array kErrors{
    RemoteError{"1010", ErrorKind::kRejected, "the sender has no address"},
    RemoteError{"1011", ErrorKind::kRejected, "the sender has no name"},
    RemoteError{"1012", ErrorKind::kRejected, "the sender has no phone number"},
    RemoteError{"1014", ErrorKind::kRejected, "the receiver has no address"},
    RemoteError{"1015", ErrorKind::kRejected, "the receiver has no name"},
    RemoteError{"1016", ErrorKind::kRejected, "the receiver has no phone number"},
    RemoteError{"1020", ErrorKind::kRejected, "a parcel abroad needs a post code"},
    RemoteError{"1023", ErrorKind::kRejected, "the goods have no name"},
    RemoteError{"1028", ErrorKind::kRejected, "a parcel abroad needs its number of goods"},
    RemoteError{"1038", ErrorKind::kRejected, "a parcel abroad needs a declared value"},
    RemoteError{"20011", ErrorKind::kRejected, "the product does not deliver at that time"},
    RemoteError{"20012", ErrorKind::kRejected, "timed delivery carries at most 300 kg"},
    RemoteError{"20035", ErrorKind::kRejected, "these goods are prohibited"},
    RemoteError{"20036", ErrorKind::kRejected, "this product does not apply"},
    RemoteError{"6126", ErrorKind::kRejected, "the monthly card is wrong"},
    RemoteError{"6127", ErrorKind::kRejected, "a value-added service has no name"},
    RemoteError{"6128", ErrorKind::kRejected, "a value-added service is not known"},
    RemoteError{"6130", ErrorKind::kRejected, "the volume is wrong"},
    RemoteError{"6138", ErrorKind::kRejected, "the amount to be collected is wrong"},
    RemoteError{"6139", ErrorKind::kRejected, "the amount to be collected is below zero"},
    RemoteError{"6150", ErrorKind::kNotFound, "there is no such order"},
    RemoteError{"6200", ErrorKind::kRejected, "a parcel abroad needs the sender's post code"},
    RemoteError{"6201", ErrorKind::kRejected, "a parcel abroad needs the receiver's post code"},
    RemoteError{"6202", ErrorKind::kRejected, "a parcel abroad needs its number of goods"},
    RemoteError{"6203", ErrorKind::kRejected, "a parcel abroad needs the unit of its goods"},
    RemoteError{"6204", ErrorKind::kRejected, "a parcel abroad needs the weight of its goods"},
    RemoteError{"6205", ErrorKind::kRejected, "a parcel abroad needs the price of its goods"},
    RemoteError{"6206", ErrorKind::kRejected, "a parcel abroad needs a currency"},
    RemoteError{"6207", ErrorKind::kRejected, "a parcel abroad needs the origin of its goods"},
    RemoteError{"8003", ErrorKind::kRejected, "too many numbers in one query"},
    RemoteError{"8013", ErrorKind::kRejected, "the query names no number"},
    RemoteError{"8016", ErrorKind::kConflict, "this order was placed before"},
    RemoteError{"8017", ErrorKind::kRejected, "order and waybill do not belong together"},
    RemoteError{"8018", ErrorKind::kNotFound, "there is no such order"},
    RemoteError{"8019", ErrorKind::kConflict, "the order was confirmed or cancelled before"},
    RemoteError{"8024", ErrorKind::kNotFound, "there is no such order"},
    RemoteError{"8027", ErrorKind::kRejected, "there is no such template"},
    RemoteError{"8037", ErrorKind::kConflict, "the order was cancelled before"},
    RemoteError{"8051", ErrorKind::kRejected, "timed delivery is not possible then"},
    RemoteError{"8052", ErrorKind::kRejected, "timed delivery is not possible from there"},
    RemoteError{"8053", ErrorKind::kRejected, "timed delivery is not possible to there"},
    RemoteError{"8057", ErrorKind::kRejected, "the product is missing or not set up"},
    RemoteError{"8067", ErrorKind::kRejected, "more child waybills than are allowed"},
    RemoteError{"8096", ErrorKind::kRejected, "nobody collects there today any more"},
    RemoteError{"8114", ErrorKind::kRejected, "this monthly card may not ship"},
    RemoteError{"8117", ErrorKind::kRejected, "more than 307 parcels"},
    RemoteError{"8119", ErrorKind::kRejected, "there is no such monthly card, or no longer"},
    RemoteError{"8148", ErrorKind::kNotFound, "there is no such waybill"},
    RemoteError{"8152", ErrorKind::kRejected, "the monthly card is not set up"},
    RemoteError{"8168", ErrorKind::kConflict, "it is on its way already"},
    RemoteError{"8177", ErrorKind::kRejected, "nothing more is taken in these peak days"},
    RemoteError{"8179", ErrorKind::kRejected, "the monthly card has no such agreement"},
    RemoteError{"8191", ErrorKind::kRejected, "the waybill's number is wrong"},
    RemoteError{"8194", ErrorKind::kRejected,
                "a parcel abroad needs a declared value and its currency"},
    RemoteError{"8196", ErrorKind::kRejected, "a phone number or address looks wrong"},
    RemoteError{"8247", ErrorKind::kRejected, "the waybill is not the account's"},
    RemoteError{"8252", ErrorKind::kConflict, "the order was confirmed before"},
    RemoteError{"8256", ErrorKind::kRejected, "this product cannot be paid that way"},
    RemoteError{"A1001", ErrorKind::kMalformed,
                "a required field is missing, or the form or its encoding is wrong"},
    RemoteError{"A1002", ErrorKind::kUnauthorized, "the token has expired"},
    RemoteError{"A1003", ErrorKind::kUnauthorized,
                "this address may not call; see the IP list in the console"},
    RemoteError{"A1004", ErrorKind::kUnauthorized,
                "this service is not bound to the account, or sandbox and production are mixed"},
    RemoteError{"A1005", ErrorKind::kRateLimited, "called too often"},
    RemoteError{"A1006", ErrorKind::kUnauthorized, "bad signature"},
    RemoteError{"A1007", ErrorKind::kConflict, "this request was made before"},
    RemoteError{"A1008", ErrorKind::kRejected, "the data cannot be decrypted"},
    RemoteError{"A1009", ErrorKind::kTransport, "the service behind the gateway is not there"},
    RemoteError{"A1010", ErrorKind::kUnauthorized, "the account is in its sandbox"},
    RemoteError{"A1011", ErrorKind::kUnauthorized, "the token or the credentials are not taken"},
    RemoteError{"A1099", ErrorKind::kTransport, "system error"},
    RemoteError{"S0001", ErrorKind::kMalformed, "the message is no JSON"},
    RemoteError{"S0002", ErrorKind::kRejected, "a required parameter is empty"},
    RemoteError{"S0003", ErrorKind::kRejected, "the data is wrong"},
};
static_assert(std::ranges::is_sorted(kErrors, {}, &RemoteError::code));

const RemoteError* Find(std::string_view code) {
  const auto* const row = std::ranges::lower_bound(kErrors, code, {}, &RemoteError::code);
  return row != kErrors.end() && row->code == code ? row : nullptr;
}

}  // namespace

Error ToError(std::string_view code) {
  constexpr std::size_t kLongest = 64;
  code = code.substr(0, kLongest);
  const RemoteError* const row = Find(code);
  return {.kind = row == nullptr ? ErrorKind::kRejected : row->kind,
          .message = fmt::format("SF Express answers {}: {}.", code,
                                 row == nullptr ? "refused" : row->meaning),
          .remote_code = std::string(code),
          .retry_after = std::nullopt};
}

bool IsKnownCode(std::string_view code) { return Find(code) != nullptr; }

bool IsTokenRefusal(const Error& error) {
  return error.remote_code == "A1011" || error.remote_code == "A1002";
}

}  // namespace weir::connectors::sf_express
