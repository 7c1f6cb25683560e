// SPDX-License-Identifier: Apache-2.0
#include "connectors/douyin/desk.hpp"

#include <gtest/gtest.h>

#include "tests/connectors/douyin/support.hpp"

namespace weir::connectors::douyin {
namespace {

Result<void> AcceptOver(CannedTransport& transport) {
  static const FixedClock clock;
  Desk desk(std::make_shared<Client>(
      TestCredentials(),
      ConnectorParts{
          .transport = transport, .clock = clock, .vault = std::make_shared<FakeVault>()}));
  return Await(desk.Accept("1000001703409282301"));
}

TEST(Desk, AcceptsByTheOrdersNumber) {
  CannedTransport transport(ReadData("life_simple_ok_response.json"));
  ASSERT_TRUE(AcceptOver(transport));
  const net::Request& request = transport.requests.at(0);
  EXPECT_EQ(request.target,
            "https://open.douyin.com/goodlife/v1/trade/buy/merchant_confirm_order/");
  EXPECT_EQ(request.body, R"({"order_id":"1000001703409282301"})");
  EXPECT_FALSE(request.idempotent);
}

TEST(Desk, ComingTooLateIsAConflict) {
  CannedTransport transport(
      R"({"data":{"error_code":2191003},"extra":{"error_code":2191003,"sub_error_code":20001}})");
  EXPECT_EQ(AcceptOver(transport).error().kind, ErrorKind::kConflict);
}

}  // namespace
}  // namespace weir::connectors::douyin
