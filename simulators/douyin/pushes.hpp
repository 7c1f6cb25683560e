// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "simulators/douyin/book.hpp"
#include "simulators/douyin/options.hpp"
#include "simulators/ledger.hpp"
#include "simulators/push_desk.hpp"

namespace weir::simulators::douyin {

/// Line breaks in a body, and whether its signature covers them.
enum class Breaks { kNone, kSigned, kUnsigned };

/// A webhook or an SPI call before it is signed.
struct Message {
  std::string event;
  std::string content;
  std::string id;  ///< Msg-Id.
  std::string log_id;
  std::string from_user;  ///< Empty: not said.
  std::string refund;     ///< Not empty: an SPI call about this refund.
  bool as_object = false;
  bool seconds = false;  ///< Of an SPI's timestamp.
  bool probe = false;
  Breaks breaks = Breaks::kNone;
};

/// Turns what happened into signed webhooks and SPI calls, with the faults that were asked for, and
/// keeps each order's events up to date (protocol notes A7, A8).
class PushDesk final : public simulators::PushDesk<Order, Shop, Message> {
 public:
  /// All references outlive the desk.
  PushDesk(const Options& options, OrderBook& book, Counts& counts, Random& random);

  /// Something happened to `order` at `at`; `what` is for the ledger.
  void Tell(Order& order, std::string_view event, std::string what, std::string content,
            Instant at);
  /// Something happened that concerns no order.
  void Tell(std::string_view event, std::string content, Instant at);
  /// Asks the shop about a refund, by SPI.
  void AskRefund(Order& order, const std::string& refund, std::string content, Instant at);
  /// Asks the app to echo a challenge.
  void Probe(Instant at);

 private:
  [[nodiscard]] OutgoingPush Build(const Attempt& attempt) const override;
  [[nodiscard]] bool IsOk(const PushAnswer& answer) const override;
  [[nodiscard]] Message Dress(std::string_view event, std::string content);
  [[nodiscard]] std::string Write(const Message& message) const;
  [[nodiscard]] OutgoingPush Webhook(const Message& message,
                                     std::optional<std::size_t> tampered) const;
  [[nodiscard]] OutgoingPush Spi(const Message& message, Instant stamp,
                                 std::optional<std::size_t> tampered) const;

  const Options& options_;
  std::uint64_t last_message_ = 0;
  std::set<std::int64_t> challenges_;
};

/// What an SPI's answer says of a refund: data.result (protocol notes A8). What says nothing is
/// still at work.
enum class SpiResult { kAgreed = 0, kRefused = 1, kAtWork = 2 };
[[nodiscard]] SpiResult SpiResultOf(const PushAnswer& answer);

}  // namespace weir::simulators::douyin
