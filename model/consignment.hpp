// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/money.hpp"

/// What a merchant wants carried.
namespace weir::model {

/// One end of a shipment.
struct ShipmentParty {
  std::string name;
  std::string phone;
  std::string company;
  std::string province;
  std::string city;
  std::string district;
  std::string address;
  std::string latitude;  ///< Degrees of GCJ-02 as decimal text; empty when unknown.
  std::string longitude;
  friend bool operator==(const ShipmentParty&, const ShipmentParty&) = default;
};

struct ShipmentGood {
  std::string name;
  std::string code;            ///< The merchant's.
  std::string quantity = "1";  ///< Integer or decimal text.
  std::string unit;
  Money amount;
  friend bool operator==(const ShipmentGood&, const ShipmentGood&) = default;
};

/// What is to be carried from where to where.
struct Consignment {
  std::string number;  ///< Ours: the record's id, which the courier gets. Quotes have one too.
  std::string platform_shop;  ///< The courier's word for the shop it leaves from; may be empty.
  ShipmentParty sender;       ///< Couriers that know the shop do without.
  ShipmentParty receiver;
  std::vector<ShipmentGood> goods;
  Money goods_value;
  std::int64_t weight_g = 1000;
  std::int64_t parcels = 1;
  std::string remark;
  std::string selling_platform;  ///< Of the order it carries: "meituan" ...; may be empty.
  std::string display_no;        ///< What the shop's people call that order.
  std::optional<Instant> ordered_at;
  std::optional<Instant> pick_up_at;  ///< Unset: now.
  std::optional<Instant> deliver_at;  ///< Unset: as soon as can be.
  Money tip;
  std::string product;  ///< The courier's word for the service; empty: the connection's default.
  friend bool operator==(const Consignment&, const Consignment&) = default;
};

/// What carrying it would cost.
struct CourierQuote {
  Money fee;
  std::optional<std::int64_t> distance_m;
  std::optional<Instant> deliver_at;    ///< When it would arrive.
  std::string reference;                ///< To be named when it is ordered; empty: none needed.
  std::optional<Instant> expires_at{};  ///< Of the reference.
  friend bool operator==(const CourierQuote&, const CourierQuote&) = default;
};

}  // namespace weir::model
