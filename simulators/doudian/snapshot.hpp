// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "simulators/doudian/order.hpp"

/// Orders, after-sales and shipments as the platform shows them to a reader (protocol notes B4, B5,
/// B7).
namespace weir::simulators::doudian {

/// The shop order of orderDetail and searchList.
[[nodiscard]] std::string OrderJson(const Order& order, std::int64_t shop_id);

/// The data of afterSale.Detail.
[[nodiscard]] std::string RefundJson(const Order& order, const Refund& refund);
/// An item of afterSale.List, which names the same things otherwise.
[[nodiscard]] std::string RefundItemJson(const Order& order, const Refund& refund);

/// The shipment_info of superm.getShipmentInfo.
[[nodiscard]] std::string ShipmentJson(const Order& order, std::int64_t shop_id, Instant now);

/// The data of logistics.trackNoRouteDetail; `nodes` is the name of its list.
[[nodiscard]] std::string TrackJson(const Order& order, const Parcel& parcel,
                                    std::string_view nodes);

/// "2026-11-22 11:00:00" in China.
[[nodiscard]] std::string WallTime(std::int64_t seconds);

}  // namespace weir::simulators::doudian
