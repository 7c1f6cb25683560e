// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "simulators/merchant/simulator.hpp"
#include "simulators/shell.hpp"

namespace weir::e2e {

/// A merchant's endpoint on a port of its own, which it keeps while it is down.
class EndpointProcess {
 public:
  EndpointProcess(std::string name, std::uint64_t seed, simulators::merchant::Faults faults);

  void GoDown() { shell_.reset(); }
  void ComeUp();
  /// Between two of its answers.
  void With(const std::function<void(simulators::merchant::MerchantSimulator&)>& use);

  [[nodiscard]] std::string url() const;
  /// The block that subscribes it to everything.
  [[nodiscard]] std::string Declared() const;

  /// What is wrong with what it got of a feed that ends there; empty is good.
  [[nodiscard]] std::vector<std::string> Complaints(std::uint64_t feed_end);
  [[nodiscard]] simulators::merchant::Counts counts();

  /// Until it has taken so many; false when that takes too long.
  [[nodiscard]] bool WaitFor(std::uint64_t callbacks);

 private:
  const std::string name_;
  SystemClock clock_;
  simulators::merchant::MerchantSimulator endpoint_;
  std::unique_ptr<simulators::HttpShell> shell_;
  int port_ = 0;
};

}  // namespace weir::e2e
