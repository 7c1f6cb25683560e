// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "mapping/content.hpp"
#include "mapping/eleme/orders.hpp"
#include "mapping/eleme/status.hpp"
#include "mapping/status_fact.hpp"

namespace weir::mapping::eleme {
namespace {

Value TakeEither(Fields& fields, Fields::Name first, Fields::Name second) {
  return fields.Has(first) ? fields.Take(first) : fields.Take(second);
}

/// The type of the message, or the one that would tell what a read waybill's word says.
std::optional<std::int64_t> TypeOf(Event& event, std::vector<model::Issue>& issues) {
  const auto* const word = TakeWord(event, "state", kWaybillWords, issues);
  if (event.type != 0) {
    return event.type;
  }
  return word != nullptr ? std::optional(word->type) : std::nullopt;
}

}  // namespace

void MapDelivery(Event& event, FieldReader& reader, model::OrderFacts& facts) {
  const auto type = TypeOf(event, facts.issues);
  if (!type) {
    return;
  }
  if (*type == kSelfDelivery) {
    facts.delivery_mode = model::DeliveryMode::kMerchant;
    return;
  }
  const DeliveryType* const row = FindCode(kDeliveryTypes, *type);
  if (row == nullptr) {
    return;
  }
  facts.delivery_mode = model::DeliveryMode::kPlatform;
  model::DeliveryFact fact;
  fact.status = row->status;
  fact.at = event.fields.Has("updateAt")
                ? reader.Milliseconds("updateAt", event.fields.Take("updateAt"))
                : reader.LocalTime("createdAt", event.fields.Take("createdAt"), Zone::China());
  fact.sent_at = event.sent_at;
  fact.rider_name = TakeEither(event.fields, "name", "deliverName").text();
  fact.rider_phone = TakeEither(event.fields, "phone", "deliverPhone").text();
  fact.digest = DigestOf(fact);
  if (row->order) {
    facts.statuses.push_back(StatusAt(*row->order, fact.at, SourceOf(event.pulled), event.sent_at));
  }
  facts.deliveries.push_back(std::move(fact));
}

}  // namespace weir::mapping::eleme
