// SPDX-License-Identifier: Apache-2.0
#include "connectors/dada/errors.hpp"

#include <gtest/gtest.h>

#include <array>

#include "connectors/dada/envelope.hpp"
#include "tests/connectors/dada/support.hpp"

namespace weir::connectors::dada {
namespace {

using enum CodeClass;

std::string TextOf(int code) { return std::to_string(code); }

TEST(Codes, AreAllClassified) {
  const json codes = Sample("error_codes.json");
  EXPECT_EQ(codes.size(), 152U);
  for (const json& row : codes) {
    const std::string code = row.at("code").dump();
    if (code == kOk) continue;
    EXPECT_TRUE(FindError(code)) << code << " " << row.at("msg");
  }
}

struct Row {
  CodeClass klass;
  std::vector<int> codes;
};

// Protocol §10, whose classes are named by what the caller does.
TEST(Codes, HaveTheirClass) {
  const std::array rows{
      Row{kRetry, {-1, 999, 2012, 2047, 2067, 2140, 2455, 2463}},
      Row{kDone, {2105, 2063, 2065, 2066, 2076}},
      Row{kQuoteExpired, {2062}},
      Row{kConfiguration, {1994, 1995, 1996, 1998, 1999, 2000, 2001, 2002, 2003, 2004, 2008,
                           2009, 2010, 2043, 2044, 2045, 2131, 2132, 2141, 2400, 2401}},
      Row{kMoney, {2155, 2456, 2430}},
      Row{kBadRequest,
          {1997, 2006, 2007, 2013, 2048, 2049, 2054, 2055, 2056, 2057, 2077, 2078, 2079, 2080,
           2104, 2106, 2129, 2136, 2137, 2138, 2139, 2170, 2403, 2419, 2422, 2454, 2457, 2461}},
      Row{kWrongState,
          {2050, 2051, 2052, 2053, 2059, 2060, 2061, 2064, 2069, 2070, 2071, 2072, 2073, 2074, 2130,
           2135, 2458, 2459, 2460}},
      Row{kNotFound, {2005, 2011, 2402}},
      Row{kSandboxOnly, {2068, 2420}},
  };
  for (const Row& row : rows) {
    for (const int code : row.codes) {
      ASSERT_TRUE(FindError(TextOf(code))) << code;
      EXPECT_EQ(FindError(TextOf(code))->klass, row.klass) << code;
    }
  }
}

struct Case {
  int code;
  ErrorKind kind;
};
class Kinds : public testing::TestWithParam<Case> {};

TEST_P(Kinds, FollowTheClass) {
  const Error error = ToError(TextOf(GetParam().code));
  EXPECT_EQ(error.kind, GetParam().kind);
  EXPECT_EQ(error.remote_code, TextOf(GetParam().code));
}

INSTANTIATE_TEST_SUITE_P(
    Codes, Kinds,
    testing::Values(Case{-1, ErrorKind::kTransport}, Case{999, ErrorKind::kRateLimited},
                    Case{2012, ErrorKind::kRateLimited}, Case{2003, ErrorKind::kUnauthorized},
                    Case{2044, ErrorKind::kRejected}, Case{2155, ErrorKind::kRejected},
                    Case{2129, ErrorKind::kRejected}, Case{2050, ErrorKind::kRejected},
                    Case{2073, ErrorKind::kConflict}, Case{2005, ErrorKind::kNotFound},
                    Case{2105, ErrorKind::kConflict}, Case{31337, ErrorKind::kRejected}));

TEST(Codes, AreAnErrorsOwn) {
  EXPECT_TRUE(Is(ToError("2105"), kDone));
  EXPECT_FALSE(Is(ToError("2105"), kRetry));
  EXPECT_FALSE(Is({.kind = ErrorKind::kTransport}, kRetry));
}

TEST(Envelope, TakesEverySuccessOfTheSamples) {
  for (const char* file :
       {"addAfterQuery_response.json", "addOrder_response.json", "cancel_reasons_response.json",
        "cityCode_list_response.json", "formalCancel_response.json", "position_response.json",
        "queryDeliverFee_response.json", "shop_add_response.json", "statusQuery_response.json"}) {
    EXPECT_TRUE(CheckAnswer(Answer(ReadData(file)))) << file;
  }
}

TEST(Envelope, TellsTheFailuresOfTheSamples) {
  const auto code = [](const char* file) {
    return CheckAnswer(Answer(ReadData(file))).error().remote_code;
  };
  EXPECT_EQ(code("addOrder_duplicate_response.json"), "2105");
  EXPECT_EQ(code("bad_signature_response.json"), "2003");
  EXPECT_EQ(code("insufficient_balance_response.json"), "2155");
}

TEST(Envelope, TellsNothingThatDadaWroteBesideACode) {
  const auto failed = CheckAnswer(Failure(2122));
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().message.find("138"), std::string::npos) << failed.error().message;
}

TEST(Envelope, WantsBothCodeAndStatus) {
  for (const char* body : {"", "x", "[]", "{}", R"({"code":0})", R"({"status":"success"})",
                           R"({"code":0,"status":"fail"})"}) {
    const auto checked = CheckAnswer(Answer(body));
    ASSERT_FALSE(checked) << body;
    EXPECT_EQ(checked.error().kind, ErrorKind::kMalformed) << body;
  }
  EXPECT_EQ(CheckAnswer(Answer(R"({"errorCode":2105})")).error().remote_code, "2105");
}

TEST(Envelope, AnOutageIsOne) {
  net::Response down = Answer("<html>");
  down.status = 502;
  EXPECT_EQ(CheckAnswer(down).error().kind, ErrorKind::kTransport);
  down.body = R"({"status":"success","code":0})";
  EXPECT_EQ(CheckAnswer(down).error().kind, ErrorKind::kTransport);
}

}  // namespace
}  // namespace weir::connectors::dada
