// SPDX-License-Identifier: Apache-2.0
#include "net/breaker_transport.hpp"

#include <algorithm>
#include <utility>

#include "net/url.hpp"

namespace weir::net {
namespace {

bool IsFailure(const Result<Response>& outcome) {
  if (!outcome) {
    return outcome.error().kind == ErrorKind::kTransport;
  }
  return outcome->status >= 502 && outcome->status <= 504;
}

}  // namespace

/// One request's way past the breaker. Reports to the circuit how it went; one that is cancelled
/// proves nothing and only frees the probe's place.
class BreakerTransport::Passage {
 public:
  Passage(BreakerTransport& owner, std::string origin)
      : owner_(owner), origin_(std::move(origin)) {}
  Passage(const Passage&) = delete;
  Passage& operator=(const Passage&) = delete;

  ~Passage() {
    if (is_probe_) {
      const std::scoped_lock lock(owner_.mutex_);
      const auto found = owner_.circuits_.find(origin_);
      if (found != owner_.circuits_.end()) {
        found->second.is_probed = false;
      }
    }
  }

  /// How long the circuit stays closed to this request; zero: it may pass.
  std::chrono::nanoseconds Wait() {
    const std::scoped_lock lock(owner_.mutex_);
    const auto found = owner_.circuits_.find(origin_);
    if (found == owner_.circuits_.end() || found->second.failures < owner_.policy_.failures) {
      return {};
    }
    Circuit& circuit = found->second;
    const auto left = circuit.open_until - owner_.clock_.Monotonic();
    if (left.count() > 0) {
      return left;
    }
    if (circuit.is_probed) {
      return std::chrono::seconds(1);
    }
    circuit.is_probed = true;
    is_probe_ = true;
    return {};
  }

  void Report(const Result<Response>& outcome) {
    const std::scoped_lock lock(owner_.mutex_);
    if (!IsFailure(outcome)) {
      owner_.circuits_.erase(origin_);
      return;
    }
    Circuit& circuit = owner_.circuits_[origin_];
    ++circuit.failures;
    if (circuit.failures >= owner_.policy_.failures) {
      circuit.open_until = owner_.clock_.Monotonic() + owner_.policy_.open_for;
    }
  }

 private:
  BreakerTransport& owner_;
  std::string origin_;
  bool is_probe_ = false;
};

BreakerTransport::BreakerTransport(Transport& next, BreakerPolicy policy, Clock& clock)
    : next_(next), policy_(policy), clock_(clock) {}

boost::asio::awaitable<Result<Response>> BreakerTransport::Send(Request request,
                                                                std::chrono::milliseconds timeout) {
  const auto url = ParseUrl(request.target);
  if (!url) {
    co_return std::unexpected(url.error());
  }
  Passage passage(*this, url->origin());
  const auto wait = passage.Wait();
  if (wait.count() > 0) {
    co_return std::unexpected(
        Error{.kind = ErrorKind::kRateLimited,
              .message = "Nothing was sent: " + url->origin() + " keeps failing.",
              .retry_after = std::chrono::ceil<std::chrono::seconds>(wait)});
  }
  auto outcome = co_await next_.Send(std::move(request), timeout);
  passage.Report(outcome);
  co_return outcome;
}

std::size_t BreakerTransport::open_circuits() const {
  const std::scoped_lock lock(mutex_);
  return static_cast<std::size_t>(std::ranges::count_if(
      circuits_, [this](const auto& each) { return each.second.failures >= policy_.failures; }));
}

}  // namespace weir::net
