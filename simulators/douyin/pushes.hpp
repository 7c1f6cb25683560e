// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.hpp"
#include "simulators/douyin/book.hpp"
#include "simulators/douyin/options.hpp"
#include "simulators/ledger.hpp"
#include "simulators/messenger.hpp"
#include "simulators/simulator.hpp"

namespace weir::simulators::douyin {

/// What an SPI's answer says of a refund: the number in data.result (protocol notes A8).
struct SpiVerdict {
  std::string order;
  std::string refund;
  int result = 2;  ///< 0 agreed, 1 refused, 2 still at work.
};

/// Turns what happened into signed webhooks and SPI calls, with the faults that were asked for, and
/// keeps each order's events up to date.
class PushDesk {
 public:
  /// All references outlive the desk.
  PushDesk(const Options& options, Book& book, Counts& counts, Random& random);

  /// Something happened to an order, whose events are `events`; `what` is for the ledger.
  void Tell(const std::string& order, std::vector<Event>& events, std::string_view event,
            std::string what, std::string content, Instant at);
  /// Something happened that concerns no order.
  void Tell(std::string_view event, std::string content, Instant at);
  /// Asks the shop about a refund, by SPI.
  void AskRefund(Order& order, const std::string& refund, std::string content, Instant at);
  /// Asks the app for a challenge.
  void Probe(Instant at);

  [[nodiscard]] std::optional<OutgoingPush> Take(Instant now);
  /// Books the answer; what an SPI's first good one says.
  std::optional<SpiVerdict> OnAnswer(std::uint64_t push, const PushAnswer& answer, Instant now);

  [[nodiscard]] std::optional<Instant> NextDue() const { return messenger_.NextDue(); }
  [[nodiscard]] std::size_t outstanding() const { return messenger_.outstanding(); }
  [[nodiscard]] std::uint64_t given_up() const { return messenger_.given_up(); }

 private:
  /// Line breaks in a body, and whether its signature covers them.
  enum class Breaks { kNone, kSigned, kUnsigned };
  struct Message {
    std::string event;
    std::string content;
    std::string id;  ///< Msg-Id.
    std::string log_id;
    std::string from_user;
    std::string refund;  ///< Not empty: an SPI call.
    bool as_object = false;
    bool seconds = false;  ///< Of an SPI's timestamp.
    Breaks breaks = Breaks::kNone;
    std::optional<std::int64_t> challenge;
  };
  using OurMessenger = Messenger<Message>;

  [[nodiscard]] Message Dress(std::string_view event, std::string content);
  [[nodiscard]] std::string Write(const Message& message) const;
  void MakeWebhook(const Message& message, std::optional<std::size_t> tampered,
                   OutgoingPush& push) const;
  void MakeSpi(const Message& message, Instant stamp, std::optional<std::size_t> tampered,
               OutgoingPush& push) const;

  const Options& options_;
  Random& random_;
  std::uint64_t last_message_ = 0;
  std::map<std::uint64_t, std::int64_t> challenges_;  ///< By the attempts that await them.
  OurMessenger messenger_;
};

}  // namespace weir::simulators::douyin
