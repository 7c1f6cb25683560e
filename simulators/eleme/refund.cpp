// SPDX-License-Identifier: Apache-2.0
#include "simulators/eleme/refund.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <stdexcept>

#include "simulators/chance.hpp"

namespace weir::simulators::eleme {
namespace {

using enum RefundStep;

// Protocol notes 1.8 and 1.9.
constexpr std::array kWords = {
    RefundWords{kApplied, "applied", "applied", "applied"},
    RefundWords{kWithdrawn, "withdrawn", "noRefund", "withdrawn"},
    RefundWords{kRefused, "refused", "rejected", "declined"},
    RefundWords{kAgreed, "agreed", "successful", "refunded"},
    RefundWords{kArbitration, "arbitration", "arbitrating", "appealed"},
    RefundWords{kDecidedForUser, "decided_for_user", "successful", "refunded"},
    RefundWords{kDecidedAgainst, "decided_against", "failed", "declined"},
};

using Course = std::span<const RefundStep>;
constexpr std::array kGranted = {kApplied, kAgreed};
constexpr std::array kDeclined = {kApplied, kRefused};
constexpr std::array kTakenBack = {kApplied, kWithdrawn};
constexpr std::array kWon = {kApplied, kRefused, kArbitration, kDecidedForUser};
constexpr std::array kLost = {kApplied, kRefused, kArbitration, kDecidedAgainst};
constexpr std::array<Course, 5> kCourses = {kGranted, kDeclined, kTakenBack, kWon, kLost};

}  // namespace

const RefundWords& WordsOf(RefundStep step) {
  const auto found = std::ranges::find(kWords, step, &RefundWords::step);
  if (found == kWords.end()) {
    throw std::logic_error("a refund step without words");
  }
  return *found;
}

std::span<const RefundStep> DrawCourse(Random& random) { return Pick(random, kCourses); }

std::vector<RefundLine> DrawRefundLines(Random& random, const Basket& basket) {
  const std::size_t first = random.Below(basket.lines.size());
  std::vector<std::size_t> chosen = {first};
  if (basket.lines.size() > 2 && Chance(random, 0.3)) {
    chosen.push_back((first + 1) % basket.lines.size());
  }
  std::vector<RefundLine> lines;
  for (const std::size_t index : chosen) {
    const Line& line = basket.lines[index];
    // A piece's share of what was paid, rounded down: no sum of pieces exceeds the total.
    lines.push_back({.line = index,
                     .quantity = Between(random, 1, line.quantity),
                     .price = line.price * basket.total() / basket.original()});
  }
  return lines;
}

Fen SumOf(const std::vector<RefundLine>& lines) {
  return std::accumulate(lines.begin(), lines.end(), Fen{0}, [](Fen sum, const RefundLine& line) {
    return sum + line.price * line.quantity;
  });
}

}  // namespace weir::simulators::eleme
