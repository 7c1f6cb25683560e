// SPDX-License-Identifier: Apache-2.0
#include "connectors/doudian/errors.hpp"

#include <gtest/gtest.h>

#include "connectors/doudian/envelope.hpp"
#include "tests/connectors/doudian/support.hpp"

namespace weir::connectors::doudian {
namespace {

struct Case {
  const char* code;
  const char* sub_code;
  ErrorKind kind;
};

class Errors : public testing::TestWithParam<Case> {};

TEST_P(Errors, HaveTheirKind) {
  const Error error = ToError(GetParam().code, GetParam().sub_code);
  EXPECT_EQ(error.kind, GetParam().kind);
  const std::string_view sub_code = GetParam().sub_code;
  EXPECT_EQ(error.remote_code, sub_code.empty() ? GetParam().code : sub_code);
}

INSTANTIATE_TEST_SUITE_P(
    Codes, Errors,
    testing::Values(Case{"20000", "", ErrorKind::kTransport},
                    Case{"20001", "isp.service-error:timeout", ErrorKind::kTransport},
                    Case{"30001", "isv.app-permissions-insufficient", ErrorKind::kUnauthorized},
                    Case{"30002", "", ErrorKind::kUnauthorized},
                    Case{"40003", "isv.signature-invalid", ErrorKind::kUnauthorized},
                    Case{"40003", "isv.parameter-format-invalid", ErrorKind::kRejected},
                    Case{"40003", "isv.idempotent-id-existed", ErrorKind::kConflict},
                    Case{"40004", "isv.something-new:1", ErrorKind::kRejected},
                    Case{"50001", "dop.token-generate-failed:new", ErrorKind::kUnauthorized},
                    Case{"50002", "isv.business-failed:31", ErrorKind::kRejected},
                    Case{"60000", "", ErrorKind::kRateLimited},
                    Case{"70000", "isp.api-service-off", ErrorKind::kRejected},
                    Case{"123", "", ErrorKind::kRejected}));

TEST(Envelope, TellsSuccessInBothShapes) {
  for (const char* body :
       {R"({"code":10000,"data":{"a":1}})", R"({"err_no":0,"message":"success","data":{"a":1}})",
        R"({"code":"10000","err_no":0,"data":{"a":1}})", R"({"code":10001,"data":{"a":1}})"}) {
    const auto has = HasData(Answer(body));
    ASSERT_TRUE(has) << body;
    EXPECT_TRUE(*has) << body;
  }
  EXPECT_FALSE(*HasData(Answer(R"({"code":10000,"data":null})")));
}

TEST(Envelope, TellsFailureInBothShapes) {
  const auto fresh = HasData(Answer(ReadData("error_response.json")));
  ASSERT_FALSE(fresh);
  EXPECT_EQ(fresh.error().remote_code, "isv.signature-invalid");
  const auto legacy = HasData(Answer(R"({"err_no":60000,"message":"x","data":null})"));
  ASSERT_FALSE(legacy);
  EXPECT_EQ(legacy.error().kind, ErrorKind::kRateLimited);
  EXPECT_FALSE(HasData(Answer(R"({"code":10001,"data":null})")));
}

TEST(Envelope, TakesEveryAnswerOfTheSamples) {
  for (const char* file :
       {"order_orderDetail_response_legacy.json", "order_searchList_response_legacy.json",
        "superm_getShipmentInfo_response.json", "token_create_response.json",
        "logistics_trackNoRouteDetail_response.json"}) {
    const auto has = HasData(Answer(ReadData(file)));
    ASSERT_TRUE(has) << file;
    EXPECT_TRUE(*has) << file;
  }
}

TEST(Envelope, WhatIsNoAnswerIsMalformed) {
  for (const char* body : {"", "x", "[]", "{}", R"({"data":{}})"}) {
    const auto has = HasData(Answer(body));
    ASSERT_FALSE(has) << body;
    EXPECT_EQ(has.error().kind, ErrorKind::kMalformed) << body;
  }
  net::Response down = Answer("<html>");
  down.status = 503;
  EXPECT_EQ(HasData(down).error().kind, ErrorKind::kTransport);
}

TEST(TokenErrors, NameTheTokenThatWasRefused) {
  EXPECT_TRUE(IsTokenRefused(ToError("40003", "isv.access-token-expired")));
  EXPECT_TRUE(IsTokenRefused(ToError("40003", "isv.access-token-no-existed")));
  EXPECT_FALSE(IsTokenRefused(ToError("40003", "isv.signature-invalid")));
}

}  // namespace
}  // namespace weir::connectors::doudian
