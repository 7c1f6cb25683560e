// SPDX-License-Identifier: Apache-2.0
#include "mapping/douyin/stores.hpp"

namespace weir::mapping::douyin {
namespace {

constexpr NameTable kStoreNames({"poi_id", "source", "update_time"});

/// `source` (A7): 1 is the merchants' app, 2 a developer's call.
std::string_view CauseOf(std::string_view source) {
  return source == "1" ? "merchant" : source == "2" ? "developer" : source;
}

}  // namespace

std::optional<model::StoreFact> MapStore(const Event& event, const EventRow& row) {
  const Members<kStoreNames> told(event.fields.all());
  const std::string_view shop = told.Peek("poi_id").text();
  if (!IsPlatformId(shop)) {
    return std::nullopt;
  }
  std::vector<model::Issue> unused;
  FieldReader reader(unused);
  model::StoreFact fact;
  fact.aspect = model::StoreAspect::kOther;
  fact.platform_shop = shop;
  fact.state = row.name;
  fact.cause = CauseOf(told.Peek("source").text());
  fact.at = Moment(reader, "update_time", told.Peek("update_time"));
  fact.sent_at = event.sent_at;
  fact.digest = event.content;
  return fact;
}

}  // namespace weir::mapping::douyin
