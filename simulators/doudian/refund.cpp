// SPDX-License-Identifier: Apache-2.0
#include "simulators/doudian/refund.hpp"

#include <algorithm>
#include <array>
#include <ranges>
#include <stdexcept>

#include "simulators/chance.hpp"

namespace weir::simulators::doudian {
namespace {

using enum RefundStep;

// Protocol notes B4 and B9.
constexpr std::array kWords = {
    RefundWords{kApplied, "applied", 6, 1, "applied"},
    RefundWords{kAgreed, "agreed", 12, 1, "approved"},
    RefundWords{kReturnAgreed, "return_agreed", 7, 1, "approved"},
    RefundWords{kReturned, "returned", 11, 1, "approved"},
    RefundWords{kRefused, "refused", 27, 1, "declined"},
    RefundWords{kReturnRefused, "return_refused", 29, 1, "declined"},
    RefundWords{kPaidOut, "paid_out", 12, 3, "refunded"},
    RefundWords{kClosed, "closed", 28, 1, "withdrawn"},
    RefundWords{kModified, "modified", 6, 1, "applied"},
    RefundWords{kDeadlineChanged, "deadline_changed", 0, 0, ""},
};

using Course = std::span<const RefundStep>;
constexpr std::array kGranted = {kApplied, kAgreed, kPaidOut};
constexpr std::array kGrantedLater = {kApplied, kModified, kAgreed, kPaidOut};
constexpr std::array kWithdrawn = {kApplied, kDeadlineChanged, kClosed};
constexpr std::array kDeclined = {kApplied, kRefused, kClosed};
constexpr std::array kSentBack = {kApplied, kReturnAgreed, kReturned, kPaidOut};
constexpr std::array kSentInVain = {kApplied, kReturnAgreed, kReturned, kReturnRefused, kClosed};
constexpr std::array<Course, 4> kRefunds = {kGranted, kGrantedLater, kWithdrawn, kDeclined};
constexpr std::array<Course, 4> kReturns = {kSentBack, kSentInVain, kWithdrawn, kDeclined};

}  // namespace

const RefundWords& WordsOf(RefundStep step) {
  const auto found = std::ranges::find(kWords, step, &RefundWords::step);
  if (found == kWords.end()) {
    throw std::logic_error("a refund step without words");
  }
  return *found;
}

RefundStep Refund::last() const {
  for (const RefundStep step : steps | std::views::reverse) {
    if (step != kDeadlineChanged) return step;
  }
  return kApplied;
}

bool Refund::open() const {
  const RefundStep step = last();
  return step == kApplied || step == kModified || step == kReturned;
}

std::span<const RefundStep> DrawCourse(Random& random, RefundType type) {
  return Pick(random, type == RefundType::kReturn ? kReturns : kRefunds);
}

}  // namespace weir::simulators::doudian
