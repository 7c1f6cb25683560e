// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "simulators/douyin/fate.hpp"
#include "simulators/douyin/refund.hpp"
#include "simulators/douyin/wire.hpp"
#include "simulators/ledger.hpp"

/// Group-buy coupons (protocol notes A6.1, A9).
namespace weir::simulators::douyin {

struct Verification {
  std::string id;
  std::string shop;
  Instant at{};
  int type = 1;  ///< verify_type; 4: through the API.
  std::optional<Instant> cancelled{};
};

struct Certificate {
  std::string id;
  std::string item_id;
  std::string code;       ///< Plain, of 12 digits.
  std::string encrypted;  ///< encrypted_code
  std::vector<Verification> verifications{};
  std::optional<std::int64_t> refunded{};  ///< Seconds.

  [[nodiscard]] bool used() const {
    return !verifications.empty() && !verifications.back().cancelled;
  }
  [[nodiscard]] bool usable() const { return !used() && !refunded; }
};

/// One order of some coupons of one kind.
struct CouponOrder {
  std::string id;
  std::string shop;          ///< Where it was verified; empty before.
  std::int64_t day_seq = 0;  ///< Such orders have none.
  std::string intended;      ///< intention_poi_id
  std::string sku_id;
  std::string sku_name;
  std::string sku_code;  ///< third_sku_id
  Fen original_each = 0;
  Fen pay_each = 0;
  std::string contact;
  std::string phone;
  std::vector<Certificate> certificates;
  Style style;
  CouponFate fate;

  Instant created{};
  std::optional<Instant> paid{};
  bool closed = false;         ///< Never paid.
  bool was_used_up = false;    ///< Once, nothing was left to be used, and something had been.
  std::vector<Refund> refunds{};
  std::int64_t updated = 0;  ///< Seconds; each change of the order has one of its own.
  std::vector<Event> events{};

  /// Its number, and those of its coupons.
  [[nodiscard]] std::vector<std::string> names() const;
  [[nodiscard]] Fen original() const;
  [[nodiscard]] Fen pay() const;
  [[nodiscard]] std::size_t left() const;  ///< Coupons that can be used.
  [[nodiscard]] int order_status() const;
  [[nodiscard]] int item_status(const Certificate& certificate) const;
};

[[nodiscard]] OrderTruth TruthOf(const CouponOrder& order);

}  // namespace weir::simulators::douyin
