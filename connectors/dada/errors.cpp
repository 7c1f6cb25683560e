// SPDX-License-Identifier: Apache-2.0
#include "connectors/dada/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace weir::connectors::dada {
namespace {

using enum ErrorKind;

/// Sorted. -1 leaves open what was done; the other codes that pass say that nothing was. A state
/// that rules an act out does so for good, but for the two whose state was another than it was
/// taken for.
constexpr std::array kErrors{
    RemoteError{-1, kTransport, CodeClass::kRetry, "system error"},
    RemoteError{999, kRateLimited, CodeClass::kRetry, "maintenance: no orders are taken now"},
    RemoteError{1994, kRejected, CodeClass::kConfiguration, "format is not json"},
    RemoteError{1995, kRejected, CodeClass::kConfiguration, "body is missing"},
    RemoteError{1996, kRejected, CodeClass::kConfiguration, "v is not 1.0"},
    RemoteError{1997, kRejected, CodeClass::kBadRequest, "order_id is missing"},
    RemoteError{1998, kRejected, CodeClass::kConfiguration, "the number of parameters is wrong"},
    RemoteError{1999, kRejected, CodeClass::kConfiguration, "the Content-Type is wrong"},
    RemoteError{2000, kRejected, CodeClass::kConfiguration, "the parameters are missing"},
    RemoteError{2001, kUnauthorized, CodeClass::kConfiguration, "app_key is wrong"},
    RemoteError{2002, kUnauthorized, CodeClass::kConfiguration, "the application is not live"},
    RemoteError{2003, kUnauthorized, CodeClass::kConfiguration, "bad signature"},
    RemoteError{2004, kRejected, CodeClass::kConfiguration, "no such shop number"},
    RemoteError{2005, kNotFound, CodeClass::kNotFound, "no such order"},
    RemoteError{2006, kRejected, CodeClass::kBadRequest, "the order has no callback URL"},
    RemoteError{2007, kRejected, CodeClass::kBadRequest, "query is not as it should be"},
    RemoteError{2008, kUnauthorized, CodeClass::kConfiguration, "the token is missing"},
    RemoteError{2009, kRejected, CodeClass::kConfiguration, "timestamp is missing"},
    RemoteError{2010, kUnauthorized, CodeClass::kConfiguration, "the signature is missing"},
    RemoteError{2011, kNotFound, CodeClass::kNotFound, "no such order on Dada's side"},
    RemoteError{2012, kRateLimited, CodeClass::kRetry, "the order is being processed"},
    RemoteError{2013, kRejected, CodeClass::kBadRequest, "the parameters are wrong"},
    RemoteError{2043, kRejected, CodeClass::kConfiguration, "the shop is not approved"},
    RemoteError{2044, kRejected, CodeClass::kConfiguration, "the city is not served"},
    RemoteError{2045, kRejected, CodeClass::kConfiguration,
                "the merchant has no account to pay from"},
    RemoteError{2047, kRateLimited, CodeClass::kRetry, "prices cannot be told now"},
    RemoteError{2048, kRejected, CodeClass::kBadRequest, "the reason is missing"},
    RemoteError{2049, kRejected, CodeClass::kBadRequest, "the text of the reason is missing"},
    RemoteError{2050, kRejected, CodeClass::kWrongState, "it is being delivered"},
    RemoteError{2051, kRejected, CodeClass::kWrongState, "it has been delivered"},
    RemoteError{2052, kRejected, CodeClass::kWrongState, "it has expired"},
    RemoteError{2053, kRejected, CodeClass::kWrongState, "it cannot be cancelled"},
    RemoteError{2054, kRejected, CodeClass::kBadRequest, "the tip is no number"},
    RemoteError{2055, kRejected, CodeClass::kBadRequest, "the tip is below 1 yuan"},
    RemoteError{2056, kRejected, CodeClass::kBadRequest, "city_code is missing"},
    RemoteError{2057, kRejected, CodeClass::kBadRequest, "the tip is not above the former one"},
    RemoteError{2058, kRejected, CodeClass::kBadRequest, "the tip was not taken"},
    RemoteError{2059, kRejected, CodeClass::kWrongState, "no rider is being looked for any more"},
    RemoteError{2060, kRejected, CodeClass::kWrongState, "it has never been ordered"},
    RemoteError{2061, kRejected, CodeClass::kWrongState, "it has not come to an end"},
    RemoteError{2062, kConflict, CodeClass::kQuoteExpired, "the quote has expired"},
    RemoteError{2063, kConflict, CodeClass::kDone, "it is ordered already"},
    RemoteError{2064, kRejected, CodeClass::kWrongState, "it has not come to an end"},
    RemoteError{2065, kConflict, CodeClass::kDone, "the quote is used already"},
    RemoteError{2066, kConflict, CodeClass::kDone, "the quote is used already"},
    RemoteError{2067, kRateLimited, CodeClass::kRetry, "it was asked a moment ago"},
    RemoteError{2068, kRejected, CodeClass::kSandboxOnly, "only the sandbox does so"},
    RemoteError{2069, kRejected, CodeClass::kWrongState, "the order is not of this shop"},
    RemoteError{2070, kRejected, CodeClass::kWrongState, "a rider has taken the order"},
    RemoteError{2071, kRejected, CodeClass::kWrongState, "the rider may not be asked"},
    RemoteError{2072, kRejected, CodeClass::kWrongState, "no rider was asked"},
    RemoteError{2073, kConflict, CodeClass::kWrongState, "its state has changed meanwhile"},
    RemoteError{2074, kRejected, CodeClass::kWrongState, "the rider cannot be let go"},
    RemoteError{2075, kRejected, CodeClass::kBadRequest, "the reason is missing"},
    RemoteError{2076, kConflict, CodeClass::kDone, "it is cancelled already"},
    RemoteError{2077, kRejected, CodeClass::kBadRequest, "the tip is above the value of the order"},
    RemoteError{2078, kRejected, CodeClass::kBadRequest, "deliveryNo is missing"},
    RemoteError{2079, kRejected, CodeClass::kBadRequest, "the latitude is wrong"},
    RemoteError{2080, kRejected, CodeClass::kBadRequest, "the longitude is wrong"},
    RemoteError{2104, kRejected, CodeClass::kBadRequest, "origin_id is missing"},
    RemoteError{2105, kConflict, CodeClass::kDone, "it is ordered already"},
    RemoteError{2106, kRejected, CodeClass::kBadRequest, "pay_for_supplier_fee is missing"},
    RemoteError{2107, kRejected, CodeClass::kBadRequest, "fetch_from_receiver_fee is missing"},
    RemoteError{2108, kRejected, CodeClass::kBadRequest, "deliver_fee is missing"},
    RemoteError{2109, kRejected, CodeClass::kBadRequest, "is_prepay is missing"},
    RemoteError{2110, kRejected, CodeClass::kBadRequest, "the password is too weak"},
    RemoteError{2111, kRejected, CodeClass::kBadRequest, "cargo_type is missing"},
    RemoteError{2112, kRejected, CodeClass::kBadRequest, "cargo_weight is missing"},
    RemoteError{2113, kRejected, CodeClass::kBadRequest, "cargo_price is missing"},
    RemoteError{2114, kRejected, CodeClass::kBadRequest, "supplier_name is missing"},
    RemoteError{2115, kRejected, CodeClass::kBadRequest, "supplier_address is missing"},
    RemoteError{2116, kRejected, CodeClass::kBadRequest, "supplier_phone is missing"},
    RemoteError{2117, kRejected, CodeClass::kBadRequest, "supplier_tel is missing"},
    RemoteError{2118, kRejected, CodeClass::kBadRequest, "supplier_lat is missing"},
    RemoteError{2119, kRejected, CodeClass::kBadRequest, "supplier_lng is missing"},
    RemoteError{2120, kRejected, CodeClass::kBadRequest, "receiver_name is missing"},
    RemoteError{2121, kRejected, CodeClass::kBadRequest, "receiver_address is missing"},
    RemoteError{2122, kRejected, CodeClass::kBadRequest, "receiver_phone is missing"},
    RemoteError{2123, kRejected, CodeClass::kBadRequest, "callback is missing"},
    RemoteError{2124, kRejected, CodeClass::kBadRequest, "expected_fetch_time is missing"},
    RemoteError{2125, kRejected, CodeClass::kBadRequest, "expected_finish_time is missing"},
    RemoteError{2126, kRejected, CodeClass::kBadRequest, "city_code is missing"},
    RemoteError{2127, kRejected, CodeClass::kBadRequest, "invoice_title is missing"},
    RemoteError{2128, kRejected, CodeClass::kBadRequest, "the place of the receiver is missing"},
    RemoteError{2129, kRejected, CodeClass::kBadRequest, "the address is not found"},
    RemoteError{2130, kConflict, CodeClass::kWrongState,
                "it is ordered already, so it has no quote"},
    RemoteError{2131, kUnauthorized, CodeClass::kConfiguration, "source_id is wrong"},
    RemoteError{2132, kRejected, CodeClass::kConfiguration, "the shop is offline"},
    RemoteError{2133, kRejected, CodeClass::kBadRequest, "no such reason"},
    RemoteError{2134, kRejected, CodeClass::kBadRequest, "the complaint was not taken"},
    RemoteError{2135, kRejected, CodeClass::kWrongState, "no rider has taken it"},
    RemoteError{2136, kRejected, CodeClass::kBadRequest, "the shop has no kind of goods"},
    RemoteError{2137, kRejected, CodeClass::kBadRequest, "the order has no rider"},
    RemoteError{2138, kRejected, CodeClass::kBadRequest, "the place of the receiver is null"},
    RemoteError{2139, kRejected, CodeClass::kBadRequest, "latitude and longitude are swapped"},
    RemoteError{2140, kRateLimited, CodeClass::kRetry, "it was ordered anew a moment ago"},
    RemoteError{2141, kRejected, CodeClass::kConfiguration, "the shop is offline"},
    RemoteError{2155, kRejected, CodeClass::kMoney, "the account is empty"},
    RemoteError{2170, kRejected, CodeClass::kBadRequest, "the expected time is wrong"},
    RemoteError{2200, kRejected, CodeClass::kBadRequest, "accountId is missing"},
    RemoteError{2201, kRejected, CodeClass::kBadRequest, "password is missing"},
    RemoteError{2300, kRejected, CodeClass::kBadRequest, "accountId is missing"},
    RemoteError{2301, kRejected, CodeClass::kBadRequest, "the merchant's number is missing"},
    RemoteError{2400, kUnauthorized, CodeClass::kConfiguration, "the merchant is not approved"},
    RemoteError{2401, kUnauthorized, CodeClass::kConfiguration, "no such merchant"},
    RemoteError{2402, kNotFound, CodeClass::kNotFound, "no such shop"},
    RemoteError{2403, kRejected, CodeClass::kBadRequest, "the shop's number is taken"},
    RemoteError{2404, kRejected, CodeClass::kBadRequest, "city_name is wrong"},
    RemoteError{2405, kRejected, CodeClass::kBadRequest, "area_name is wrong"},
    RemoteError{2406, kRejected, CodeClass::kBadRequest, "nothing is to be changed"},
    RemoteError{2407, kRejected, CodeClass::kBadRequest, "no such business"},
    RemoteError{2408, kRejected, CodeClass::kBadRequest, "no such shop status"},
    RemoteError{2409, kRejected, CodeClass::kBadRequest, "the shop's new number is its old one"},
    RemoteError{2410, kRejected, CodeClass::kBadRequest, "a number is null or text"},
    RemoteError{2411, kRejected, CodeClass::kBadRequest, "pay_for_supplier_fee is no number"},
    RemoteError{2412, kRejected, CodeClass::kBadRequest, "fetch_from_receiver_fee is no number"},
    RemoteError{2413, kRejected, CodeClass::kBadRequest, "deliver_fee is no number"},
    RemoteError{2414, kRejected, CodeClass::kBadRequest, "no such cargo_type"},
    RemoteError{2415, kRejected, CodeClass::kBadRequest, "cargo_weight is no number"},
    RemoteError{2416, kRejected, CodeClass::kBadRequest, "cargo_num is no whole number"},
    RemoteError{2417, kRejected, CodeClass::kBadRequest, "a parameter is null"},
    RemoteError{2418, kRejected, CodeClass::kBadRequest, "expected_fetch_time is no time"},
    RemoteError{2419, kRejected, CodeClass::kBadRequest, "body is no JSON"},
    RemoteError{2420, kRejected, CodeClass::kSandboxOnly, "the sandbox's shop cannot be changed"},
    RemoteError{2421, kRejected, CodeClass::kBadRequest, "the order's number for people is wrong"},
    RemoteError{2422, kRejected, CodeClass::kBadRequest, "the order's mark is wrong"},
    RemoteError{2423, kRejected, CodeClass::kBadRequest, "the user name is taken"},
    RemoteError{2424, kRejected, CodeClass::kBadRequest, "the shop's number comes twice"},
    RemoteError{2425, kRejected, CodeClass::kBadRequest, "a private customer cannot be bound"},
    RemoteError{2426, kRejected, CodeClass::kWrongState, "it is bound to this merchant"},
    RemoteError{2427, kRejected, CodeClass::kWrongState, "it is bound to another merchant"},
    RemoteError{2428, kRejected, CodeClass::kBadRequest, "the shop's number is taken"},
    RemoteError{2429, kRateLimited, CodeClass::kRetry, "the balance cannot be told now"},
    RemoteError{2430, kRejected, CodeClass::kMoney, "the account is overdrawn"},
    RemoteError{2431, kRejected, CodeClass::kBadRequest, "user name or password is wrong"},
    RemoteError{2432, kRejected, CodeClass::kBadRequest, "the city's name is wrong"},
    RemoteError{2433, kRejected, CodeClass::kBadRequest, "the area's name is wrong"},
    RemoteError{2434, kRejected, CodeClass::kBadRequest, "nothing in it is valid"},
    RemoteError{2454, kRejected, CodeClass::kBadRequest, "the insurance is none of those offered"},
    RemoteError{2455, kRateLimited, CodeClass::kRetry, "the balance cannot be told now"},
    RemoteError{2456, kRejected, CodeClass::kMoney,
                "the account is empty, so nothing can be insured"},
    RemoteError{2457, kRejected, CodeClass::kBadRequest, "no such reason"},
    RemoteError{2458, kRejected, CodeClass::kWrongState, "it is on its way back"},
    RemoteError{2459, kRejected, CodeClass::kWrongState, "it has been brought back"},
    RemoteError{2460, kRejected, CodeClass::kWrongState, "it cannot be cancelled any more"},
    RemoteError{2461, kRejected, CodeClass::kBadRequest, "the shop's number has a wrong form"},
    RemoteError{2462, kRejected, CodeClass::kBadRequest, "the amount has a wrong form"},
    RemoteError{2463, kRateLimited, CodeClass::kRetry, "no link can be told now"},
    RemoteError{2464, kRejected, CodeClass::kWrongState, "the set of orders is taken"},
    RemoteError{2465, kRejected, CodeClass::kBadRequest, "the category is missing"},
    RemoteError{2466, kRejected, CodeClass::kBadRequest, "open_id is missing"},
};
static_assert(std::ranges::is_sorted(kErrors, {}, &RemoteError::code));

}  // namespace

std::optional<RemoteError> FindError(std::string_view code) {
  const auto number = ParseInt(code);
  if (!number) return std::nullopt;
  const auto* const row = std::ranges::lower_bound(kErrors, *number, {}, &RemoteError::code);
  return row != kErrors.end() && row->code == *number ? std::optional(*row) : std::nullopt;
}

Error ToError(std::string_view code) {
  constexpr std::size_t kLongest = 16;
  code = code.substr(0, kLongest);
  const auto row = FindError(code);
  return {.kind = row ? row->kind : kRejected,
          .message = fmt::format("Dada answers {}: {}.", code, row ? row->meaning : "refused"),
          .remote_code = std::string(code),
          .retry_after = std::nullopt};
}

bool Is(const Error& error, CodeClass klass) {
  const auto row = FindError(error.remote_code);
  return row && row->klass == klass;
}

}  // namespace weir::connectors::dada
