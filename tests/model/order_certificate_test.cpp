// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "model/facts_codec.hpp"
#include "tests/model/order_builders.hpp"

namespace weir::model::testing {
namespace {

using nlohmann::json;

CertificateFact Certificate(CertificateStatus status, int second) {
  CertificateFact fact;
  fact.id = "9001";
  fact.key.updated_at = At(second);
  fact.status = status;
  return fact;
}

OrderFacts Facts(CertificateFact fact) {
  OrderFacts facts;
  facts.certificates = {std::move(fact)};
  return facts;
}

OrderState Told(const std::vector<CertificateFact>& facts) {
  OrderState state;
  for (const CertificateFact& fact : facts) state.Merge(Facts(fact));
  return state;
}

json One(const OrderState& state) { return Json(state).at("certificates").at(0); }

CertificateFact Used(int second) {
  CertificateFact fact = Certificate(CertificateStatus::kUsed, second);
  fact.verified_at = At(second);
  return fact;
}

TEST(Certificates, AreNoMemberOfOrdersWithoutThem) {
  EXPECT_FALSE(Json(Merged(Bare(0))).contains("certificates"));
}

TEST(Certificates, TheLatestStatusHolds) {
  const auto used = Used(2);
  const auto unused = Certificate(CertificateStatus::kUnused, 1);
  EXPECT_EQ(One(Told({used, unused}))["status"], "used");
  EXPECT_EQ(One(Told({unused, used}))["status"], "used");
}

TEST(Certificates, AnUnknownStatusSaysNothing) {
  EXPECT_EQ(One(Told({Used(1), Certificate(CertificateStatus::kUnknown, 2)}))["status"], "used");
  EXPECT_EQ(One(Told({Certificate(CertificateStatus::kUnknown, 2)}))["status"], "unknown");
}

TEST(Certificates, AVerificationIsFilledByWhatOthersTellOfIt) {
  CertificateFact record = Certificate(CertificateStatus::kUsed, 1);
  record.verify_id = "77";
  record.platform_shop = "shop_001";
  EXPECT_EQ(One(Told({Used(2), record}))["verified"],
            (json{{"at", ToRfc3339(At(2))}, {"verify_id", "77"}, {"store", "sh-001"}}));
}

TEST(Certificates, ACancelledVerificationDoesNotHold) {
  const auto cancelled = Certificate(CertificateStatus::kUnused, 3);
  const json one = One(Told({Used(2), cancelled}));
  EXPECT_EQ(one["status"], "unused");
  EXPECT_EQ(one["verified"], nullptr);
}

TEST(Certificates, ASecondVerificationTakesNothingOfTheFirst) {
  CertificateFact first = Used(1);
  first.verify_id = "77";
  const json one = One(Told({first, Certificate(CertificateStatus::kUnused, 2), Used(3)}));
  EXPECT_EQ(one["verified"]["verify_id"], "");
  EXPECT_EQ(one["verified"]["at"], ToRfc3339(At(3)));
}

TEST(Certificates, AVoucherHasNoStoreUntilOneIsVerified) {
  OrderSnapshot voucher = Bare(0);
  voucher.kind = OrderKind::kVoucher;
  OrderState state = Merged(voucher);
  EXPECT_EQ(Json(state)["store"], nullptr);
  EXPECT_TRUE(Json(state)["issues"].empty());
  CertificateFact used = Used(1);
  used.platform_shop = "shop_001";
  state.Merge(Facts(used));
  EXPECT_EQ(Json(state)["store"], "sh-001");
  EXPECT_EQ(state.platform_shop(), "shop_001");
}

TEST(Certificates, AnUnlinkedShopIsAnIssueOnce) {
  CertificateFact used = Used(1);
  used.platform_shop = "shop_009";
  const json record = Json(Told({used}));
  EXPECT_EQ(record["issues"], json::parse(R"([{"code":"unmapped_store","detail":"shop_009"}])"));
}

TEST(Certificates, OrdersWithoutThemAreWrittenAsEver) {
  EXPECT_EQ(Encoded(Merged(Bare(0))).front(), 1);
  const std::string bytes = Encoded(Told({Used(1)}));
  EXPECT_EQ(bytes.front(), 3);
  EXPECT_EQ(OrderState::Decode(bytes), Told({Used(1)}));
}

TEST(Certificates, AreInTheFactsThatAreKept) {
  OrderFacts facts = Facts(Used(1));
  std::string bytes;
  Encode(bytes, facts);
  const auto decoded = DecodeOrderFacts(bytes);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->certificates, facts.certificates);
  facts.certificates.clear();
  bytes.clear();
  Encode(bytes, facts);
  EXPECT_EQ(bytes.front(), 1);
}

TEST(Refunded, EndsAnOrderThatIsNotCompleted) {
  const auto refunded = Cancelled(CancelCause::kRefunded, 5);
  EXPECT_EQ(Merged(Reached(OrderStatus::kDelivered, 1), refunded).status(),
            OrderStatus::kCancelled);
  const OrderState completed = Merged(refunded, Reached(OrderStatus::kCompleted, 6));
  EXPECT_EQ(completed.status(), OrderStatus::kCompleted);
  for (const json& step : Json(completed)["history"]) EXPECT_NE(step["status"], "cancelled");
}

}  // namespace
}  // namespace weir::model::testing
