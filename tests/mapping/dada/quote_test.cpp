// SPDX-License-Identifier: Apache-2.0
#include "mapping/dada/quote.hpp"

#include <gtest/gtest.h>

#include "tests/mapping/dada/samples.hpp"

namespace weir::mapping::dada {
namespace {

TEST(Quote, IsValidForThreeMinutes) {
  const auto quote = QuoteOf(ReadData("queryDeliverFee_response.json"), At(kAskedAt));
  ASSERT_TRUE(quote);
  EXPECT_EQ(*quote, (model::CourierQuote{.fee = Fen(950),
                                         .distance_m = 1422,
                                         .deliver_at = std::nullopt,
                                         .reference = "Dada00000000000000000000000000000001",
                                         .expires_at = At(kAskedAt + 180)}));
}

TEST(Quote, WithoutAFeeIsNone) {
  for (const char* answer : {"", "{}", R"({"result":{"deliveryNo":"1"}})",
                             R"({"result":{"fee":"a lot"}})", R"({"result":{"fee":9.555}})"}) {
    const auto quote = QuoteOf(answer, At(kAskedAt));
    ASSERT_FALSE(quote) << answer;
    EXPECT_EQ(quote.error().kind, ErrorKind::kMalformed) << answer;
  }
}

}  // namespace
}  // namespace weir::mapping::dada
