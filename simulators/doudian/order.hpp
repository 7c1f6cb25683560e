// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "simulators/doudian/basket.hpp"
#include "simulators/doudian/fate.hpp"
#include "simulators/doudian/recipient.hpp"
#include "simulators/doudian/refund.hpp"
#include "simulators/ledger.hpp"

namespace weir::simulators::doudian {

/// order_status (protocol notes B4).
namespace status {
inline constexpr int kUnpaid = 1;
inline constexpr int kChecked = 105;
inline constexpr int kToShip = 2;
inline constexpr int kPartlyShipped = 101;
inline constexpr int kShipped = 3;
inline constexpr int kCancelled = 4;
inline constexpr int kFinished = 5;
}  // namespace status

/// accept_order_status.
enum class Acceptance { kNone = 0, kAccepted = 1, kTimedOutOrCancelled = 2 };

/// The delivery by one of the platform's riders.
struct Delivery {
  std::string track_no;
  int shipment_status = 0;   ///< 0: nobody was called.
  int error = 0;             ///< shipment_error.
  std::size_t next = 0;      ///< Into Fate::route.
  std::int64_t changed = 0;  ///< Seconds; distinct from status to status.
  std::string rider;
  std::string rider_phone;
  Place from;  ///< The rider moves from here ...
  Place to;    ///< ... to there ...
  Instant since{};
  Instant until{};  ///< ... within this time.

  /// Where the rider is; nullopt without one.
  [[nodiscard]] std::optional<Place> RiderAt(Instant now) const;
  [[nodiscard]] bool picked_up() const { return shipment_status >= shipment::kPickedUp; }
};

/// A parcel that the shop brings by itself.
struct Parcel {
  std::string tracking_no;
  std::string company;
  std::int64_t shipped = 0;  ///< Seconds.
};

/// How this order is written on the wire.
struct Style {
  bool numbers_as_text = false;
  bool unknown_members = false;
  bool no_coordinate = false;
  int broken_identity = 0;  ///< 1 to 3: which one is a fen off.
};

struct Order {
  std::string id;    ///< Of the parent; the sku orders are numbered on from it.
  std::string shop;  ///< The store's number as text.
  std::string shop_code;
  std::int64_t day_seq = 0;  ///< supermarket_order_serial_no, from 1 for each store and day.
  Basket basket;
  Recipient recipient;
  Style style;
  Fate fate;

  int status = status::kUnpaid;
  Acceptance acceptance = Acceptance::kNone;
  Instant created{};
  std::optional<Instant> wanted;  ///< None: as soon as possible.
  std::optional<Instant> paid;
  std::optional<Instant> shipped;
  std::optional<Instant> finished;  ///< Or cancelled.
  std::optional<Instant> appointment;
  std::int64_t updated = 0;  ///< Seconds; distinct from change to change.
  std::optional<Ending> ending;
  std::string cancel_reason;
  std::string seller_words;
  int stars = 0;
  int pay_type = 0;

  Delivery delivery;
  std::vector<Parcel> parcels;
  std::vector<Refund> refunds;
  std::vector<Event> events;

  /// The numbers it is found by.
  [[nodiscard]] std::vector<std::string> names() const { return {id}; }
  [[nodiscard]] std::string sku_order(std::size_t line) const;
  /// Paid for, and neither finished nor cancelled.
  [[nodiscard]] bool live() const;
  [[nodiscard]] bool awaits_acceptance() const {
    return status == status::kToShip && acceptance == Acceptance::kNone;
  }
  /// Something about it changed at `at`: no two changes share their second.
  void Touch(Instant at);
  /// The last after-sale about a line; null without one.
  [[nodiscard]] const Refund* RefundOf(std::size_t line) const;
};

/// The word of the canonical model for where the order stands.
[[nodiscard]] std::string_view CanonicalStatus(const Order& order);
/// The canonical word for the delivery; empty while there is none.
[[nodiscard]] std::string_view CanonicalDelivery(const Order& order);
/// What is true of an order, for an audit to compare with.
[[nodiscard]] OrderTruth TruthOf(const Order& order);

}  // namespace weir::simulators::doudian
