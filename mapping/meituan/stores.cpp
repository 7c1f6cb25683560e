// SPDX-License-Identifier: Apache-2.0
#include "mapping/meituan/stores.hpp"

#include "mapping/meituan/status.hpp"

namespace weir::mapping::meituan {
namespace {

/// Who switched the shop; a word we do not know is told as it is.
std::string CauseOf(std::string_view operate_user) {
  if (operate_user == "BUSINESS") {
    return "merchant";
  }
  return operate_user == "MEITUAN" ? "platform" : std::string(operate_user);
}

}  // namespace

std::optional<model::StoreFact> MapStore(Event& event) {
  const Fields& fields = event.fields;
  const Value shop = fields.Peek(fields.Has("app_poi_code") ? Fields::Name("app_poi_code")
                                                            : Fields::Name("wm_poi_id"));
  const Value status = fields.Peek("poi_status");
  if (shop.empty() || status.empty()) {
    return std::nullopt;
  }
  // A store fact has no issues: what cannot be read is told raw or left out.
  std::vector<model::Issue> unused;
  FieldReader reader(unused);
  model::StoreFact fact;
  fact.platform_shop = shop.text();
  const auto code = reader.Integer("poi_status", status);
  const auto* const row = code ? FindCode(kShopStates, *code) : nullptr;
  fact.state = row != nullptr ? row->state : status.text();
  fact.cause = CauseOf(fields.Peek("operate_user").text());
  fact.reason = fields.Peek("reason").text();
  fact.at = SecondsOf(event, reader, "operate_time");
  fact.sent_at = event.sent_at;
  fact.digest = event.content;
  return fact;
}

}  // namespace weir::mapping::meituan
