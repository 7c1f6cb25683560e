// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "base/random.hpp"
#include "simulators/agenda.hpp"
#include "simulators/douyin/book.hpp"
#include "simulators/douyin/fate.hpp"
#include "simulators/douyin/options.hpp"
#include "simulators/douyin/pushes.hpp"

namespace weir::simulators::douyin {

/// The outcome of one verification, as verify_results[] writes it.
struct Verified {
  int result = 0;  ///< 0, or the reason against it.
  const Certificate* certificate = nullptr;
};

/// Coupons' lives: bought, verified in the shop or through the API, taken back, refunded.
class Coupons {
 public:
  /// All references outlive them.
  Coupons(const Options& options, Book& book, PushDesk& desk, Random& random);

  /// A customer buys coupons.
  CouponOrder& Create(Instant now, std::optional<CouponFate> fate);

  /// Lets happen what is due by `now`, each at its own time.
  void Advance(Instant now);
  [[nodiscard]] std::optional<Instant> NextDue() const { return agenda_.NextDue(); }

  /// A token for one verification of the order's coupons.
  [[nodiscard]] std::string Prepare(const CouponOrder& order);
  /// The order a token was given for; nullptr for an unknown one.
  [[nodiscard]] CouponOrder* OrderOf(std::string_view token);
  Verified Verify(CouponOrder& order, std::string_view code, std::string_view shop, int type,
                  Instant at);
  /// The error's code, 0 when the verification is taken back.
  int Cancel(std::string_view verification, std::string_view certificate, Instant at);

 private:
  enum class Step { kPay, kClose, kVerify, kCancel, kRefund };
  struct Planned {
    Step step = Step::kPay;
    std::string order;
    std::size_t certificate = 0;
  };

  void Plan(Step step, const CouponOrder& order, Instant at, std::size_t certificate = 0);
  void Take(CouponOrder& order, const Planned& planned, Instant at);
  void Pay(CouponOrder& order, Instant at);
  void TakeBack(CouponOrder& order, Certificate& certificate, Instant at);
  void RefundLast(CouponOrder& order, Instant at);
  [[nodiscard]] CouponOrder Draw(Instant now, const CouponFate& fate);
  [[nodiscard]] std::chrono::milliseconds Stage(int stages = 1);

  const Options& options_;
  Book& book_;
  PushDesk& desk_;
  Random& random_;
  Agenda<Planned> agenda_;
  std::map<std::string, std::string, std::less<>> prepared_;  ///< Orders by their tokens.
  std::uint64_t last_number_ = 0;
  std::uint64_t last_record_ = 0;
};

}  // namespace weir::simulators::douyin
