// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <tuple>
#include <utility>

#include "model/order_codec.hpp"
#include "model/order_parts.hpp"

namespace weir::model {
namespace {

/// When the refunds of a flow begin, ascending, each once.
std::vector<Instant> OpeningsOf(const RefundFlow& flow) {
  std::vector<Instant> openings;
  for (const FlowStep& step : flow.steps) {
    if (step.opens && step.step.at && (openings.empty() || openings.back() != *step.step.at)) {
      openings.push_back(*step.step.at);
    }
  }
  return openings;
}

/// The newest opening not after `at`.
std::optional<Instant> OpeningOf(const std::vector<Instant>& openings, std::optional<Instant> at) {
  if (!at) {
    return std::nullopt;
  }
  const auto after = std::ranges::upper_bound(openings, *at);
  return after == openings.begin() ? std::nullopt : std::optional(*std::prev(after));
}

}  // namespace

bool Precedes(const FlowStep& a, const FlowStep& b) {
  const auto place = [](const FlowStep& step) {
    return std::tie(step.step.at, step.step.step, step.step.digest);
  };
  return place(a) != place(b) ? place(a) < place(b) : a != b && EncodesAbove(b, a);
}

void RefundFlow::Add(FlowStep step) {
  const auto at = std::ranges::lower_bound(steps, step, Precedes);
  if (at == steps.end() || *at != step) {
    steps.insert(at, std::move(step));
  }
}

void AppendRefunds(const RefundFlow& flow, std::vector<Refund>& refunds) {
  const std::vector<Instant> openings = OpeningsOf(flow);
  const std::size_t first = refunds.size();
  std::uint16_t rank = 0;
  for (const FlowStep& step : flow.steps) {
    const auto opened = OpeningOf(openings, step.step.at);
    if (refunds.size() == first || refunds.back().applied_at != opened) {
      refunds.push_back({.id = fmt::format("{}-{}", flow.name, opened ? UnixSeconds(*opened) : 0),
                         .applied_at = opened,
                         .steps = {}});
    }
    RefundFact fact = step.step;
    // Here the latest step decides, whatever its number.
    fact.step = rank;
    rank = static_cast<std::uint16_t>(rank + (rank < std::numeric_limits<std::uint16_t>::max()));
    refunds.back().steps.Add(std::move(fact));
  }
}

}  // namespace weir::model
