// SPDX-License-Identifier: Apache-2.0
#include "simulators/meituan/refund.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "simulators/chance.hpp"

namespace weir::simulators::meituan {
namespace {

using enum RefundStep;

// Protocol notes 1.5. In the flows with `status` an agreement is one code whoever gave it.
constexpr std::array kWords = {
    RefundWords{kApplied, "applied", "apply", 0, 1, "applied"},
    RefundWords{kShopAgreed, "shop_agreed", "agree", 2, 10, "approved"},
    RefundWords{kShopDeclined, "shop_declined", "reject", 1, 11, "declined"},
    RefundWords{kAutoAgreed, "auto_agreed", "agree", 5, 10, "approved"},
    RefundWords{kAppealed, "appealed", "apply", 0, 16, "appealed"},
    RefundWords{kSupportAgreed, "support_agreed", "agree", 4, 17, "approved"},
    RefundWords{kSupportDeclined, "support_declined", "reject", 3, 18, "declined"},
    RefundWords{kWithdrawn, "withdrawn", "cancelRefund", 7, 30, "withdrawn"},
    RefundWords{kAppealWithdrawn, "appeal_withdrawn", "cancelRefundComplaint", 8, 30, "withdrawn"},
    RefundWords{kGoodsSent, "goods_sent", "", 0, 20, "approved"},
    RefundWords{kFinallyAgreed, "finally_agreed", "", 0, 21, "approved"},
    RefundWords{kFinallyDeclined, "finally_declined", "", 0, 22, "declined"},
    RefundWords{kFinallyAppealed, "finally_appealed", "", 0, 26, "appealed"},
    RefundWords{kFinalAppealAgreed, "final_appeal_agreed", "", 0, 27, "approved"},
    RefundWords{kFinalAppealDeclined, "final_appeal_declined", "", 0, 28, "declined"},
    RefundWords{kPaidOut, "paid_out", "", 0, 0, "refunded"},
    RefundWords{kPayOutFailed, "pay_out_failed", "", 0, 0, "failed"},
};

constexpr std::array kAgreed = {kApplied, kShopAgreed, kPaidOut};
constexpr std::array kAgreedLate = {kApplied, kAutoAgreed, kPaidOut};
constexpr std::array kFailedOnce = {kApplied, kShopAgreed, kPayOutFailed, kPaidOut};
constexpr std::array kDeclined = {kApplied, kShopDeclined};
constexpr std::array kTakenBack = {kApplied, kWithdrawn};
constexpr std::array kAppealWon = {kApplied, kShopDeclined, kAppealed, kSupportAgreed, kPaidOut};
constexpr std::array kAppealLost = {kApplied, kShopDeclined, kAppealed, kSupportDeclined};
constexpr std::array kAppealTakenBack = {kApplied, kShopDeclined, kAppealed, kAppealWithdrawn};
constexpr std::array kReturned = {kApplied, kShopAgreed, kGoodsSent, kFinallyAgreed, kPaidOut};
constexpr std::array kReturnDeclined = {kApplied, kShopAgreed, kGoodsSent, kFinallyDeclined};
constexpr std::array kReturnAppealWon = {kApplied,         kShopAgreed,      kGoodsSent,
                                         kFinallyDeclined, kFinallyAppealed, kFinalAppealAgreed,
                                         kPaidOut};
constexpr std::array kReturnAppealLost = {kApplied,         kShopAgreed,      kGoodsSent,
                                          kFinallyDeclined, kFinallyAppealed, kFinalAppealDeclined};

using Course = std::span<const RefundStep>;
constexpr std::array<Course, 8> kFullCourses = {kAgreed,     kAgreedLate,     kFailedOnce,
                                                kDeclined,   kTakenBack,      kAppealWon,
                                                kAppealLost, kAppealTakenBack};
// Partial refunds know no appeal.
constexpr std::array<Course, 5> kPartialCourses = {kAgreed, kAgreedLate, kFailedOnce, kDeclined,
                                                   kTakenBack};
constexpr std::array<Course, 6> kMoneyOnlyCourses = {kAgreed,    kFailedOnce, kDeclined,
                                                     kTakenBack, kAppealWon,  kAppealLost};
constexpr std::array<Course, 6> kReturnCourses = {
    kReturned, kReturnDeclined, kReturnAppealWon, kReturnAppealLost, kDeclined, kTakenBack};

}  // namespace

const RefundWords& WordsOf(RefundStep step) {
  const auto found = std::ranges::find(kWords, step, &RefundWords::step);
  if (found == kWords.end()) {
    throw std::logic_error("a refund step without words");
  }
  return *found;
}

bool Refund::appealed() const {
  return std::ranges::any_of(
      steps, [](RefundStep step) { return step == kAppealed || step == kFinallyAppealed; });
}

bool Refund::open() const { return last() == kApplied || last() == kGoodsSent; }

RefundStep Refund::Decision(bool agreed) const {
  if (last() == kGoodsSent) {
    return agreed ? kFinallyAgreed : kFinallyDeclined;
  }
  return agreed ? kShopAgreed : kShopDeclined;
}

int Refund::result_code() const {
  const int code = last() == kPayOutFailed ? 4 : 3;
  return partial ? 10 + code : code;
}

std::span<const RefundStep> DrawCourse(Random& random, RefundFlow flow, bool partial) {
  switch (flow) {
    case RefundFlow::kMoneyOnly:
      return Pick(random, kMoneyOnlyCourses);
    case RefundFlow::kReturnGoods:
      return Pick(random, kReturnCourses);
    case RefundFlow::kPlain:
      break;
  }
  return partial ? Pick(random, kPartialCourses) : Pick(random, kFullCourses);
}

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
    const Fen share = line.price * basket.total() / basket.original();
    lines.push_back({.line = index,
                     .count = Between(random, 1, line.quantity),
                     .price = std::max<Fen>(share, 0)});
  }
  return lines;
}

}  // namespace weir::simulators::meituan
