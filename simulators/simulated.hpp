// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "simulators/agenda.hpp"
#include "simulators/ledger.hpp"
#include "simulators/outage.hpp"
#include "simulators/simulator.hpp"

namespace weir::simulators {

/// A simulator over its State: `Interface` is Platform or Courier, and a State has `options`,
/// `counts`, `of_calls`, `life`, `desk` and `api`.
template <typename Interface, typename State>
class Simulated : public Interface {
 public:
  using Options = typename State::Options;

  /// Throws std::invalid_argument when options.shops is empty.
  explicit Simulated(Options options) : state_(std::move(options)) {}

  HttpAnswer Handle(const HttpCall& call, Instant now) override {
    state_.life.Tick(now);
    ++state_.counts.calls;
    return FailNowAndThen(state_.of_calls, options().faults.api_failure,
                          [&] { return state_.api.Serve(call, now); });
  }

  std::vector<OutgoingPush> Due(Instant now, std::size_t limit) override {
    state_.life.Tick(now);
    std::vector<OutgoingPush> due;
    while (due.size() < limit) {
      auto push = state_.desk.Take(now);
      if (!push) break;
      due.push_back(std::move(*push));
    }
    return due;
  }

  void OnPushAnswer(std::uint64_t push, const PushAnswer& answer, Instant now) override {
    state_.desk.OnAnswer(push, answer, now);
  }

  std::optional<Instant> NextDue() const override {
    return Earlier(state_.life.NextDue(), state_.desk.NextDue());
  }

  [[nodiscard]] Counts counts() const override {
    Counts counts = state_.counts;
    counts.outstanding = state_.desk.outstanding();
    counts.given_up = state_.desk.given_up();
    return counts;
  }
  [[nodiscard]] const Options& options() const { return state_.options; }

 protected:
  State state_;
};

}  // namespace weir::simulators
