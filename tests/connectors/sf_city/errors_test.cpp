// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_city/errors.hpp"

#include <gtest/gtest.h>

#include "connectors/sf_city/envelope.hpp"
#include "tests/connectors/sf_city/support.hpp"

namespace weir::connectors::sf_city {
namespace {

struct Known {
  const char* code;
  const char* said;
  ErrorKind kind;
};

class Codes : public testing::TestWithParam<Known> {};

TEST_P(Codes, DecideTheKind) {
  const Error error = ToError(GetParam().code, GetParam().said);
  EXPECT_EQ(error.kind, GetParam().kind);
  EXPECT_EQ(error.remote_code, GetParam().code);
}

INSTANTIATE_TEST_SUITE_P(Protocol, Codes,
                         testing::Values(Known{"1202", "参数错误:order_id", ErrorKind::kRejected},
                                         Known{"4711", "neverHeardOf", ErrorKind::kRejected},
                                         Known{"4711", "", ErrorKind::kRejected},
                                         Known{"4711", "签名错误", ErrorKind::kUnauthorized},
                                         Known{"4711", "开发者不存在", ErrorKind::kUnauthorized},
                                         Known{"4711", "请求过于频繁", ErrorKind::kRateLimited},
                                         Known{"1202", "订单不存在", ErrorKind::kNotFound}));

TEST(Codes, SayNothingOfWhatSfWrote) {
  EXPECT_EQ(ToError("4711", "收件人张三").message, "SF intra-city answers 4711: refused.");
}

TEST(Codes, AreCutToAReadableLength) {
  EXPECT_EQ(ToError(std::string(500, '1'), "").remote_code.size(), 64U);
}

TEST(Envelope, FailuresComeAsHttp200) {
  const auto read = ReadAnswer(Refusal(1202));
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().remote_code, "1202");
}

TEST(Envelope, TellsWhatAConnectorAsksOfAnAnswer) {
  const auto state = ReadAnswer(Answer(ReadData("getorderstatus_response.json")));
  ASSERT_TRUE(state);
  EXPECT_TRUE(state->names_number);
  EXPECT_EQ(state->order_status, "15");
  const auto tip = ReadAnswer(Done({{"total_gratuity_fee", 300}}));
  EXPECT_FALSE(tip->names_number);
  EXPECT_EQ(tip->total_gratuity_fee, "300");
  EXPECT_FALSE(ReadAnswer(Done(nullptr))->total_gratuity_fee);
}

TEST(Envelope, KnowsNoAnswerOfSfs) {
  for (const char* body : {"", "<html>", "[]", "{}", R"({"result":{}})"}) {
    EXPECT_EQ(ReadAnswer(Answer(body)).error().kind, ErrorKind::kMalformed) << body;
  }
  EXPECT_EQ(ReadAnswer(Answer("<html>", 502)).error().kind, ErrorKind::kTransport);
  EXPECT_EQ(ReadAnswer(Answer("{}", 429)).error().kind, ErrorKind::kRateLimited);
}

}  // namespace
}  // namespace weir::connectors::sf_city
