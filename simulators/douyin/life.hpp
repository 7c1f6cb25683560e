// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/random.hpp"
#include "simulators/douyin/book.hpp"
#include "simulators/douyin/fate.hpp"
#include "simulators/douyin/options.hpp"
#include "simulators/douyin/pushes.hpp"
#include "simulators/ledger.hpp"
#include "simulators/order_life.hpp"

namespace weir::simulators::douyin {

/// The outcome of one verification, as verify_results[] writes it.
struct Verified {
  int result = 0;  ///< 0, or the reason against it.
  const Certificate* certificate = nullptr;
};

/// The orders' lives: what time brings by each order's fate, and what shop and customer do. Every
/// act says false, and does nothing, where the order's state does not allow it.
class Life final : public OrderLife<Order, Shop> {
 public:
  /// All references outlive the life.
  Life(const Options& options, OrderBook& book, PushDesk& desk, Counts& counts, Random& random);

  bool Pay(Order& order, Instant at);

  // Of takeaways.
  bool Accept(Order& order, Instant at);
  bool End(Order& order, Ending ending, Instant at);
  static bool Prepare(Order& order);
  bool MoveDelivery(Order& order, Instant at);  ///< The next step of the order's route.
  /// The shop's own rider got so far: a delivery_status.
  bool ReportRider(Order& order, int status, std::string name, std::string phone, Instant at);
  bool Finish(Order& order, Instant at);
  bool Edit(Order& order, Instant at);
  bool Urge(Order& order, Instant at);
  bool ApplyRefund(Order& order, const RefundFate& kind, Instant at);
  /// The shop's word on the open refund.
  bool DecideRefund(Order& order, std::string_view refund, bool granted, Instant at);
  /// The shop cancels, naming its own number. Once more for the same number says true.
  bool GiveUp(Order& order, const std::string& out_id, Instant at);

  // Of coupons.
  /// A token for one verification of the order's coupons.
  [[nodiscard]] std::string GiveVerifyToken(const Order& order, Random& random);
  /// The order a token was given for; nullptr for an unknown one.
  [[nodiscard]] Order* PreparedOf(std::string_view token);
  Verified Verify(Order& order, std::string_view code, std::string_view shop, int type, Instant at);
  /// The error's code, 0 when the verification is taken back.
  int Cancel(std::string_view verification, std::string_view certificate, Instant at);

  bool SetShopOpen(std::string_view shop, bool open, Instant at) override;
  /// The same, through the API.
  bool SetAccepting(std::string_view shop, bool open, Instant at);

 private:
  [[nodiscard]] Order Draw(Instant now, std::optional<Fate> given) override;
  void Begin(const Order& order, Instant now) override;
  [[nodiscard]] Recipient DrawRecipient();
  [[nodiscard]] CouponSale DrawSale(const std::string& order, const CouponFate& fate);

  bool EndByFate(Order& order, Instant at);
  bool Expire(Order& order, Instant at);  ///< The shop did not accept it in time.
  bool RefundByFate(Order& order, Instant at);
  bool Bill(Order& order, Instant at);
  void PlanAfterPayment(const Order& order, Instant at);
  void PlanAfterAcceptance(const Order& order, Instant at);
  /// An event of the order with nothing more to say.
  void Tell(Order& order, std::string_view event, std::string what, Instant at);
  void TellDelivery(Order& order, int status, Instant at);
  void TellShop(const std::string& shop, bool by_app, Instant at);
  Refund& OpenRefund(Order& order, bool partial);
  void PayOut(Order& order, std::string_view refund, Instant at);
  /// Money back at once, and with it the order's end.
  void RefundWhole(Order& order, std::string out_id, Instant at);

  void PlanCoupons(const Order& order, Instant at);
  void VerifyInShop(Order& order, std::size_t certificate, Instant at);
  void TakeBack(Order& order, Certificate& certificate, Instant at);
  void UseAgain(Order& order, Instant at);
  bool RefundUnused(Order& order, Instant at);

  const Options& options_;
  PushDesk& desk_;
  std::map<std::string, std::string, std::less<>> prepared_;  ///< Orders by their tokens.
  std::uint64_t last_number_ = 0;
  std::uint64_t last_other_ = 0;  ///< Of refunds, certificates and verifications.
  bool probed_ = false;
};

}  // namespace weir::simulators::douyin
