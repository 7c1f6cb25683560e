// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/instant.hpp"
#include "simulators/douyin/basket.hpp"
#include "simulators/douyin/coupon.hpp"
#include "simulators/douyin/fate.hpp"
#include "simulators/douyin/refund.hpp"
#include "simulators/douyin/wire.hpp"
#include "simulators/ledger.hpp"

namespace weir::simulators::douyin {

/// Where an order stands. One of coupons is unpaid, closed or paid; the rest is told by these.
enum class Status { kUnpaid, kClosed, kPaid, kRejected, kAccepted, kFinished, kCancelled };

struct Recipient {
  std::string name;
  std::string masked_name;
  std::string phone;
  std::string masked_phone;
  std::string secret_number;  ///< "number_extension".
  bool shows_phone = false;   ///< receive_real_phone is told.
  std::string address;        ///< location_address
  std::string building;       ///< location_name
  std::string door;           ///< door_plate_num
  std::int64_t latitude = 0;  ///< Micro-degrees.
  std::int64_t longitude = 0;
};

struct Delivery {
  int status = 0;        ///< delivery_status of the last message; 0: none yet.
  std::size_t next = 0;  ///< Into Fate::route.
  std::int64_t changed = 0;
  std::string rider;
  std::string rider_phone;
  bool from_third = false;
  bool picked_up = false;
  bool delivered = false;

  [[nodiscard]] bool under_way() const { return status >= 102 && status <= 104; }
};

/// One order: a takeaway, with a basket, a recipient and a delivery, or a sale of coupons.
struct Order {
  std::string id;
  std::string shop;          ///< poi_id; of coupons empty until one is verified there.
  std::int64_t day_seq = 0;  ///< shop_number, from 1 for each shop and day; 0 before the payment.
  Basket basket{};
  std::optional<CouponSale> coupons{};
  Recipient recipient;
  std::string remark;
  Style style;
  Fate fate;

  Status status = Status::kUnpaid;
  Instant created{};
  std::optional<std::pair<std::int64_t, std::int64_t>> wanted{};  ///< Seconds; none: at once.
  std::optional<Instant> paid{};
  bool accepted = false;
  bool prepared = false;
  Delivery delivery{};
  std::vector<Refund> refunds{};
  std::int64_t updated = 0;  ///< Seconds; of its last change.
  std::vector<Event> events{};

  /// The numbers it is found by: its own, and its coupons'.
  [[nodiscard]] std::vector<std::string> names() const;
  [[nodiscard]] bool live() const { return status == Status::kPaid || status == Status::kAccepted; }
  /// It changes at `at`.
  void Touch(Instant at) { updated = std::max(UnixSeconds(at), updated); }
  /// The same for a change whose place among others its time tells: in a second of its own.
  void TouchApart(Instant at) { updated = std::max(UnixSeconds(at), updated + 1); }
  /// The refund that waits for the shop, or is still to be paid out.
  [[nodiscard]] Refund* pending_refund();
  /// order_status, as the queries write it (protocol notes A6.1).
  [[nodiscard]] int order_status() const;
  /// item_status of a takeaway's only item.
  [[nodiscard]] int item_status() const;
  /// item_status of one of its coupons.
  [[nodiscard]] int item_status(const Certificate& certificate) const;
};

/// What is true of an order, for an audit to compare with.
[[nodiscard]] OrderTruth TruthOf(const Order& order);

}  // namespace weir::simulators::douyin
