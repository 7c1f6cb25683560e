// SPDX-License-Identifier: Apache-2.0
#include "gateway/problem.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

namespace weir::gateway {
namespace {

using nlohmann::json;

std::string CodeOf(const net::Response& response) {
  return json::parse(response.body)["code"].get<std::string>();
}

TEST(Problem, IsAProblemDocument) {
  const net::Response response = Problem("not_found", "no \"such\" order", "r-1");
  EXPECT_EQ(response.status, 404U);
  EXPECT_EQ(response.content_type, "application/problem+json");
  EXPECT_EQ(json::parse(response.body), json({{"type", "about:blank"},
                                              {"title", "There is no such thing"},
                                              {"status", 404},
                                              {"detail", "no \"such\" order"},
                                              {"code", "not_found"},
                                              {"request_id", "r-1"}}));
}

TEST(Problem, IsValidWhateverItTells) {
  EXPECT_EQ(json::parse(Problem("not_found", "\xff", "r").body)["detail"], "\xEF\xBF\xBD");
}

TEST(Problem, OfNoKnownCodeIsOurFault) { EXPECT_EQ(Problem("nonsense", "", "").status, 500U); }

TEST(ProblemKinds, HaveACodeEach) {
  std::set<std::string_view> codes;
  for (const ProblemKind& kind : ProblemKinds()) {
    EXPECT_TRUE(codes.insert(kind.code).second) << kind.code;
    EXPECT_EQ(Problem(kind.code, "", "").status, kind.status);
  }
}

TEST(ProblemOf, FollowsTheKindOfError) {
  const std::pair<ErrorKind, const char*> codes[] = {
      {ErrorKind::kNotFound, "not_found"}, {ErrorKind::kConflict, "conflict"},
      {ErrorKind::kRejected, "conflict"},  {ErrorKind::kRateLimited, "busy"},
      {ErrorKind::kInternal, "internal"},  {ErrorKind::kMalformed, "internal"},
      {ErrorKind::kTransport, "internal"}, {ErrorKind::kUnauthorized, "internal"},
  };
  for (const auto& [kind, code] : codes) {
    EXPECT_EQ(CodeOf(ProblemOf({.kind = kind, .message = "m"}, "r")), code) << Name(kind);
  }
}

TEST(ProblemOf, TakesTheCodeOfARejection) {
  const Error error{
      .kind = ErrorKind::kRejected, .message = "m", .remote_code = "invalid_parameter"};
  EXPECT_EQ(CodeOf(ProblemOf(error, "r")), "invalid_parameter");
}

// A platform's code is no code of ours.
TEST(ProblemOf, TakesNoCodeOfAnotherList) {
  const Error error{.kind = ErrorKind::kRejected, .message = "m", .remote_code = "1001"};
  EXPECT_EQ(CodeOf(ProblemOf(error, "r")), "conflict");
}

TEST(ProblemOfStatus, HasOneForEachStatusOfTheServer) {
  for (const unsigned status : {400U, 404U, 405U, 408U, 413U, 431U, 500U, 503U, 505U}) {
    EXPECT_EQ(ProblemOfStatus(status, "why", "r").status, status);
  }
  EXPECT_EQ(CodeOf(ProblemOfStatus(400, "why", "r")), "bad_request");
}

}  // namespace
}  // namespace weir::gateway
