// SPDX-License-Identifier: Apache-2.0
#include "connectors/meituan/errors.hpp"

#include <gtest/gtest.h>

#include "connectors/meituan/envelope.hpp"

namespace weir::connectors::meituan {
namespace {

TEST(Errors, DecideByCode) {
  EXPECT_EQ(Lookup(700).kind, ErrorKind::kTransport);
  EXPECT_EQ(Lookup(702).kind, ErrorKind::kUnauthorized);
  EXPECT_EQ(Lookup(703).kind, ErrorKind::kUnauthorized);
  EXPECT_EQ(Lookup(711).kind, ErrorKind::kRateLimited);
  EXPECT_EQ(Lookup(803).kind, ErrorKind::kNotFound);
  EXPECT_EQ(Lookup(806).kind, ErrorKind::kNotFound);
  EXPECT_EQ(Lookup(808).kind, ErrorKind::kConflict);
  EXPECT_EQ(Lookup(1022).kind, ErrorKind::kConflict);
  EXPECT_EQ(Lookup(4001).kind, ErrorKind::kUnauthorized);
}

TEST(Errors, AnUnknownCodeIsRejected) {
  EXPECT_EQ(Lookup(99999).kind, ErrorKind::kRejected);
  EXPECT_EQ(ToError(99999).remote_code, "99999");
}

Result<void> Check(std::string body, unsigned status = 200) {
  net::Response response;
  response.status = status;
  response.body = std::move(body);
  return CheckEnvelope(response);
}

TEST(Envelope, HoldsWithData) {
  EXPECT_TRUE(Check(R"({"data":{"order_id":1}})"));
  EXPECT_TRUE(Check(R"({"data":"ok"})"));
  EXPECT_TRUE(Check(R"({"data":[]})"));
  EXPECT_TRUE(Check(R"({"result_code":1,"data":{"a":1}})"));
  EXPECT_TRUE(Check(R"({"result_code":2,"data":{"a":1},"error_list":[{"code":805}]})"));
}

struct Failure {
  const char* body;
  unsigned status;
  ErrorKind kind;
  const char* code;
};

class Failures : public testing::TestWithParam<Failure> {};

TEST_P(Failures, AreUnderstood) {
  const auto& [body, status, kind, code] = GetParam();
  const auto checked = Check(body, status);
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().kind, kind);
  EXPECT_EQ(checked.error().remote_code, code);
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, Failures,
    testing::Values(
        Failure{R"({"data":"ng","error":{"code":703,"msg":"x"}})", 200, ErrorKind::kUnauthorized,
                "703"},
        Failure{R"({"data":"ng","error":{"code":"806"}})", 200, ErrorKind::kNotFound, "806"},
        Failure{R"({"error":{"code":711}})", 200, ErrorKind::kRateLimited, "711"},
        Failure{R"({"data":"ng"})", 200, ErrorKind::kRejected, "0"},
        Failure{R"({"result_code":4,"error":{"code":703}})", 200, ErrorKind::kUnauthorized, "703"},
        Failure{R"({"result_code":3,"error_list":[{"code":805}]})", 200, ErrorKind::kNotFound,
                "805"},
        Failure{R"({"code":803,"msg":"x"})", 200, ErrorKind::kNotFound, "803"},
        Failure{R"({"data":"ng","error":{"code":700}})", 500, ErrorKind::kTransport, "700"},
        Failure{"<html>", 502, ErrorKind::kTransport, "502"},
        Failure{"", 429, ErrorKind::kRateLimited, "429"},
        Failure{"", 403, ErrorKind::kUnauthorized, "403"},
        Failure{"", 404, ErrorKind::kRejected, "404"},
        Failure{"<html>", 200, ErrorKind::kMalformed, ""},
        Failure{"[]", 200, ErrorKind::kMalformed, ""},
        Failure{"{}", 200, ErrorKind::kMalformed, ""},
        Failure{R"({"data":null})", 200, ErrorKind::kMalformed, ""}));

}  // namespace
}  // namespace weir::connectors::meituan
