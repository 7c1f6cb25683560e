// SPDX-License-Identifier: Apache-2.0
// What verifying and mapping the push of a whole order costs, a byte, on every platform the demo
// knows, against Meituan in the same run: the processor's own time, in rounds that take turns, so
// that a busy machine slows all of them alike.
//   weir_pushes [orders]
#include <fmt/core.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "app/demo/platforms.hpp"
#include "app/registry.hpp"
#include "base/clock.hpp"
#include "base/text.hpp"
#include "connectors/roles.hpp"
#include "net/transport.hpp"

namespace {

using namespace weir;  // NOLINT(google-build-using-namespace)
using app::demo::SimulatedPlatform;

constexpr std::string_view kMeasure = "meituan";
constexpr std::string_view kOrigin = "http://gateway.example.com";
constexpr double kAccepted = 1.2;
constexpr int kRounds = 31;
constexpr auto kLongEnough = std::chrono::minutes(5);

/// Nothing is called: pushes come in.
class NoTransport final : public net::Transport {
 public:
  boost::asio::awaitable<Result<net::Response>> Send(net::Request /*request*/,
                                                     std::chrono::milliseconds) override {
    co_return Fail(ErrorKind::kTransport, "nothing is sent");
  }
};

struct Push {
  net::Request request;
  std::string topic;
};

std::string HooksOf(const SimulatedPlatform& platform) {
  return fmt::format("/hooks/{}", platform.connection);
}

/// As the server hands it on.
Push PushOf(const simulators::OutgoingPush& sent, std::string_view hooks) {
  Push push;
  push.request.method = sent.method;
  push.request.target = sent.url.substr(kOrigin.size());
  push.request.headers.Add("Content-Type", sent.content_type);
  for (const auto& [name, value] : sent.headers) push.request.headers.Add(name, value);
  push.request.body = sent.body;
  std::string_view rest = push.request.path();
  rest.remove_prefix(std::min(rest.size(), hooks.size() + 1));
  if (!AppendPercentDecoded(push.topic, rest, false)) throw std::logic_error("a path is broken");
  return push;
}

std::shared_ptr<const connectors::PushVerifier> VerifierOf(const SimulatedPlatform& platform) {
  static NoTransport transport;
  static const SystemClock clock;
  auto connector = app::MakeConnector({.id = std::string(platform.connection),
                                       .merchant = "bench",
                                       .platform = std::string(platform.word),
                                       .base_url = {},
                                       .public_url = std::string(kOrigin),
                                       .credentials = platform.credentials()},
                                      {.transport = transport, .clock = clock, .vault = nullptr});
  if (!connector) throw std::runtime_error(connector.error().message);
  return connector->pushes;
}

bool BringsWholeOrder(const connectors::VerifiedPush& push) {
  return std::ranges::any_of(push.mapped->orders,
                             [](const auto& order) { return order.snapshot.has_value(); });
}

/// One platform's pushes of whole orders, and what they cost.
class Runner {
 public:
  Runner(const SimulatedPlatform& platform, std::size_t orders)
      : platform_(platform), verifier_(VerifierOf(platform)) {
    const std::string hooks = HooksOf(platform);
    const auto simulator = platform.make({}, std::string(kOrigin) + hooks);
    simulator->StopTraffic();
    const Instant begin = SystemClock().Now();
    for (std::size_t i = 0; i < orders; ++i) simulator->PlaceOrder(begin);
    for (const auto& sent : simulator->Due(begin + kLongEnough, simulators::kNoLimit)) {
      Push push = PushOf(sent, hooks);
      const auto verified = verifier_->Verify(push.request, push.topic);
      if (!verified || !BringsWholeOrder(*verified)) continue;
      bytes_ += push.request.target.size() + push.request.body.size();
      pushes_.push_back(std::move(push));
    }
  }

  void RunRound() {
    timespec begin{};
    timespec end{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begin);
    for (const Push& push : pushes_) {
      if (!verifier_->Verify(push.request, push.topic)) throw std::logic_error("refused");
    }
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end);
    rounds_.push_back(static_cast<double>(end.tv_sec - begin.tv_sec) * 1e9 +
                      static_cast<double>(end.tv_nsec - begin.tv_nsec));
  }

  [[nodiscard]] const SimulatedPlatform& platform() const { return platform_; }
  [[nodiscard]] std::size_t pushes() const { return pushes_.size(); }
  [[nodiscard]] double push_bytes() const {
    return static_cast<double>(bytes_) / static_cast<double>(pushes_.size());
  }
  /// The median of the rounds.
  [[nodiscard]] double nanoseconds_per_byte() const {
    std::vector<double> sorted = rounds_;
    std::ranges::sort(sorted);
    return sorted.at(sorted.size() / 2) / static_cast<double>(bytes_);
  }

 private:
  const SimulatedPlatform& platform_;
  const std::shared_ptr<const connectors::PushVerifier> verifier_;
  std::vector<Push> pushes_;
  std::size_t bytes_ = 0;
  std::vector<double> rounds_;
};

void Print(const Runner& runner, double measure) {
  if (runner.pushes() == 0) {
    fmt::print("{:<10} sends no whole orders\n", runner.platform().word);
    return;
  }
  const double cost = runner.nanoseconds_per_byte();
  fmt::print(
      "{:<10} {:>5} pushes of {:>6.0f} bytes: {:>6.2f} us each, {:>5.2f} ns a byte, {:.2f} of "
      "{}'s, accept {}\n",
      runner.platform().word, runner.pushes(), runner.push_bytes(),
      cost * runner.push_bytes() / 1000, cost, cost / measure, kMeasure, kAccepted);
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t orders = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 500;
  std::vector<Runner> runners;
  runners.reserve(app::demo::SimulatedPlatforms().size());
  for (const SimulatedPlatform* platform : app::demo::SimulatedPlatforms()) {
    runners.emplace_back(*platform, orders);
  }
  for (int round = 0; round < kRounds; ++round) {
    for (Runner& runner : runners) runner.RunRound();
  }
  const auto measure = std::ranges::find(
      runners, kMeasure, [](const Runner& runner) { return runner.platform().word; });
  for (const Runner& runner : runners) Print(runner, measure->nanoseconds_per_byte());
  return 0;
}
