// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "mapping/douyin/orders.hpp"

namespace weir::mapping::douyin {
namespace {

constexpr NameTable kItemNames({"certificate_id", "item_status", "item_update_time",
                                "order_item_id", "refund_amount", "refund_time"});
using Item = Members<kItemNames>;
constexpr NameTable kCouponNames({"amount", "certificate_id", "expire_time", "status", "verify"});
using Coupon = Members<kCouponNames>;
constexpr NameTable kVerifyNames({"certificate_id", "verify_id", "verify_time"});
using Verify = Members<kVerifyNames>;
constexpr NameTable kRecordNames({"amount", "certificate_id", "status", "verify_id",
                                  "verify_time"});
using Record = Members<kRecordNames>;
constexpr NameTable kAmountNames({"original_amount", "pay_amount"});
using Amount = Members<kAmountNames>;
constexpr NameTable kToldNames({"certificate_id", "order_id"});
using Told = Members<kToldNames>;

model::SnapshotKey KeyOf(const Event& event, Instant at) {
  return {.complete = true,
          .updated_at = at,
          .klass = event.pulled ? model::SnapshotKey::Class::kDetailRead
                                : model::SnapshotKey::Class::kLaterPush,
          .status_rank = 0,
          .asked_at = event.pulled ? event.sent_at.value_or(Instant()) : Instant(),
          .digest = event.content};
}

/// Of an answer about coupons: it stands as it was when it was asked for.
model::SnapshotKey AnswerKey(Instant asked_at, const ContentDigest& digest) {
  return {.complete = true,
          .updated_at = asked_at,
          .klass = model::SnapshotKey::Class::kDetailRead,
          .status_rank = 0,
          .asked_at = asked_at,
          .digest = digest};
}

void ReadAmount(FieldReader& reader, const Value& object, model::CertificateFact& fact) {
  const Amount amount(Inside(reader, "amount", object));
  fact.original = reader.Fen("amount.original_amount", amount.Peek("original_amount"));
  fact.paid = reader.Fen("amount.pay_amount", amount.Peek("pay_amount"));
}

/// One of an order's; nothing before it is paid, when there is no coupon yet.
std::optional<model::CertificateFact> MapItem(const Event& event, const Value& object,
                                              std::string_view shop, FieldReader& reader,
                                              std::vector<model::Issue>& issues) {
  const Item item(MembersOf(object.object()));
  const std::string_view id = item.Peek("certificate_id").text();
  if (!IsPlatformId(id)) {
    return std::nullopt;
  }
  model::CertificateFact fact;
  fact.id = id;
  const auto at = Moment(reader, "item_update_time", item.Peek("item_update_time"));
  fact.key = KeyOf(event, at.value_or(Instant()));
  fact.platform_status = item.Peek("item_status").text();
  if (const auto* row =
          FindKnown("item_status", item.Peek("item_status"), kItemCodes, reader, issues)) {
    fact.status = row->status;
  }
  const auto refunded = reader.Fen("certificate.refund_amount", item.Peek("refund_amount"));
  if (refunded && !refunded->is_zero()) {
    fact.refunded = refunded;
  }
  if (fact.status == model::CertificateStatus::kUsed) {
    fact.platform_shop = shop;
  }
  return fact;
}

}  // namespace

void MapCertificates(Event& event, FieldReader& reader, model::OrderFacts& facts) {
  const auto list = reader.Array("certificate", event.fields.Peek("certificate"));
  if (!list) {
    return;
  }
  const std::string_view shop = event.fields.Peek("poi_id").text();
  for (const simdjson::dom::element element : list->root().array()) {
    const Value value(element);
    if (!value.is_object()) {
      reader.Malformed("certificate");
      continue;
    }
    if (auto fact = MapItem(event, value, shop, reader, facts.issues)) {
      facts.certificates.push_back(std::move(*fact));
    }
  }
}

void MapCertificateEvent(Event& event, FieldReader& reader, std::optional<Instant> at,
                         model::OrderFacts& facts) {
  Told told(Inside(reader, "certificate", event.fields.Take("certificate")));
  const std::string_view order = told.Peek("order_id").text();
  if (IsPlatformId(order)) {
    facts.platform_order_id = told.Take("order_id").text();
  }
  model::CertificateFact fact;
  fact.id = told.Take("certificate_id").text();
  KeepRest(event, "certificate", told);
  const std::string_view word = event.fields.Peek("action").text();
  fact.platform_status = word;
  fact.key = KeyOf(event, at.value_or(event.sent_at.value_or(Instant())));
  if (const CertificateAction* const action = FindCode(kCertificateActions, word)) {
    event.fields.Take("action");
    fact.status = action->status;
  } else {
    facts.issues.push_back({.code = "unknown_status", .detail = "action"});
  }
  if (fact.status == model::CertificateStatus::kUsed) {
    fact.verified_at = at;
  }
  // Who verified it where, and what became of the money, only a read knows.
  facts.wants_reread = true;
  if (IsPlatformId(fact.id)) {
    facts.certificates.push_back(std::move(fact));
  }
}

std::optional<model::CertificateFact> MapCertificate(const Value& object, Instant asked_at,
                                                     std::vector<model::Issue>& issues) {
  std::vector<Member> members = MembersOf(object.object());
  std::ranges::sort(members, {}, &Member::name);
  const ContentDigest digest = ContentOf(members);
  const Coupon coupon(std::move(members));
  FieldReader reader(issues);
  const Verify verify(Inside(reader, "verify", coupon.Peek("verify")));
  model::CertificateFact fact;
  fact.id =
      (coupon.Has("certificate_id") ? coupon.Peek("certificate_id") : verify.Peek("certificate_id"))
          .text();
  if (!IsPlatformId(fact.id)) {
    return std::nullopt;
  }
  fact.key = AnswerKey(asked_at, digest);
  fact.platform_status = coupon.Peek("status").text();
  if (const auto* row = FindKnown("certificate.status", coupon.Peek("status"), kCertificateCodes,
                                  reader, issues)) {
    fact.status = row->status;
  }
  ReadAmount(reader, coupon.Peek("amount"), fact);
  fact.expires_at = Moment(reader, "expire_time", coupon.Peek("expire_time"));
  fact.verified_at = Moment(reader, "verify_time", verify.Peek("verify_time"));
  fact.verify_id = verify.Peek("verify_id").text();
  return fact;
}

std::optional<model::CertificateFact> MapVerifyRecord(const Value& object, Instant asked_at,
                                                      std::vector<model::Issue>& issues) {
  std::vector<Member> members = MembersOf(object.object());
  std::ranges::sort(members, {}, &Member::name);
  const ContentDigest digest = ContentOf(members);
  const Record record(std::move(members));
  FieldReader reader(issues);
  model::CertificateFact fact;
  fact.id = record.Peek("certificate_id").text();
  const auto* const row =
      FindKnown("record.status", record.Peek("status"), kRecordCodes, reader, issues);
  if (!IsPlatformId(fact.id) || row == nullptr || !row->holds) {
    return std::nullopt;
  }
  // That it is used, the coupon's own answer says, in its own numbers.
  fact.key = AnswerKey(asked_at, digest);
  ReadAmount(reader, record.Peek("amount"), fact);
  fact.verified_at = Moment(reader, "verify_time", record.Peek("verify_time"));
  fact.verify_id = record.Peek("verify_id").text();
  return fact;
}

}  // namespace weir::mapping::douyin
