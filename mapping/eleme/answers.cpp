// SPDX-License-Identifier: Apache-2.0
#include "mapping/eleme/answers.hpp"

#include <utility>

#include "base/text.hpp"
#include "mapping/eleme/menus.hpp"
#include "mapping/eleme/reviews.hpp"
#include "mapping/eleme/shops.hpp"
#include "mapping/pages.hpp"

namespace weir::mapping::eleme {
namespace {

Mapped Refused(std::string reason, std::string detail) {
  Mapped mapped;
  mapped.unmappable = Unmappable{.reason = std::move(reason), .detail = std::move(detail)};
  return mapped;
}

/// The shop a read was asked of; empty when the topic does not say.
std::string ShopIn(std::string_view topic) {
  constexpr std::string_view kShop = "?shopId=";
  const std::size_t at = topic.find(kShop);
  std::string shop;
  if (at == std::string_view::npos ||
      !AppendPercentDecoded(shop, topic.substr(at + kShop.size()), false)) {
    return {};
  }
  return shop;
}

/// Adds what the object says; false when it names no subject.
bool Add(Mapped& mapped, bool is_review, const Value& object, Instant asked_at) {
  if (is_review) {
    auto review = MapReview(object, asked_at);
    if (review) mapped.reviews.push_back(std::move(*review));
    return review.has_value();
  }
  auto shop = MapShop(object, asked_at);
  if (!shop) return false;
  for (model::StoreFact& state : shop->states) mapped.stores.push_back(std::move(state));
  mapped.profiles.push_back(std::move(shop->profile));
  return true;
}

Mapped MapList(const Payload& payload, bool is_review) {
  const auto document = JsonDocument::Parse(payload.bytes);
  if (!document || !document->root().is_object()) {
    return Refused("malformed_payload", "The answer is no JSON object.");
  }
  simdjson::dom::element result = document->root();
  if (simdjson::dom::element inner; result["result"].get(inner) == simdjson::SUCCESS) {
    result = inner;
  }
  Mapped mapped;
  bool complete = true;
  const Value value(result);
  if (value.is_array()) {
    for (const simdjson::dom::element one : value.array()) {
      const Value object(one);
      complete =
          object.is_object() && Add(mapped, is_review, object, payload.received_at) && complete;
    }
  } else {
    complete = value.is_object() && Add(mapped, is_review, value, payload.received_at);
  }
  if (!complete) {
    mapped.unmappable = {"missing_subject", "A review or a shop of the answer has no id."};
  }
  return mapped;
}

}  // namespace

std::optional<Mapped> MapAnswers(const Payload& payload) {
  if (!payload.pulled) return std::nullopt;
  if (payload.dialect == kPagesDialect) {
    return MapMenu(payload.bytes, ShopIn(payload.topic), payload.received_at);
  }
  const bool is_review = payload.topic.starts_with("eleme.ugc.");
  if (!is_review && !payload.topic.starts_with("eleme.shop.getShop")) return std::nullopt;
  return MapList(payload, is_review);
}

}  // namespace weir::mapping::eleme
