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
    RefundWords{kExchangeShipped, "exchange_shipped", 13, 1, "approved"},
    RefundWords{kArbitration1, "arbitration_1", 27, 1, "appealed"},
    RefundWords{kArbitration2, "arbitration_2", 27, 1, "appealed"},
    RefundWords{kArbitration3, "arbitration_3", 27, 1, "appealed"},
    RefundWords{kArbitration4, "arbitration_4", 27, 1, "appealed"},
    RefundWords{kArbitration5, "arbitration_5", 27, 1, "appealed"},
    RefundWords{kArbitration6, "arbitration_6", 27, 1, "appealed"},
    RefundWords{kArbitration7, "arbitration_7", 27, 1, "appealed"},
    RefundWords{kAside1, "aside_1", 0, 0, ""},
    RefundWords{kAside2, "aside_2", 0, 0, ""},
    RefundWords{kAside3, "aside_3", 0, 0, ""},
    RefundWords{kAside4, "aside_4", 0, 0, ""},
};

using Course = std::span<const RefundStep>;
constexpr std::array kGranted = {kApplied, kAgreed, kPaidOut};
constexpr std::array kGrantedLater = {kApplied, kModified, kAgreed, kPaidOut};
constexpr std::array kWithdrawn = {kApplied, kDeadlineChanged, kClosed};
constexpr std::array kDeclined = {kApplied, kRefused, kClosed};
constexpr std::array kDeclinedTwice = {kApplied, kRefused, kModified, kRefused, kClosed};
constexpr std::array kWonInArbitration = {kApplied,      kRefused,      kArbitration1,
                                          kArbitration2, kArbitration3, kArbitration4,
                                          kAgreed,       kPaidOut};
constexpr std::array kLostInArbitration = {
    kApplied, kRefused, kArbitration1, kArbitration5, kArbitration6, kArbitration7, kClosed};
constexpr std::array kMuchAside = {kApplied, kAside1, kAside2, kAside3, kAside4, kAgreed, kPaidOut};
constexpr std::array kSentBack = {kApplied, kReturnAgreed, kReturned, kPaidOut};
constexpr std::array kSentInVain = {kApplied, kReturnAgreed, kReturned, kReturnRefused, kClosed};
constexpr std::array kSentBackAtLast = {kApplied,  kReturnAgreed, kReturned, kReturnRefused,
                                        kModified, kReturnAgreed, kReturned, kPaidOut};
constexpr std::array kExchanged = {kApplied, kReturnAgreed, kReturned, kExchangeShipped};
constexpr std::array<Course, 8> kRefunds = {kGranted,           kGrantedLater,  kWithdrawn,
                                            kDeclined,          kDeclinedTwice, kWonInArbitration,
                                            kLostInArbitration, kMuchAside};
constexpr std::array<Course, 5> kReturns = {kSentBack, kSentInVain, kSentBackAtLast, kWithdrawn,
                                            kDeclined};
constexpr std::array<Course, 3> kExchanges = {kExchanged, kWithdrawn, kDeclined};

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
    if (WordsOf(step).status != 0) return step;
  }
  return kApplied;
}

bool Refund::open() const {
  const RefundStep step = last();
  return step == kApplied || step == kModified || step == kReturned;
}

std::span<const RefundStep> DrawCourse(Random& random, RefundType type) {
  switch (type) {
    case RefundType::kReturn:
      return Pick(random, kReturns);
    case RefundType::kExchange:
      return Pick(random, kExchanges);
    case RefundType::kShippedRefund:
    case RefundType::kUnshippedRefund:
      break;
  }
  return Pick(random, kRefunds);
}

}  // namespace weir::simulators::doudian
