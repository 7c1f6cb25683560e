// SPDX-License-Identifier: Apache-2.0
#include "connectors/douyin/errors.hpp"

#include <gtest/gtest.h>

namespace weir::connectors::douyin {
namespace {

TEST(Errors, SayWhatTheCallerCanDo) {
  EXPECT_EQ(ToError(2100004).kind, ErrorKind::kTransport);
  EXPECT_EQ(ToError(2119003).kind, ErrorKind::kRateLimited);
  EXPECT_EQ(ToError(2119005).kind, ErrorKind::kUnauthorized);
  EXPECT_EQ(ToError(3100101).kind, ErrorKind::kNotFound);
  EXPECT_EQ(ToError(kUseCursor).kind, ErrorKind::kRejected);
  EXPECT_EQ(ToError(10020).retry_after, std::chrono::minutes(5));
}

TEST(Errors, UnknownCodesAreRejectedAndKept) {
  EXPECT_EQ(ToError(987654321).kind, ErrorKind::kRejected);
  EXPECT_EQ(ToError(987654321).remote_code, "987654321");
}

TEST(Errors, OfTheTradeSystemTheInnerCodeDecides) {
  EXPECT_EQ(ToError(2191002, 20000).kind, ErrorKind::kNotFound);
  EXPECT_EQ(ToError(2191002, 20000).remote_code, "20000");
  EXPECT_EQ(ToError(2191002).kind, ErrorKind::kRejected);
  EXPECT_EQ(ToError(2119003, 20000).kind, ErrorKind::kRateLimited);
}

TEST(Errors, KnowARefusedToken) {
  for (const std::int64_t code : {2190002, 2190008, 28001008}) {
    EXPECT_TRUE(IsTokenRefusal(ToError(code))) << code;
  }
  EXPECT_TRUE(IsTokenRefusal(ToError(2191003, 11002)));
  EXPECT_FALSE(IsTokenRefusal(ToError(2119005)));
}

TEST(Errors, KnowACouponThatIsUsed) {
  EXPECT_TRUE(IsAlreadyVerified(1208));
  EXPECT_TRUE(IsAlreadyVerified(2));
  EXPECT_FALSE(IsAlreadyVerified(0));
}

}  // namespace
}  // namespace weir::connectors::douyin
