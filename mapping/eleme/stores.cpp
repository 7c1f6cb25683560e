// SPDX-License-Identifier: Apache-2.0
#include "mapping/eleme/stores.hpp"

#include "mapping/eleme/status.hpp"

namespace weir::mapping::eleme {

std::optional<model::StoreFact> MapStore(const Event& event) {
  const Value shop = event.fields.Peek("shopId");
  const Value level = event.fields.Peek("busyLevel");
  if (shop.empty() || level.text().empty()) {
    return std::nullopt;
  }
  const BusyLevel* const known = FindCode(kBusyLevels, level.text());
  model::StoreFact fact;
  fact.aspect = known != nullptr ? model::StoreAspect::kBusiness : model::StoreAspect::kOther;
  fact.platform_shop = shop.text();
  fact.state = known != nullptr ? known->state : level.text();
  if (fact.state != "open") {
    fact.reason = level.text();
  }
  fact.sent_at = event.sent_at;
  fact.digest = event.content;
  return fact;
}

model::ConnectionFact MapRevocation(const Event& event) {
  std::vector<model::Issue> unused;
  return {.kind = model::ConnectionFact::Kind::kAuthorizationRevoked,
          .platform_shop = std::string(event.fields.Peek("shopId").text()),
          .at = FieldReader(unused).LocalTime("relieveOAuthTime",
                                              event.fields.Peek("relieveOAuthTime"), Zone::China()),
          .sent_at = event.sent_at};
}

}  // namespace weir::mapping::eleme
