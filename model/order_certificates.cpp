// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "model/order_body.hpp"
#include "model/order_codec.hpp"

namespace weir::model {

bool Outranks(const CertificateFact& a, const CertificateFact& b) {
  return a.key != b.key ? a.key > b.key : a != b && EncodesAbove(a, b);
}

bool Replaces(const CertificateFact& a, const CertificateFact& b) {
  return a.key.digest == b.key.digest && a.key.generation > b.key.generation;
}

Supply Supplied(const CertificateFact& fact) {
  Supply supply;
  const auto mark = [&supply](CertificateField field, bool given) {
    supply.Mark(std::to_underlying(field), given);
  };
  // A coupon that is unused has no verification: what was said of one before does not hold.
  const bool none = fact.status == CertificateStatus::kUnused;
  mark(CertificateField::kStatus, fact.status != CertificateStatus::kUnknown);
  mark(CertificateField::kOriginal, fact.original.has_value());
  mark(CertificateField::kPaid, fact.paid.has_value());
  mark(CertificateField::kRefunded, fact.refunded.has_value());
  mark(CertificateField::kExpiresAt, fact.expires_at.has_value());
  mark(CertificateField::kVerifiedAt, none || fact.verified_at.has_value());
  mark(CertificateField::kVerifyId, none || !fact.verify_id.empty());
  mark(CertificateField::kPlatformShop, none || !fact.platform_shop.empty());
  return supply;
}

CertificateView View(const Certificate& certificate) {
  const auto of = [&certificate](CertificateField field) -> const CertificateFact& {
    return certificate.facts.For(std::to_underlying(field));
  };
  return {.status = &of(CertificateField::kStatus),
          .original = of(CertificateField::kOriginal).original,
          .paid = of(CertificateField::kPaid).paid,
          .refunded = of(CertificateField::kRefunded).refunded,
          .expires_at = of(CertificateField::kExpiresAt).expires_at,
          .verified_at = of(CertificateField::kVerifiedAt).verified_at,
          .verify_id = &of(CertificateField::kVerifyId).verify_id,
          .platform_shop = &of(CertificateField::kPlatformShop).platform_shop};
}

// Other orders have no such member: most platforms sell no coupons.
void BodyWriter::WriteCertificates() {
  if (parts_.certificates.empty()) {
    return;
  }
  json_.Key("certificates").BeginArray();
  for (const Certificate& certificate : parts_.certificates) {
    const CertificateView view = View(certificate);
    json_.BeginObject()
        .Member("id", certificate.id)
        .Member("status", Name(view.status->status))
        .Member("platform_status", view.status->platform_status)
        .Member("original", view.original)
        .Member("paid", view.paid)
        .Member("refunded", view.refunded)
        .Member("expires_at", view.expires_at)
        .Key("verified");
    if (view.verified()) {
      json_.BeginObject().Member("at", view.verified_at).Member("verify_id", *view.verify_id);
      WriteStoreOf(*view.platform_shop);
      json_.EndObject();
    } else {
      json_.Null();
    }
    json_.EndObject();
  }
  json_.EndArray();
}

}  // namespace weir::model
