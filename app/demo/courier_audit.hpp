// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "app/demo/checks.hpp"
#include "simulators/courier.hpp"

namespace weir::app::demo {

/// Compares what couriers' books say with what the gateway says of its shipments and their orders.
///
/// Pure: whoever holds both brings them, then reads the verdict.
class CourierAudit final : public Checks {
 public:
  /// Shipments by id, as GET /v1/shipments lists them; orders likewise.
  using Records = std::map<std::string, nlohmann::json>;
  /// What the books hold, by the courier's word.
  using Books = std::map<std::string, std::vector<simulators::ShipmentTruth>>;

  /// `couriers`: their words. `eventful`: long enough for a courier to have taken over from
  /// another, and for a parcel to have a way.
  CourierAudit(std::vector<std::string> couriers, bool eventful);

  /// Each shipment of the books is a record that says the same.
  void CheckBooks(const Books& books, const Records& shipments);
  /// Each record that a courier has is in that courier's book.
  void CheckKnown(const Books& books, const Records& shipments);
  /// No order ever had two couriers at once, by the books.
  void CheckAlone(const Books& books, const Records& shipments);
  /// Each order names the last of its shipments.
  void CheckOrders(const Records& shipments, const Records& orders);
  void CheckForgeries(std::string_view courier, const simulators::Counts& counts);

  /// Nothing is wrong, something flowed at every courier and, where it went on for long enough, one
  /// took over from another and a parcel had a way.
  [[nodiscard]] bool ok() const override;
  [[nodiscard]] std::uint64_t taken_over() const { return taken_over_; }

 private:
  void CheckShipment(const std::string& courier, const simulators::ShipmentTruth& truth,
                     const nlohmann::json& record);
  void CheckWay(const std::string& courier, const simulators::ShipmentTruth& truth,
                const nlohmann::json& record);

  const bool eventful_;
  std::uint64_t taken_over_ = 0;
};

}  // namespace weir::app::demo
