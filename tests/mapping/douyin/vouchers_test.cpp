// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "mapping/pages.hpp"
#include "tests/mapping/douyin/samples.hpp"

namespace weir::mapping::douyin {
namespace {

using model::CertificateStatus;
using model::OrderStatus;

model::OrderFacts ReadVoucher(const json& changes = json::object()) {
  json order = Voucher();
  order.update(changes);
  return OnlyOrder(MapRead(OrdersAnswer(order)));
}

TEST(Vouchers, TheSampleAnswerHoldsTwo) {
  const Mapped mapped = MapRead(ReadData("life_order_query_response.json"));
  ASSERT_EQ(mapped.orders.size(), 2U);
  EXPECT_FALSE(mapped.unmappable);
  const auto& unpaid = mapped.orders[0];
  EXPECT_EQ(unpaid.platform_order_id, "7000277894522046508");
  EXPECT_EQ(unpaid.statuses.at(0).status, OrderStatus::kCancelled);
  EXPECT_EQ(unpaid.statuses.at(0).cause, model::CancelCause::kNotPaidOrAccepted);
  // Nothing is bought yet: its line has no coupon.
  EXPECT_TRUE(unpaid.certificates.empty());
  EXPECT_EQ(mapped.orders[1].statuses.at(0).status, OrderStatus::kPlaced);
}

TEST(Vouchers, AreWholeOrdersWithoutAShop) {
  const auto facts = ReadVoucher({{"poi_id", ""}, {"pay_time", 1629880100}});
  const auto& snapshot = facts.snapshot.value();
  EXPECT_EQ(snapshot.kind, model::OrderKind::kVoucher);
  EXPECT_EQ(snapshot.delivery_mode, model::DeliveryMode::kNone);
  EXPECT_TRUE(snapshot.platform_shop.empty());
  EXPECT_EQ(snapshot.placed_at, At(1629880093));
  EXPECT_EQ(snapshot.paid_at, At(1629880100));
  ASSERT_EQ(snapshot.items->size(), 1U);
  EXPECT_EQ(snapshot.items->at(0).platform_sku, "1708941687677982");
  EXPECT_EQ(snapshot.items->at(0).amount, Fen(20));
  EXPECT_EQ(snapshot.totals.paid, Fen(20));
  EXPECT_EQ(snapshot.totals.items, Fen(20));
  EXPECT_TRUE(snapshot.issues.empty());
}

TEST(Vouchers, BringTheirCertificates) {
  const auto facts = ReadVoucher();
  ASSERT_EQ(facts.certificates.size(), 1U);
  const auto& one = facts.certificates[0];
  EXPECT_EQ(one.id, "7091180835810052103");
  EXPECT_EQ(one.status, CertificateStatus::kUnused);
  EXPECT_EQ(one.platform_status, "200");
  EXPECT_EQ(one.key.updated_at, At(1654348496));
  EXPECT_EQ(one.key.klass, model::SnapshotKey::Class::kDetailRead);
}

TEST(Vouchers, AUsedOneNamesTheShopOfItsOrder) {
  json certificates = Voucher()["certificate"];
  certificates[0]["item_status"] = 400;
  const auto facts = ReadVoucher({{"certificate", certificates}, {"poi_id", 6601137575719602180}});
  EXPECT_EQ(facts.certificates.at(0).status, CertificateStatus::kUsed);
  EXPECT_EQ(facts.certificates.at(0).platform_shop, "6601137575719602180");
}

TEST(Vouchers, AnUnknownItemStatusIsKeptRaw) {
  json certificates = Voucher()["certificate"];
  certificates[0]["item_status"] = 777;
  const auto facts = ReadVoucher({{"certificate", certificates}});
  EXPECT_EQ(facts.certificates.at(0).status, CertificateStatus::kUnknown);
  EXPECT_EQ(facts.certificates.at(0).platform_status, "777");
  EXPECT_EQ(facts.issues.at(0).detail, "item_status 777");
}

TEST(Vouchers, AnUnknownStatusMovesNothing) {
  const auto facts = ReadVoucher({{"order_status", 999}});
  EXPECT_TRUE(facts.statuses.empty());
  EXPECT_EQ(facts.issues.at(0).detail, "order_status 999");
  EXPECT_EQ(ExtraOf(facts).at("order_status"), "999");
}

TEST(Vouchers, TheirIdentityIsChecked) {
  const auto facts = ReadVoucher({{"discount_amount", 5}});
  EXPECT_EQ(facts.snapshot->issues.at(0).detail,
            "original_amount 0.20 != pay_amount 0.20 + discount_amount 0.05");
}

TEST(Vouchers, TheirPartsAreChargesAndDiscounts) {
  const auto facts =
      ReadVoucher({{"original_amount", 1000},
                   {"pay_amount", 700},
                   {"discount_amount", 300},
                   {"sub_order_amount_infos",
                    json::parse(R"([{"sub_order_type":100,"origin_amount":800,"discounts":[
          {"discount_type":"3","discount_amount":300,"merchant_discount_amount":100,
           "platform_discount_amount":200}]},{"sub_order_type":2,"origin_amount":200}])")}});
  const auto& snapshot = facts.snapshot.value();
  EXPECT_EQ(snapshot.charges,
            (std::vector<model::Charge>{{.kind = "packaging", .amount = Fen(200)}}));
  EXPECT_EQ(snapshot.totals.items, Fen(800));
  ASSERT_EQ(snapshot.discounts->size(), 1U);
  EXPECT_EQ(snapshot.discounts->at(0).platform_share, Fen(200));
  EXPECT_EQ(snapshot.discounts->at(0).other_share, Fen(0));
  EXPECT_TRUE(snapshot.issues.empty());
}

constexpr const char* kCipher = "EyI4nylJmLTkDJhhrqGQdA==";

TEST(Contacts, AreReadFromThePageThatHasThem) {
  json order = Voucher();
  order["contacts"] = OneContact("张三", kCipher);
  std::string pages;
  AppendPage(pages, "goodlife/v1/trade/order/query", order.dump());
  AppendPage(pages, "contacts", json{{kCipher, "13800000000"}}.dump());
  const auto facts = OnlyOrder(MapRead(pages, "order?order_id=1", kAskedAt, kPagesDialect));
  EXPECT_EQ(facts.snapshot->customer.name, "张三");
  EXPECT_EQ(facts.snapshot->customer.phone, "13800000000");
  EXPECT_EQ(facts.snapshot->customer.phone_kind, "real");
  EXPECT_FALSE(ExtraOf(facts).contains("contacts"));
}

TEST(Contacts, ThatNobodyDecryptedStayInExtra) {
  const auto facts = ReadVoucher({{"contacts", OneContact("张三", kCipher)}});
  EXPECT_EQ(facts.snapshot->customer.name, "张三");
  EXPECT_TRUE(facts.snapshot->customer.phone.empty());
  EXPECT_EQ(ExtraOf(facts).at("contacts").at(0).at("phone"), kCipher);
}

TEST(Certificates, AskedForByTheirOrderTellOfTheirVerification) {
  const auto facts =
      OnlyOrder(MapRead(ReadData("life_certificate_query_response.json"),
                        "goodlife/v1/fulfilment/certificate/query?order_id=7000277894522046508"));
  EXPECT_EQ(facts.platform_order_id, "7000277894522046508");
  // The unused one has no number.
  ASSERT_EQ(facts.certificates.size(), 1U);
  const auto& one = facts.certificates[0];
  EXPECT_EQ(one.id, "7091293506194655239");
  EXPECT_EQ(one.status, CertificateStatus::kUsed);
  EXPECT_EQ(one.verify_id, "7091644694387591181");
  EXPECT_EQ(one.verified_at, At(1651152314));
  EXPECT_EQ(one.paid, Fen(10));
  EXPECT_EQ(one.expires_at, At(1682265599));
}

TEST(Certificates, OneThatIsAskedForByItselfIsReadInMilliseconds) {
  const auto all = json::parse(ReadData("life_certificate_query_response.json"));
  json one = all["data"]["certificates"][0];
  one["verify"]["verify_time"] = 1651152314000;
  const json answer = {{"data", {{"certificate", one}}}};
  const auto facts = OnlyOrder(MapRead(
      answer.dump(), "goodlife/v1/fulfilment/certificate/get?order_id=7000277894522046508"));
  ASSERT_EQ(facts.certificates.size(), 1U);
  EXPECT_EQ(facts.certificates[0].verified_at, At(1651152314));
}

/// The order, and what the shop 66 says it verified; `record` replaces members of the sample's.
model::OrderFacts WithRecord(const json& record) {
  json answer = json::parse(ReadData("life_verify_record_query_response.json"));
  answer["data"]["records"][0].update(record);
  std::string pages;
  AppendPage(pages, "goodlife/v1/trade/order/query", Voucher().dump());
  AppendPage(pages, "goodlife/v1/fulfilment/certificate/verify_record/query?poi_ids=66",
             answer.dump());
  return OnlyOrder(MapRead(pages, "order?order_id=1", kAskedAt, kPagesDialect));
}

TEST(VerifyRecords, SayWhereACouponWasUsed) {
  const auto facts = WithRecord({{"status", 1}});
  ASSERT_EQ(facts.certificates.size(), 2U);
  const auto& record = facts.certificates[1];
  EXPECT_EQ(record.id, "7091180835810052103");
  EXPECT_EQ(record.platform_shop, "66");
  EXPECT_EQ(record.verify_id, "7091478021421631519");
  EXPECT_EQ(record.verified_at, At(1651113601));
  EXPECT_EQ(record.original, Fen(10));
  EXPECT_EQ(record.status, CertificateStatus::kUnknown);
  EXPECT_TRUE(facts.issues.empty());
}

TEST(VerifyRecords, TakenBackSayNothing) {
  EXPECT_EQ(WithRecord({{"status", 2}}).certificates.size(), 1U);
}

TEST(VerifyRecords, OfOtherOrdersCouponsAreLeftAlone) {
  EXPECT_EQ(WithRecord({{"status", 1}, {"certificate_id", "9"}}).certificates.size(), 1U);
}

TEST(VerifyRecords, OfAnUnknownStatusAreAnIssue) {
  const auto facts = WithRecord({{"status", 9}});
  EXPECT_EQ(facts.certificates.size(), 1U);
  EXPECT_EQ(facts.issues.at(0).detail, "record.status 9");
}

TEST(Certificates, WithoutTheirOrderAreNobodys) {
  const Mapped mapped = MapRead(ReadData("life_certificate_query_response.json"),
                                "goodlife/v1/fulfilment/certificate/query");
  ASSERT_TRUE(mapped.unmappable);
  EXPECT_EQ(mapped.unmappable->reason, "missing_subject");
}

TEST(Certificates, AnUnknownActionIsReadAgain) {
  const auto facts = OnlyOrder(
      MapEvent("life_trade_certificate_notify",
               {{"action", "fly"},
                {"msg_time", 5},
                {"certificate", {{"certificate_id", 9007199254740993}, {"order_id", "123"}}}}));
  EXPECT_EQ(facts.certificates.at(0).status, CertificateStatus::kUnknown);
  EXPECT_EQ(facts.certificates.at(0).id, "9007199254740993");
  EXPECT_EQ(facts.issues.at(0).detail, "action");
  EXPECT_TRUE(facts.wants_reread);
}

}  // namespace
}  // namespace weir::mapping::douyin
