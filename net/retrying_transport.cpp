// SPDX-License-Identifier: Apache-2.0
#include "net/retrying_transport.hpp"

#include <algorithm>
#include <utility>

#include "net/retry_after.hpp"

namespace weir::net {
namespace {

using std::chrono::milliseconds;

bool MayPass(const Result<Response>& outcome) {
  if (!outcome) {
    return IsTransient(outcome.error().kind);
  }
  const unsigned status = outcome->status;
  return status == 429 || status == 502 || status == 503 || status == 504;
}

std::optional<std::chrono::seconds> AskedPause(const Result<Response>& outcome, Instant now) {
  return outcome ? RetryAfter(*outcome, now) : outcome.error().retry_after;
}

}  // namespace

RetryingTransport::RetryingTransport(Transport& next, RetryPolicy policy, Clock& clock,
                                     Timer& timer, Random& random)
    : next_(next), policy_(policy), clock_(clock), timer_(timer), random_(random) {}

boost::asio::awaitable<Result<Response>> RetryingTransport::Send(Request request,
                                                                 milliseconds timeout) {
  if (!request.idempotent) {
    co_return co_await next_.Send(std::move(request), timeout);
  }
  const auto deadline = clock_.Monotonic() + timeout;
  for (unsigned attempt = 1;; ++attempt) {
    const auto left = std::chrono::ceil<milliseconds>(deadline - clock_.Monotonic());
    auto outcome = co_await next_.Send(request, std::min(left, policy_.attempt_timeout));
    if (!MayPass(outcome) || attempt >= policy_.attempts) {
      co_return outcome;
    }
    const milliseconds pause = PauseBefore(attempt, outcome);
    if (clock_.Monotonic() + pause >= deadline) {
      co_return outcome;
    }
    co_await timer_.Wait(pause);
    const auto cancellation = co_await boost::asio::this_coro::cancellation_state;
    if (cancellation.cancelled() != boost::asio::cancellation_type::none) {
      co_return outcome;
    }
  }
}

milliseconds RetryingTransport::PauseBefore(unsigned attempt, const Result<Response>& outcome) {
  const auto doubled = policy_.first_pause * (1U << std::min(attempt - 1, 16U));
  const milliseconds pause = std::min(milliseconds(doubled), policy_.longest_pause);
  const milliseconds half = pause / 2;
  const milliseconds jitter(random_.Below(static_cast<std::uint64_t>(half.count()) + 1));
  if (const auto asked = AskedPause(outcome, clock_.Now())) {
    return *asked + jitter;
  }
  return half + jitter;
}

}  // namespace weir::net
