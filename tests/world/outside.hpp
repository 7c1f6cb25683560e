// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <utility>

#include "base/fake_time.hpp"
#include "net/transport.hpp"
#include "simulators/simulator.hpp"

/// What a gateway of a simulated world has around it.
namespace weir::world {

/// The gateway's own clock: the world's, but somebody sets it wrong and right again.
class SkewedClock final : public Clock {
 public:
  explicit SkewedClock(const Clock& world) : world_(world) {}
  [[nodiscard]] Instant Now() const override { return world_.Now() + skew_; }
  [[nodiscard]] std::chrono::nanoseconds Monotonic() const override { return world_.Monotonic(); }
  void Skew(std::chrono::milliseconds by) { skew_ = by; }

 private:
  const Clock& world_;
  std::chrono::milliseconds skew_{0};
};

/// Where a world's gateway may call: the simulators by host.
using Hosts = std::map<std::string, simulators::Simulator*, std::less<>>;

/// The gateway's way out: straight into a simulator, whose clock is the world's.
class SimulatorTransport : public net::Transport {
 public:
  SimulatorTransport(Hosts hosts, const Clock& clock, Timer& timer)
      : hosts_(std::move(hosts)), clock_(clock), timer_(timer) {}

  boost::asio::awaitable<Result<net::Response>> Send(net::Request request,
                                                     std::chrono::milliseconds timeout) override;

 private:
  const Hosts hosts_;
  const Clock& clock_;
  Timer& timer_;
};

/// Takes a while for every answer, so that calls meet.
class SlowTransport final : public net::Transport {
 public:
  SlowTransport(net::Transport& below, Timer& timer) : below_(below), timer_(timer) {}

  boost::asio::awaitable<Result<net::Response>> Send(net::Request request,
                                                     std::chrono::milliseconds timeout) override;

 private:
  net::Transport& below_;
  Timer& timer_;
};

/// Ways to break the delivery of callbacks, as whoever stands behind it would see it.
enum class DeliveryBug {
  kNone,
  kNoRetry,       ///< What fails once is taken for delivered.
  kBreakerDrops,  ///< After three failures in a row, what comes in the next half minute is lost.
};

/// Callbacks on their way to the merchant, for worlds whose gateway is to be caught.
class BuggyTransport final : public net::Transport {
 public:
  BuggyTransport(net::Transport& below, const Clock& clock, DeliveryBug bug)
      : below_(below), clock_(clock), bug_(bug) {}

  boost::asio::awaitable<Result<net::Response>> Send(net::Request request,
                                                     std::chrono::milliseconds timeout) override;

 private:
  net::Transport& below_;
  const Clock& clock_;
  const DeliveryBug bug_;
  int failed_in_a_row_ = 0;
  std::chrono::nanoseconds open_until_{0};
};

/// Lets Dada say of every order that it knows none, to show what becomes of a gateway that does not
/// ask before it orders again.
class ForgetfulTransport final : public net::Transport {
 public:
  ForgetfulTransport(net::Transport& below, bool forgets) : below_(below), forgets_(forgets) {}

  boost::asio::awaitable<Result<net::Response>> Send(net::Request request,
                                                     std::chrono::milliseconds timeout) override;

 private:
  net::Transport& below_;
  const bool forgets_;
};

}  // namespace weir::world
