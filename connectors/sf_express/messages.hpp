// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "connectors/courier.hpp"
#include "connectors/sf_express/credentials.hpp"

/// The `msgData` of each service (protocol §1.6 to §1.11): JSON text, written once; what is signed
/// is what is sent. Text beyond what a field takes is cut.
namespace weir::connectors::sf_express {

/// So many waybills' ways are asked for in one call.
inline constexpr std::size_t kMaxRoutesPerCall = 10;
/// So many child waybills.
inline constexpr std::int64_t kMaxSubWaybillsPerCall = 20;

/// The product a consignment goes by: its own, else the connection's.
[[nodiscard]] std::string ProductOf(const Consignment& consignment, const Credentials& credentials);

[[nodiscard]] std::string QuoteMessage(const Consignment& consignment,
                                       const Credentials& credentials);
[[nodiscard]] std::string OrderMessage(const Consignment& consignment,
                                       const Credentials& credentials);
[[nodiscard]] std::string SearchMessage(std::string_view number, const Credentials& credentials);
[[nodiscard]] std::string CancelMessage(std::string_view number, const Credentials& credentials);
[[nodiscard]] std::string ConfirmMessage(const ShipmentRef& shipment,
                                         const Credentials& credentials);
/// `count` more.
[[nodiscard]] std::string SubWaybillsMessage(std::string_view number, std::int64_t count);

/// Of waybills where all are known, else of our numbers.
[[nodiscard]] std::string RoutesMessage(std::span<const ShipmentRef> shipments,
                                        const Credentials& credentials);
/// By waybill where it is known, else by our number.
[[nodiscard]] std::string FeeMessage(const ShipmentRef& shipment);
[[nodiscard]] std::string PromisedTimeMessage(const ShipmentRef& shipment,
                                              const Credentials& credentials);
/// Back to the sender, at his cost.
[[nodiscard]] std::string InterceptMessage(std::string_view waybill,
                                           const Credentials& credentials);
[[nodiscard]] std::string PrintMessage(std::string_view waybill, const Credentials& credentials);

}  // namespace weir::connectors::sf_express
