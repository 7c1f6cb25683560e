// SPDX-License-Identifier: Apache-2.0
#include "connectors/eleme/errors.hpp"

#include <gtest/gtest.h>

#include "connectors/eleme/envelope.hpp"
#include "tests/connectors/eleme/support.hpp"

namespace weir::connectors::eleme {
namespace {

struct Known {
  const char* code;
  ErrorKind kind;
};

class Codes : public testing::TestWithParam<Known> {};

TEST_P(Codes, DecideTheKind) {
  EXPECT_EQ(ToError(GetParam().code).kind, GetParam().kind);
  EXPECT_EQ(ToError(GetParam().code).remote_code, GetParam().code);
}

INSTANTIATE_TEST_SUITE_P(Protocol, Codes,
                         testing::Values(Known{"SERVER_ERROR", ErrorKind::kTransport},
                                         Known{"ILLEGAL_REQUEST", ErrorKind::kRejected},
                                         Known{"UNAUTHORIZED", ErrorKind::kUnauthorized},
                                         Known{"ACCESS_DENIED", ErrorKind::kUnauthorized},
                                         Known{"PERMISSION_DENIED", ErrorKind::kUnauthorized},
                                         Known{"METHOD_NOT_ALLOWED", ErrorKind::kRejected},
                                         Known{"EXCEED_LIMIT", ErrorKind::kRateLimited},
                                         Known{"INVALID_SIGNATURE", ErrorKind::kUnauthorized},
                                         Known{"INVALID_TIMESTAMP", ErrorKind::kUnauthorized},
                                         Known{"VALIDATION_FAILED", ErrorKind::kRejected},
                                         Known{"BIZ_ORDER_STATE_INVALID", ErrorKind::kRejected},
                                         Known{"BIZ_ORDER_NOT_EXISTS", ErrorKind::kNotFound},
                                         Known{"NEVER_HEARD_OF", ErrorKind::kRejected},
                                         Known{"invalid_client", ErrorKind::kUnauthorized},
                                         Known{"invalid_grant", ErrorKind::kUnauthorized}));

TEST(Codes, AreCutToAReadableLength) {
  EXPECT_EQ(ToError(std::string(500, 'X')).remote_code.size(), 64U);
}

Result<bool> Check(std::string body, unsigned status = 200) {
  net::Response response = Answer(std::move(body));
  response.status = status;
  return HasResult(response);
}

TEST(Envelope, HasAResultOrNone) {
  EXPECT_TRUE(*Check(R"({"id":"1","result":{"orderId":"1"},"error":null})"));
  EXPECT_TRUE(*Check(R"({"id":"1","result":[],"error":null})"));
  EXPECT_FALSE(*Check(ReadData("response_ok.json")));
}

TEST(Envelope, FailuresComeAsHttp200) {
  const auto checked = Check(ReadData("response_error.json"));
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().kind, ErrorKind::kUnauthorized);
  EXPECT_EQ(checked.error().remote_code, "INVALID_SIGNATURE");
  EXPECT_EQ(checked.error().message, "Ele.me answers INVALID_SIGNATURE: bad signature.");
}

TEST(Envelope, KnowsNoAnswerOfEleMes) {
  for (const char* body : {"", "<html>", "[]", "{}", R"({"error":null})"}) {
    const auto checked = Check(body);
    ASSERT_FALSE(checked) << body;
    EXPECT_EQ(checked.error().kind, ErrorKind::kMalformed) << body;
  }
  EXPECT_EQ(Check("<html>", 502).error().kind, ErrorKind::kTransport);
}

}  // namespace
}  // namespace weir::connectors::eleme
