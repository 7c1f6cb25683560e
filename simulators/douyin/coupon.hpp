// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "simulators/yuan.hpp"

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

/// What was bought with one order: some coupons of one kind.
struct CouponSale {
  std::string intended;  ///< intention_poi_id
  std::string sku_id;
  std::string sku_name;
  std::string sku_code;  ///< third_sku_id
  Fen original_each = 0;
  Fen pay_each = 0;
  std::vector<Certificate> certificates;
  bool was_used_up = false;  ///< Once, all of them were used.

  [[nodiscard]] Fen original() const { return original_each * count(); }
  [[nodiscard]] Fen pay() const { return pay_each * count(); }
  [[nodiscard]] std::int64_t count() const {
    return static_cast<std::int64_t>(certificates.size());
  }
  [[nodiscard]] std::size_t left() const;  ///< Coupons that can be used.
  [[nodiscard]] bool any_used() const;
  [[nodiscard]] bool all_used() const;
  /// The one with this number or code; nullptr without one.
  [[nodiscard]] Certificate* Find(std::string_view name);
  [[nodiscard]] const Certificate* Find(std::string_view name) const;
};

}  // namespace weir::simulators::douyin
