// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_express/quote.hpp"

#include <gtest/gtest.h>

#include "tests/connectors/sf_express/support.hpp"

namespace weir::connectors::sf_express {
namespace {

json Offer(const std::string& product, const json& fee) {
  return {{"businessType", product},
          {"businessTypeDesc", "顺丰特惠"},
          {"deliverTime", "2026-11-23 12:00:00,2026-11-23 18:00:00"},
          {"fee", fee},
          {"searchPrice", "1"}};
}

Result<CourierQuote> Read(const json& offers, std::string_view product = "2") {
  return ReadQuote(AnswerOf({{"deliverTmDto", offers}}), product);
}

TEST(Quote, IsTheFeeOfTheProduct) {
  const auto quote = Read(json::array({Offer("1", 23.5), Offer("2", "119")}));
  ASSERT_TRUE(quote);
  EXPECT_EQ(quote->fee.fen(), 11900);
  EXPECT_EQ(quote->deliver_at, mapping::sf_express::China("2026-11-23 18:00:00"));
  EXPECT_EQ(quote->reference, "");
}

TEST(Quote, TakesTheOnlyOffer) {
  EXPECT_EQ(Read(json::array({Offer("", 12.34)}))->fee.fen(), 1234);
}

TEST(Quote, LivesWithoutATime) {
  json offer = Offer("2", 12);
  offer["deliverTime"] = nullptr;
  const auto quote = Read(json::array({offer}));
  ASSERT_TRUE(quote);
  EXPECT_EQ(quote->deliver_at, std::nullopt);
}

TEST(Quote, SaysWhatIsNotOffered) {
  for (const json& offers :
       {json::array(), json::array({Offer("1", 1), Offer("5", 1)}), json(nullptr)}) {
    const auto quote = Read(offers);
    ASSERT_FALSE(quote);
    EXPECT_EQ(quote.error().kind, ErrorKind::kRejected);
    EXPECT_EQ(quote.error().remote_code, "not_offered");
  }
}

TEST(Quote, SaysThatThereIsNoPrice) {
  const auto quote = Read(json::array({Offer("2", nullptr)}));
  ASSERT_FALSE(quote);
  EXPECT_EQ(quote.error().remote_code, "no_price");
}

TEST(Quote, RefusesAFeeThatIsNoAmount) {
  EXPECT_EQ(Read(json::array({Offer("2", "1.234")})).error().kind, ErrorKind::kMalformed);
}

}  // namespace
}  // namespace weir::connectors::sf_express
