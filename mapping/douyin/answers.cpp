// SPDX-License-Identifier: Apache-2.0
#include "mapping/douyin/answers.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "base/text.hpp"
#include "mapping/douyin/menus.hpp"
#include "mapping/douyin/orders.hpp"
#include "mapping/douyin/push.hpp"
#include "mapping/douyin/reviews.hpp"
#include "mapping/douyin/shops.hpp"
#include "mapping/pages.hpp"

namespace weir::mapping::douyin {
namespace {

constexpr std::string_view kRecords = "/certificate/verify_record/query";

Mapped Refused(std::string reason, std::string detail) {
  Mapped mapped;
  mapped.unmappable = Unmappable{.reason = std::move(reason), .detail = std::move(detail)};
  return mapped;
}

/// The value of `name` behind a topic's '?'; empty when it has none.
std::string ArgumentOf(std::string_view topic, std::string_view name) {
  const std::size_t mark = topic.find('?');
  std::string_view rest = mark == std::string_view::npos ? "" : topic.substr(mark + 1);
  while (!rest.empty()) {
    const std::string_view piece = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(piece.size() + 1, rest.size()));
    std::string value;
    if (piece.starts_with(name) && piece.substr(name.size()).starts_with('=') &&
        AppendPercentDecoded(value, piece.substr(name.size() + 1), false)) {
      return value;
    }
  }
  return {};
}

std::string_view PathOf(std::string_view topic) {
  const std::string_view path = topic.substr(0, topic.find('?'));
  return path.ends_with('/') ? path.substr(0, path.size() - 1) : path;
}

Value At(const Value& object, std::string_view name) {
  simdjson::dom::element found;
  return object.is_object() && object.object().at_key(name).get(found) == simdjson::SUCCESS
             ? Value(found)
             : Value();
}

/// Calls `use` with each object of the list `name` in the answer's data, else with the answer
/// itself, which then is one of them.
template <typename Use>
void ForEachOf(const Value& root, std::string_view name, Use use) {
  const Value data = At(root, "data");
  const Value list = At(data.is_object() ? data : root, name);
  if (!list.is_array()) {
    if (!data.is_object()) use(root);
    return;
  }
  for (const simdjson::dom::element element : list.array()) {
    if (const Value value(element); value.is_object()) use(value);
  }
}

void AddOrders(const Value& root, Instant asked_at, const Contacts& contacts, Mapped& mapped) {
  ForEachOf(root, "orders", [&](const Value& object) {
    std::vector<Member> members = FlatMembersOf(object.object());
    std::ranges::sort(members, {}, &Member::name);
    const ContentDigest content = ContentOf(members);
    Event event{.fields = Fields(std::move(members)),
                .name = {},
                .pulled = true,
                .sent_at = asked_at,
                .content = content,
                .nested_rest = {}};
    if (auto order = MapReadOrder(event, contacts)) {
      mapped.orders.push_back(*std::move(order));
    }
  });
}

/// What a shop verified: of these coupons, and not of others'.
void AddRecords(const Value& root, const std::string& shop, Instant asked_at,
                model::OrderFacts& facts) {
  std::vector<model::CertificateFact> records;
  ForEachOf(root, "records", [&](const Value& object) {
    auto fact = MapVerifyRecord(object, asked_at, facts.issues);
    if (!fact) return;
    fact->platform_shop = shop;
    if (std::ranges::find(facts.certificates, fact->id, &model::CertificateFact::id) !=
        facts.certificates.end()) {
      records.push_back(*std::move(fact));
    }
  });
  std::ranges::move(records, std::back_inserter(facts.certificates));
}

/// What an answer says of coupons: all of an order's, one of them, or what a shop verified.
void AddCertificates(std::string_view topic, const Value& root, Instant asked_at,
                     model::OrderFacts& facts) {
  const auto add = [&facts](std::optional<model::CertificateFact> fact) {
    if (fact) facts.certificates.push_back(*std::move(fact));
  };
  if (PathOf(topic).ends_with(kRecords)) {
    AddRecords(root, ArgumentOf(topic, "poi_ids"), asked_at, facts);
    return;
  }
  ForEachOf(root, "certificates",
            [&](const Value& object) { add(MapCertificate(object, asked_at, facts.issues)); });
  if (const Value one = At(At(root, "data"), "certificate"); one.is_object()) {
    add(MapCertificate(one, asked_at, facts.issues));
  }
}

/// An answer that tells of the coupons of the order it was asked for.
Mapped MapCertificates(const Payload& payload, const Value& root) {
  model::OrderFacts facts;
  facts.platform = kPlatform;
  facts.platform_order_id = ArgumentOf(payload.topic, "order_id");
  facts.sent_at = payload.received_at;
  if (!IsPlatformId(facts.platform_order_id)) {
    return Refused("missing_subject", "The coupons were not asked for by their order.");
  }
  AddCertificates(payload.topic, root, payload.received_at, facts);
  Mapped mapped;
  mapped.orders.push_back(std::move(facts));
  return mapped;
}

/// One order, with what other answers add to it.
Mapped MapOrderPages(const Payload& payload) {
  const auto pages = SplitPages(payload.bytes);
  if (!pages) return Refused("malformed_payload", pages.error().message);
  Contacts contacts;
  for (const AnswerPage& page : *pages) {
    if (page.topic != kContactsTopic) continue;
    if (const auto document = JsonDocument::Parse(page.bytes)) {
      contacts = Contacts(Value(document->root()));
    }
  }
  Mapped mapped;
  for (const AnswerPage& page : *pages) {
    if (page.topic == kContactsTopic) continue;
    const auto document = JsonDocument::Parse(page.bytes);
    if (!document) return Refused("malformed_payload", document.error().message);
    const Value root(document->root());
    if (PathOf(page.topic).ends_with("/order/query")) {
      AddOrders(root, payload.received_at, contacts, mapped);
    } else if (mapped.orders.size() == 1) {
      AddCertificates(page.topic, root, payload.received_at, mapped.orders.front());
    }
  }
  return mapped;
}

Mapped MapReviews(const Value& root, Instant asked_at) {
  Mapped mapped;
  ForEachOf(root, "comments", [&](const Value& object) {
    if (auto review = MapReview(object, asked_at)) {
      mapped.reviews.push_back(*std::move(review));
    } else {
      mapped.unmappable = {"missing_subject", "A review of the answer has no number."};
    }
  });
  return mapped;
}

Mapped MapShops(const Value& root, Instant asked_at) {
  Mapped mapped;
  ForEachOf(root, "pois", [&](const Value& object) {
    if (auto shop = MapShop(object, asked_at)) {
      mapped.profiles.push_back(*std::move(shop));
    } else {
      mapped.unmappable = {"missing_subject", "A shop of the answer has no number."};
    }
  });
  return mapped;
}

}  // namespace

Mapped MapAnswer(const Payload& payload) {
  if (payload.dialect == kPagesDialect) {
    return PathOf(payload.topic) == "menu"
               ? MapMenu(payload.bytes, ArgumentOf(payload.topic, "poi_id"), payload.received_at)
               : MapOrderPages(payload);
  }
  if (payload.dialect != kAnswerDialect) {
    return Refused("malformed_payload", "The payload's dialect is unknown.");
  }
  const auto document = JsonDocument::Parse(payload.bytes);
  if (!document || !document->root().is_object()) {
    return Refused("malformed_payload", "The answer is no JSON object.");
  }
  const Value root(document->root());
  const std::string_view path = PathOf(payload.topic);
  if (path.ends_with("/order/query")) {
    Mapped mapped;
    AddOrders(root, payload.received_at, {}, mapped);
    return mapped;
  }
  if (path.ends_with("/certificate/query") || path.ends_with("/certificate/get")) {
    return MapCertificates(payload, root);
  }
  if (path.ends_with("/comment/query")) return MapReviews(root, payload.received_at);
  if (path.ends_with("/shop/poi/query")) return MapShops(root, payload.received_at);
  return Refused("unknown_topic", "Answers to this call are not mapped.");
}

}  // namespace weir::mapping::douyin
