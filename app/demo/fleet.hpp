// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "app/config/config.hpp"
#include "app/demo/courier_audit.hpp"
#include "app/demo/couriers.hpp"
#include "app/demo/dispatcher.hpp"
#include "app/demo/gateway_client.hpp"
#include "app/demo/lines.hpp"
#include "app/demo/options.hpp"
#include "base/clock.hpp"
#include "simulators/shell.hpp"

namespace weir::app::demo {

/// The couriers that run beside the gateway, and the part of the merchant's systems that gives them
/// something to carry.
class Fleet {
 public:
  /// Both outlive the fleet.
  Fleet(const DemoOptions& options, const Clock& clock) : options_(options), clock_(clock) {}
  ~Fleet() { Stop(); }
  Fleet(const Fleet&) = delete;
  Fleet& operator=(const Fleet&) = delete;

  /// One port for each courier; the gateway's connections to them.
  [[nodiscard]] static std::vector<ConnectionConfig> Connections(
      std::span<const std::uint16_t> ports);

  /// Serves the couriers on these ports, and dispatches through a gateway at `gateway_origin`.
  /// Throws std::runtime_error when a port is taken.
  void Start(const std::string& gateway_origin, std::span<const std::uint16_t> ports);
  /// The dispatcher first, then the couriers.
  void StopDispatching();
  void Stop();

  // After Start.
  /// A line for each courier, and what is asked of them.
  [[nodiscard]] std::string Head() const;
  void Take(const Change& change) { dispatcher_->Take(change); }
  [[nodiscard]] std::vector<CourierRow> Rows() const;
  /// Nothing new is asked for from now on.
  void Rest() { dispatcher_->Rest(); }
  [[nodiscard]] bool PlayedOut() const;
  [[nodiscard]] CourierAudit Audit(GatewayClient& client) const;

 private:
  struct Running {
    const SimulatedCourier* known = nullptr;
    std::unique_ptr<simulators::Courier> courier;
    std::unique_ptr<simulators::HttpShell> shell;
  };

  /// The orders that these shipments carry, by id.
  static Result<CourierAudit::Records> OrdersOf(GatewayClient& client,
                                                const CourierAudit::Records& shipments);

  const DemoOptions& options_;
  const Clock& clock_;
  std::vector<Running> couriers_;
  std::unique_ptr<Dispatcher> dispatcher_;
};

}  // namespace weir::app::demo
