// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "simulators/form.hpp"
#include "simulators/meituan/book.hpp"
#include "simulators/meituan/options.hpp"
#include "simulators/push_desk.hpp"

namespace weir::simulators::meituan {

/// The topics, each a path below the push base URL.
namespace topic {
inline constexpr std::string_view kPaid = "order/paid";
inline constexpr std::string_view kConfirmed = "order/confirmed";
inline constexpr std::string_view kCompleted = "order/completed";
inline constexpr std::string_view kCancelled = "order/cancelled";
inline constexpr std::string_view kRefund = "refund";
inline constexpr std::string_view kPartialRefund = "refund/partial";
inline constexpr std::string_view kRefundResult = "refund/result";
inline constexpr std::string_view kLogistics = "logistics";
inline constexpr std::string_view kUrge = "urge";
inline constexpr std::string_view kShopStatus = "shop/status";
}  // namespace topic

/// A push before it is signed.
struct Message {
  std::string topic;
  std::shared_ptr<const Fields> fields;
  bool doubly_encoded = true;
  bool by_get = false;
};

/// Turns what happened into signed, encoded pushes, with the faults that were asked for, and keeps
/// each order's events up to date.
class PushDesk final : public simulators::PushDesk<Order, int, Message> {
 public:
  /// All references outlive the desk.
  PushDesk(const Options& options, OrderBook& book, Counts& counts, Random& random);

  /// Something happened to `order` at `at`; `what` is for the ledger.
  void Tell(Order& order, std::string_view topic, std::string what, Fields fields, Instant at);
  /// A push of the whole order as it stands now.
  void TellWhole(Order& order, std::string_view topic, Instant at);
  /// Something happened to a shop.
  void TellShop(std::string_view topic, Fields fields, Instant at);

 private:
  [[nodiscard]] OutgoingPush Build(const Attempt& attempt) const override;
  [[nodiscard]] bool IsOk(const PushAnswer& answer) const override;
  [[nodiscard]] Message Dress(std::string_view topic, Fields fields) const;

  const Options& options_;
};

}  // namespace weir::simulators::meituan
