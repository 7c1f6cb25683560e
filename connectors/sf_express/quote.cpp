// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_express/quote.hpp"

#include <utility>

#include "mapping/members.hpp"
#include "mapping/sf_express/answer.hpp"

namespace weir::connectors::sf_express {
namespace {

using mapping::MemberAt;
using mapping::Value;

std::unexpected<Error> Rejected(std::string_view code, std::string message) {
  return std::unexpected(Error{.kind = ErrorKind::kRejected,
                               .message = std::move(message),
                               .remote_code = std::string(code)});
}

/// The offer of `product`; of a list of one whichever it is.
Value OfferOf(const Value& list, std::string_view product) {
  if (!list.is_array()) return {};
  const bool only = list.array().size() == 1;
  for (const simdjson::dom::element element : list.array()) {
    const Value offer(element);
    if (only || MemberAt(offer, "businessType").text() == product) return offer;
  }
  return {};
}

/// The end of "2020-10-20 12:00:00,2020-10-20 18:00:00"; nothing when there is none.
std::optional<Instant> EndOf(std::string_view times) {
  const auto at = ParseLocalTime(times.substr(times.rfind(',') + 1), Zone::China());
  return at ? std::optional(*at) : std::nullopt;
}

}  // namespace

Result<CourierQuote> ReadQuote(std::string_view body, std::string_view product) {
  const auto answer = mapping::sf_express::Answer::Parse(body);
  if (!answer) return std::unexpected(answer.error());
  const Value offer = OfferOf(MemberAt(answer->message(), "deliverTmDto"), product);
  if (!offer.is_object()) {
    return Rejected("not_offered", "SF Express does not offer this product on this way.");
  }
  const Value fee = MemberAt(offer, "fee");
  if (fee.empty()) return Rejected("no_price", "SF Express tells this account no price.");
  const auto yuan = Money::ParseYuan(fee.text());
  if (!yuan) return Fail(ErrorKind::kMalformed, "SF Express's fee is no amount.");
  return CourierQuote{.fee = *yuan,
                      .distance_m = std::nullopt,
                      .deliver_at = EndOf(MemberAt(offer, "deliverTime").text()),
                      .reference = {},
                      .expires_at = std::nullopt};
}

}  // namespace weir::connectors::sf_express
