// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_writer.hpp"
#include "model/order_parts.hpp"

namespace weir::model {

/// Writes one order's body, member group by member group, and gathers the issues that only show
/// while writing.
class BodyWriter {
 public:
  BodyWriter(std::string& out, const OrderParts& parts, const Surroundings& around)
      : json_(out), parts_(parts), around_(around), refunds_(parts.AllRefunds(of_flows_)) {}
  BodyWriter(const BodyWriter&) = delete;
  BodyWriter& operator=(const BodyWriter&) = delete;

  void Write(const OrderState::Identity& identity) {
    WriteHead(identity);
    WriteTimes();
    WriteCustomer();
    WriteItems();
    WriteChargesAndDiscounts();
    WriteTotals();
    WriteRest();
    WriteRefunds();
    WriteCertificates();
    WriteDelivery();
    WriteHistory();
    WriteExtra();
    WriteIssues();
  }

 private:
  [[nodiscard]] const OrderSnapshot& For(SnapshotField field) const { return parts_.For(field); }
  [[nodiscard]] std::optional<OrderKind> kind() const {
    return parts_.snapshots.empty() ? std::nullopt : std::optional(parts_.snapshots.victor().kind);
  }

  void WriteHead(const OrderState::Identity& identity);
  void WriteStore();
  /// The merchant's store of the platform's shop; null, and false, when it is not linked.
  bool WriteStoreOf(const std::string& shop);
  void WriteOverlays();
  void WriteTimes();
  void WriteCustomer();
  void WriteItems();
  void WriteItem(const Item& item);
  void WriteComponents(const std::vector<Component>& components);
  void WriteSku(std::string_view platform_sku);
  void WriteChargesAndDiscounts();
  void WriteTotals();
  void WriteRest();
  void WriteRefunds();
  void WriteRefundLines(const std::string& refund_id, const std::vector<RefundLine>& lines);
  [[nodiscard]] std::string_view SkuByName(std::string_view name) const;
  void WriteCertificates();
  void WriteDelivery();
  void WriteHistory();
  void WriteExtra();
  void WriteIssues();
  void WriteIssue(const Issue& issue);

  JsonWriter json_;
  const OrderParts& parts_;
  const Surroundings& around_;
  std::vector<Refund> of_flows_;
  const std::vector<Refund>& refunds_;
  std::vector<Issue> issues_;
  std::vector<std::string_view> unmapped_;
};

}  // namespace weir::model
