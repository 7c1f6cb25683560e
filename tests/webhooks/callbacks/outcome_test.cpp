// SPDX-License-Identifier: Apache-2.0
#include "webhooks/callbacks/outcome.hpp"

#include <gtest/gtest.h>

namespace weir::webhooks {
namespace {

const Instant kNow{std::chrono::seconds(1'764'000'000)};

net::Response Answer(unsigned status, std::string retry_after = "") {
  net::Response response;
  response.status = status;
  if (!retry_after.empty()) response.headers.Add("Retry-After", std::move(retry_after));
  return response;
}

TEST(Judge, KnowsEveryStatus) {
  struct Case {
    unsigned status;
    Verdict verdict;
    const char* word;
  };
  for (const Case& each :
       {Case{200, Verdict::kDelivered, "delivered"}, Case{204, Verdict::kDelivered, "delivered"},
        Case{299, Verdict::kDelivered, "delivered"},
        Case{101, Verdict::kFailed, "malformed_answer"}, Case{301, Verdict::kFailed, "redirect"},
        Case{304, Verdict::kFailed, "redirect"}, Case{307, Verdict::kFailed, "redirect"},
        Case{400, Verdict::kFailed, "client_error"}, Case{404, Verdict::kFailed, "client_error"},
        Case{410, Verdict::kGone, "gone"}, Case{429, Verdict::kPaused, "rate_limited"},
        Case{500, Verdict::kFailed, "server_error"}, Case{503, Verdict::kFailed, "server_error"}}) {
    const Outcome outcome = Judge(Answer(each.status), false, kNow);
    EXPECT_EQ(outcome.verdict, each.verdict) << each.status;
    EXPECT_EQ(outcome.word, each.word) << each.status;
    EXPECT_EQ(outcome.status, each.status);
  }
}

TEST(Judge, AnUnavailableEndpointThatAsksForAPauseGetsIt) {
  const Outcome outcome = Judge(Answer(503, "30"), false, kNow);
  EXPECT_EQ(outcome.verdict, Verdict::kPaused);
  EXPECT_EQ(outcome.retry_after, std::chrono::seconds(30));
}

TEST(Judge, ReadsADateToComeBackAt) {
  EXPECT_EQ(Judge(Answer(429, "Mon, 24 Nov 2025 16:00:20 GMT"), false, kNow).retry_after,
            std::chrono::seconds(20));
}

TEST(Judge, TellsWhyNoAnswerCame) {
  const auto word = [](ErrorKind kind, bool took_all) {
    return Judge(Fail(kind, "x"), took_all, kNow).word;
  };
  EXPECT_EQ(word(ErrorKind::kTransport, false), "unreachable");
  EXPECT_EQ(word(ErrorKind::kTransport, true), "timeout");
  EXPECT_EQ(word(ErrorKind::kRejected, false), "address_refused");
  EXPECT_EQ(word(ErrorKind::kMalformed, false), "malformed_answer");
}

TEST(Judge, KeepsTheFirst16KilobytesOfAnAnswer) {
  net::Response answer = Answer(500);
  answer.body = std::string(20'000, 'x');
  EXPECT_EQ(Judge(answer, false, kNow).answer.size(), 16U * 1024);
}

}  // namespace
}  // namespace weir::webhooks
