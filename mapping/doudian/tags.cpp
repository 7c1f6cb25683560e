// SPDX-License-Identifier: Apache-2.0
#include "mapping/doudian/tags.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "mapping/doudian/event.hpp"
#include "mapping/doudian/status.hpp"

namespace weir::mapping::doudian {
namespace {

/// The members of a message's data that the map knows by name (protocol B9).
constexpr NameTable kDataNames({
    "aftersale_id", "aftersale_status", "aftersale_type", "agree_time",
    "apply_time",   "cancel_time",      "close_time",     "complete_time",
    "create_time",  "modify_time",      "order_id",       "order_status",
    "p_id",         "pay_time",         "refund_amount",  "refuse_time",
    "s_id",         "shop_id",          "shop_order_id",  "success_time",
    "update_time",
});
using Data = Members<kDataNames>;

/// A message brings one time of its own, by one of these names.
constexpr std::array<Data::Name, 11> kTimes{
    "apply_time", "success_time", "agree_time",  "refuse_time",   "close_time",  "create_time",
    "pay_time",   "cancel_time",  "modify_time", "complete_time", "update_time",
};

std::optional<Instant> TakeTime(Data& data, FieldReader& reader) {
  for (const Data::Name name : kTimes) {
    if (data.Has(name)) return reader.Seconds(name.text, data.Take(name));
  }
  return std::nullopt;
}

/// One message of an order.
struct Told {
  Data data;
  std::string_view tag;
  ContentDigest content;
  std::optional<Instant> at;
};

model::SnapshotKey KeyOf(const Told& told, std::optional<model::OrderStatus> status) {
  model::SnapshotKey key;
  key.klass = model::SnapshotKey::Class::kLaterPush;
  key.updated_at = told.at.value_or(Instant());
  key.status_rank = status ? std::to_underlying(*status) : std::uint8_t{0};
  key.digest = told.content;
  return key;
}

/// The code beside a tag repeats what the tag says, or stays in `extra`.
void CheckStatus(Told& told, FieldReader& reader, std::optional<model::OrderStatus> status,
                 std::vector<model::Issue>& issues) {
  const auto code = reader.Integer("order_status", told.data.Peek("order_status"));
  if (!code) return;
  const OrderCode* const row = FindCode(kOrderCodes, *code);
  if (row == nullptr) {
    issues.push_back({.code = "unknown_status", .detail = fmt::format("order_status {}", *code)});
  } else if (row->status == status) {
    told.data.Take("order_status");
  }
}

void AddStatus(const Told& told, model::OrderStatus status, model::OrderFacts& facts) {
  model::StatusFact fact{.status = status,
                         .cause = model::CancelCause::kNone,
                         .at = told.at,
                         .sent_at = std::nullopt,
                         .source = model::Source::kPush};
  if (status == model::OrderStatus::kCancelled) fact.cause = model::CancelCause::kOther;
  // What waits for its money to be checked was created earlier.
  if (told.tag == kPaidTag) fact.at.reset();
  facts.statuses.push_back(fact);
}

/// Several lines may be asked back in one order: then the after-sale's line is not the order.
std::optional<model::RefundKind> KindOf(Told& told, FieldReader& reader) {
  const auto type = reader.Integer("aftersale_type", told.data.Peek("aftersale_type"));
  if (type == kPriceDifference) return model::RefundKind::kPriceDifference;
  const std::string_view line = told.data.Peek("s_id").text();
  if (line.empty()) return std::nullopt;
  return line == told.data.Peek("p_id").text() ? model::RefundKind::kFull
                                               : model::RefundKind::kPartial;
}

/// Money that is told of a step; its time, its reason's number and its line stay in `extra`.
void AddRefund(Told& told, const RefundStep& step, FieldReader& reader, model::OrderFacts& facts) {
  model::RefundFact fact;
  fact.id = told.data.Take("aftersale_id").text();
  fact.step = step.rank;
  fact.status = step.status;
  fact.kind = KindOf(told, reader);
  fact.amount = reader.Fen("refund_amount", told.data.Take("refund_amount"));
  if (step.status == model::RefundStatus::kApplied) fact.applied_at = told.at;
  fact.at = told.at;
  fact.digest = told.content;
  facts.refunds.push_back(std::move(fact));
}

model::OrderFacts FactsOf(std::string_view order_id) {
  model::OrderFacts facts;
  facts.platform = kPlatform;
  facts.platform_order_id = order_id;
  facts.wants_reread = true;
  return facts;
}

ContentDigest DigestOf(std::string_view tag, const std::vector<Member>& members) {
  const ContentDigest content = ContentOf(members);
  ContentHasher hasher;
  hasher.Update(tag);
  hasher.Update(fmt::format("{:016x}{:016x}", content.high, content.low));
  return hasher.Finish();
}

Told Open(std::string_view tag, const Value& object) {
  std::vector<Member> members = SortedMembersOf(object);
  const ContentDigest content = DigestOf(tag, members);
  return {.data = Data(std::move(members)), .tag = tag, .content = content, .at = {}};
}

std::unexpected<Unmappable> Refuse(std::string reason, std::string detail) {
  return std::unexpected(Unmappable{.reason = std::move(reason), .detail = std::move(detail)});
}

/// Under which the rest is kept. What a message of no step means nobody knows but its tag.
std::string EventOf(const Told& told, const OrderTag* order_tag, const RefundTag* refund_tag) {
  if (order_tag != nullptr) return std::string(order_tag->event);
  return refund_tag->step ? "refund" : fmt::format("refund_{}", told.tag);
}

/// What the message says of its order; `tag` is of one of the two tables.
model::OrderFacts MapTold(Told& told, const OrderTag* order_tag, const RefundTag* refund_tag) {
  model::OrderFacts facts = FactsOf(told.data.Peek("p_id").text());
  FieldReader reader(facts.issues);
  told.at = TakeTime(told.data, reader);
  const auto status = order_tag != nullptr ? order_tag->status : std::nullopt;
  CheckStatus(told, reader, status, facts.issues);
  if (status) AddStatus(told, *status, facts);
  if (refund_tag != nullptr && refund_tag->step) AddRefund(told, *refund_tag->step, reader, facts);
  told.data.Take("p_id");
  told.data.Take("shop_id");
  facts.extra = MapExtra(told.data, {}, EventOf(told, order_tag, refund_tag), KeyOf(told, status));
  return facts;
}

}  // namespace

std::expected<void, Unmappable> AddMessage(const Message& message, Mapped& mapped) {
  if (message.tag == kProbeTag ||
      std::ranges::find(kSilentTags, message.tag) != kSilentTags.end()) {
    return {};
  }
  const OrderTag* const order_tag = FindCode(kOrderTags, message.tag);
  const RefundTag* const refund_tag = FindCode(kRefundTags, message.tag);
  if (order_tag == nullptr && refund_tag == nullptr) {
    return Refuse("unknown_topic", "The message's tag is not known.");
  }
  const auto data = Structure::Open(message.data);
  if (!data || !data->root().is_object()) {
    return Refuse("malformed_payload", "The message's data are no JSON object.");
  }
  Told told = Open(message.tag, data->root());
  const bool names_refund = refund_tag == nullptr || told.data.Has("aftersale_id");
  if (!IsPlatformId(told.data.Peek("p_id").text()) || !names_refund) {
    return Refuse("missing_subject", "The message names no order or no after-sale.");
  }
  mapped.orders.push_back(MapTold(told, order_tag, refund_tag));
  return {};
}

std::expected<void, Unmappable> AddSpi(const Value& params, Mapped& mapped) {
  Told told = Open("spi", params);
  for (const Data::Name name :
       {Data::Name("shop_order_id"), Data::Name("order_id"), Data::Name("p_id")}) {
    const std::string_view id = told.data.Peek(name).text();
    if (!IsPlatformId(id)) continue;
    told.data.Take(name);
    model::OrderFacts facts = FactsOf(id);
    facts.extra = MapExtra(told.data, {}, "spi", KeyOf(told, std::nullopt));
    mapped.orders.push_back(std::move(facts));
    return {};
  }
  return Refuse("unknown_topic", "The call names no order.");
}

}  // namespace weir::mapping::doudian
