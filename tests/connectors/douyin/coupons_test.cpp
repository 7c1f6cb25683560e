// SPDX-License-Identifier: Apache-2.0
#include "connectors/douyin/coupons.hpp"

#include <gtest/gtest.h>

#include "tests/connectors/douyin/support.hpp"

namespace weir::connectors::douyin {
namespace {

class CouponsTest : public testing::Test {
 protected:
  Coupons Over(std::deque<Result<net::Response>> answers) {
    transport_ = std::make_unique<CannedTransport>(std::move(answers));
    return Coupons(std::make_shared<Client>(
        TestCredentials(),
        ConnectorParts{
            .transport = *transport_, .clock = clock_, .vault = std::make_shared<FakeVault>()}));
  }
  [[nodiscard]] const net::Request& Sent() const { return transport_->requests.at(0); }

  FixedClock clock_;
  std::unique_ptr<CannedTransport> transport_;
};

TEST_F(CouponsTest, ArePreparedByTheirCode) {
  Coupons coupons = Over(
      {DataOf(json::parse(R"({"verify_token":"t","certificates":[{"encrypted_code":"A"}]})"))});
  ASSERT_TRUE(Await(coupons.PrepareCode("104930181552", "66")));
  EXPECT_EQ(Sent().target,
            "https://open.douyin.com/goodlife/v1/fulfilment/certificate/prepare/"
            "?code=104930181552&poi_id=66");
}

TEST_F(CouponsTest, ArePreparedByTheirScannedCode) {
  Coupons coupons = Over({DataOf(json::parse(
      R"({"verify_token":"t","order_id":7,"certificates":[{"encrypted_code":"A"},{"encrypted_code":"B"}]})"))});
  const auto prepared = Await(coupons.PrepareScanned("x/y=", "66"));
  ASSERT_TRUE(prepared);
  EXPECT_EQ(prepared->verify_token, "t");
  EXPECT_EQ(prepared->order_id, "7");
  EXPECT_EQ(prepared->encrypted_codes, (std::vector<std::string>{"A", "B"}));
  EXPECT_EQ(Sent().target,
            "https://open.douyin.com/goodlife/v1/fulfilment/certificate/prepare/"
            "?encrypted_data=x%2Fy%3D&poi_id=66");
}

TEST_F(CouponsTest, NothingToVerifyIsMalformed) {
  Coupons coupons = Over({DataOf(json::object())});
  EXPECT_EQ(Await(coupons.PrepareCode("1", "66")).error().kind, ErrorKind::kMalformed);
}

TEST_F(CouponsTest, AreVerifiedByTheirToken) {
  Coupons coupons = Over({Answer(ReadData("life_certificate_verify_response.json"))});
  const auto verified = Await(coupons.Verify("t", {"A"}, "66"));
  ASSERT_TRUE(verified);
  ASSERT_EQ(verified->size(), 1U);
  EXPECT_FALSE(verified->at(0).error);
  EXPECT_FALSE(verified->at(0).already);
  EXPECT_EQ(verified->at(0).verify_id, "7091478021421631519");
  EXPECT_EQ(verified->at(0).certificate_id, "7091180835810052103");
  EXPECT_EQ(json::parse(Sent().body),
            json::parse(R"({"verify_token":"t","poi_id":"66","account_id":"7000000000000000009",
                            "encrypted_codes":["A"]})"));
  EXPECT_TRUE(Sent().idempotent);
}

TEST_F(CouponsTest, UsedAlreadyIsSuccessOnARepeatedCall) {
  for (const int result : {1208, 2}) {
    json data;
    data["verify_results"] = json::array();
    data["verify_results"].push_back({{"result", result}, {"code", "A"}});
    Coupons coupons = Over({DataOf(data)});
    const auto verified = Await(coupons.Verify("t", {"A"}, "66"));
    ASSERT_TRUE(verified);
    EXPECT_TRUE(verified->at(0).already) << result;
    EXPECT_FALSE(verified->at(0).error) << result;
  }
}

TEST_F(CouponsTest, UsedAlreadyMayBeSaidOfTheCall) {
  Coupons coupons = Over({Answer(R"({"data":{"error_code":1208}})")});
  const auto verified = Await(coupons.Verify("t", {"A", "B"}, "66"));
  ASSERT_TRUE(verified);
  EXPECT_EQ(verified->size(), 2U);
  EXPECT_TRUE(verified->at(1).already);
}

TEST_F(CouponsTest, AnotherRefusalOfTheCallIsAnError) {
  Coupons coupons = Over({Answer(R"({"data":{"error_code":2119006}})")});
  const auto verified = Await(coupons.Verify("t", {"A"}, "66"));
  ASSERT_FALSE(verified);
  EXPECT_EQ(verified.error().kind, ErrorKind::kConflict);
}

TEST_F(CouponsTest, AnOutcomeThatIsUnknownIsKnownAfterARepeatedCall) {
  // The first call is cut off after it was carried out.
  Coupons coupons = Over({Fail(ErrorKind::kTransport, "cut off"),
                          DataOf(json::parse(R"({"verify_results":[{"result":1208,"code":"A",
                                                 "verify_id":"77"}]})"))});
  EXPECT_EQ(Await(coupons.Verify("t", {"A"}, "66")).error().kind, ErrorKind::kTransport);
  const auto verified = Await(coupons.Verify("t", {"A"}, "66"));
  ASSERT_TRUE(verified);
  EXPECT_EQ(verified->at(0).verify_id, "77");
  EXPECT_TRUE(verified->at(0).already);
  EXPECT_EQ(transport_->requests.at(0).body, transport_->requests.at(1).body);
}

TEST_F(CouponsTest, EachHasItsOwnOutcome) {
  Coupons coupons = Over(
      {DataOf(json::parse(R"({"verify_results":[{"result":1250,"code":"A"},{"code":"B"}]})"))});
  const auto verified = Await(coupons.Verify("t", {"A", "B"}, "66"));
  ASSERT_TRUE(verified);
  EXPECT_EQ(verified->at(0).error->remote_code, "1250");
  EXPECT_EQ(verified->at(1).error->kind, ErrorKind::kMalformed);
}

TEST_F(CouponsTest, AVerificationIsTakenBack) {
  Coupons coupons = Over({Answer(ReadData("life_simple_ok_response.json"))});
  ASSERT_TRUE(Await(coupons.Cancel("77", "9001", "once")));
  EXPECT_EQ(json::parse(Sent().body), json::parse(R"({"verify_id":"77","certificate_id":"9001",
                            "account_id":"7000000000000000009","cancel_token":"once"})"));
}

TEST_F(CouponsTest, TakenBackAlreadyIsSuccess) {
  Coupons coupons = Over({Answer(R"({"data":{"error_code":1265}})")});
  EXPECT_TRUE(Await(coupons.Cancel("77", "9001", "once")));
}

TEST_F(CouponsTest, WhatIsTooOldIsNotTakenBack) {
  Coupons coupons = Over({Answer(R"({"data":{"error_code":1250}})")});
  EXPECT_EQ(Await(coupons.Cancel("77", "9001", "once")).error().kind, ErrorKind::kRejected);
}

TEST_F(CouponsTest, WithoutATokenACancelIsNotRepeated) {
  Coupons coupons = Over({Answer(ReadData("life_simple_ok_response.json"))});
  ASSERT_TRUE(Await(coupons.Cancel("77", "9001", "")));
  EXPECT_FALSE(Sent().idempotent);
}

}  // namespace
}  // namespace weir::connectors::douyin
