// SPDX-License-Identifier: Apache-2.0
#include "mapping/dada/quote.hpp"

#include <vector>

#include "mapping/dada/metres.hpp"
#include "mapping/field_reader.hpp"
#include "mapping/members.hpp"

namespace weir::mapping::dada {

Result<model::CourierQuote> QuoteOf(std::string_view answer, Instant asked_at) {
  constexpr std::chrono::minutes kValid{3};
  const auto document = JsonDocument::Parse(answer);
  if (!document) return std::unexpected(document.error());
  const Value result = MemberAt(Value(document->root()), "result");
  std::vector<model::Issue> unused;
  FieldReader reader(unused);
  const auto fee = reader.Yuan("fee", MemberAt(result, "fee"));
  if (!fee) return Fail(ErrorKind::kMalformed, "Dada's quote tells no fee.");
  return model::CourierQuote{.fee = *fee,
                             .distance_m = ReadMetres(reader, MemberAt(result, "distance")),
                             .deliver_at = std::nullopt,
                             .reference = std::string(MemberAt(result, "deliveryNo").text()),
                             .expires_at = asked_at + kValid};
}

}  // namespace weir::mapping::dada
