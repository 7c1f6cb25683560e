// SPDX-License-Identifier: Apache-2.0
#include "webhooks/callbacks/outcome.hpp"

#include "net/retry_after.hpp"

namespace weir::webhooks {
namespace {

std::string_view WordOf(const Error& error, bool took_all) {
  if (error.kind == ErrorKind::kRejected) return "address_refused";
  if (error.kind == ErrorKind::kMalformed) return "malformed_answer";
  return took_all ? "timeout" : "unreachable";
}

std::string_view WordOf(unsigned status) {
  if (status == 410) return "gone";
  if (status == 429) return "rate_limited";
  if (status >= 500) return "server_error";
  if (status >= 400) return "client_error";
  if (status >= 300) return "redirect";
  return status >= 200 ? "delivered" : "malformed_answer";
}

Verdict VerdictOf(unsigned status, bool asks_for_pause) {
  if (status >= 200 && status < 300) return Verdict::kDelivered;
  if (status == 410) return Verdict::kGone;
  if (status == 429 || (status == 503 && asks_for_pause)) return Verdict::kPaused;
  return Verdict::kFailed;
}

}  // namespace

Outcome Judge(const Result<net::Response>& answer, bool took_all, Instant now) {
  if (!answer) {
    return {.verdict = Verdict::kFailed,
            .word = WordOf(answer.error(), took_all),
            .status = 0,
            .retry_after = std::nullopt,
            .answer = {}};
  }
  const auto retry_after = net::RetryAfter(*answer, now);
  return {.verdict = VerdictOf(answer->status, retry_after.has_value()),
          .word = WordOf(answer->status),
          .status = answer->status,
          .retry_after = retry_after,
          .answer = answer->body.substr(0, kAnswerKept)};
}

}  // namespace weir::webhooks
