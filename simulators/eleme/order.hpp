// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "simulators/eleme/basket.hpp"
#include "simulators/eleme/fate.hpp"
#include "simulators/eleme/refund.hpp"
#include "simulators/ledger.hpp"

namespace weir::simulators::eleme {

/// Where an order stands (protocol notes 1.9).
enum class Status { kPending, kUnprocessed, kValid, kInvalid, kSettled };

/// The platform's word: "unprocessed".
[[nodiscard]] std::string_view WordOf(Status status);

struct Recipient {
  std::string name;
  std::vector<std::string> phones;  ///< A privacy number is "number,extension".
  std::string address;
  std::string note;
  std::int64_t user = 0;
  std::int64_t latitude = 0;  ///< Micro-degrees, GCJ-02.
  std::int64_t longitude = 0;
};

/// The waybill of an order.
struct Delivery {
  int type = 0;              ///< Of the last waybill message; 0: none yet.
  int status = 0;            ///< The last type that says where the meal is; 71 does not.
  std::size_t next = 0;      ///< Into Fate::route.
  std::int64_t changed = 0;  ///< Milliseconds; distinct from message to message.
  std::string rider;
  std::string rider_phone;
  bool picked_up = false;
  bool delivered = false;
};

/// How this order is written on the wire.
struct Style {
  bool negative_zero = false;
  bool unknown_members = false;
  bool says_refunding = false;
};

struct Reminder {
  std::string id;
  Instant at{};
  std::string reply;  ///< Empty until the shop answers.
};

struct Order {
  std::string id;
  std::string shop;  ///< The shop's number as text.
  std::string shop_code;
  std::int64_t day_seq = 0;  ///< daySn, from 1 for each shop and day; 0 before the payment.
  Basket basket;
  Recipient recipient;
  Style style;
  Fate fate;

  Status status = Status::kPending;
  Instant created{};
  std::optional<Instant> wanted;  ///< deliverTime; none: as soon as possible.
  std::optional<Instant> paid;    ///< Became effective.
  std::optional<Instant> accepted;
  std::optional<Instant> ended;  ///< Settled or invalid.
  std::optional<Ending> ending;
  std::optional<Instant> degraded_until;
  bool prepared = false;

  Delivery delivery;
  std::vector<Refund> refunds;
  std::vector<Reminder> reminders;
  std::int64_t last_update = 0;  ///< Seconds; of the last refund message.
  std::vector<Event> events;

  /// The numbers it is found by.
  [[nodiscard]] std::vector<std::string> names() const { return {id}; }
  [[nodiscard]] bool live() const {
    return status == Status::kUnprocessed || status == Status::kValid;
  }
  /// The platform's word for where it stands, as this order's style has it.
  [[nodiscard]] std::string_view status_word() const;
  /// The last refund, where it waits for the shop.
  [[nodiscard]] Refund* open_refund();
  [[nodiscard]] std::string_view refund_word() const;
};

/// The word of the canonical model for where the order stands, as everything the platform has said
/// of it implies.
[[nodiscard]] std::string_view CanonicalStatus(const Order& order);

/// The canonical word for the delivery; empty while the waybill says none.
[[nodiscard]] std::string_view CanonicalDelivery(const Order& order);

/// What is true of an order, for an audit to compare with.
[[nodiscard]] OrderTruth TruthOf(const Order& order);

}  // namespace weir::simulators::eleme
