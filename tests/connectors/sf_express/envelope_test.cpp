// SPDX-License-Identifier: Apache-2.0
#include "connectors/sf_express/envelope.hpp"

#include <gtest/gtest.h>

#include "tests/connectors/sf_express/support.hpp"

namespace weir::connectors::sf_express {
namespace {

TEST(Envelope, OpensTheSamplesThatSayYes) {
  for (const char* file :
       {"create_order_response.json", "create_order_response_object_variant.json",
        "search_order_response.json", "search_routes_response.json", "query_fee_response.json",
        "update_order_response.json", "cloud_print_response.json"}) {
    EXPECT_TRUE(OpenAnswer(Answer(ReadData(file)))) << file;
  }
}

TEST(Envelope, NamesTheCodeOfThoseThatSayNo) {
  const std::pair<const char*, const char*> rows[] = {
      {"bad_digest_response.json", "A1006"},
      {"create_order_badcard_response.json", "8114"},
      {"create_order_duplicate_response.json", "8016"},
      {"update_order_already_cancelled_response.json", "8037"},
      {"update_order_notplaced_response.json", "8024"},
      {"oauth2_fail_response.json", "A1011"}};
  for (const auto& [file, code] : rows) {
    const auto answer = OpenAnswer(Answer(ReadData(file)));
    ASSERT_FALSE(answer) << file;
    EXPECT_EQ(answer.error().remote_code, code) << file;
  }
}

TEST(Envelope, AnOutageIsTransient) {
  const auto answer = OpenAnswer(Answer("<html>", 502));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::kTransport);
}

TEST(Envelope, WhatIsNoAnswerIsMalformed) {
  for (const char* body :
       {"", "{}", "[]", R"({"apiResultCode":"A1000"})",
        R"({"apiResultCode":"A1000","apiResultData":"{\"success\":false}"})",
        R"({"apiResultCode":"A1000","apiResultData":{"success":false,"errorCode":"S0000"}})"}) {
    const auto answer = OpenAnswer(Answer(body));
    ASSERT_FALSE(answer) << body;
    EXPECT_EQ(answer.error().kind, ErrorKind::kMalformed) << body;
  }
}

}  // namespace
}  // namespace weir::connectors::sf_express
