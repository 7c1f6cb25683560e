// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "simulators/eleme/order.hpp"

/// Orders and what belongs to them as the platform writes them (protocol notes 1.8, 1.10).
namespace weir::simulators::eleme {

/// The OOrder. A degraded one lacks amounts and activities and says so.
[[nodiscard]] std::string OrderJson(const Order& order, bool degraded);

/// The leaner message 217.
[[nodiscard]] std::string LeanJson(const Order& order);

/// The order-state body; `state` is the platform's word.
[[nodiscard]] std::string StateJson(const Order& order, std::string_view state, Role role,
                                    Instant at);

/// The refund body of the refund's last step.
[[nodiscard]] std::string RefundBody(const Order& order, const Refund& refund);

/// The ORefundOrder.
[[nodiscard]] std::string RefundOrderJson(const Order& order, const Refund& refund);

/// The waybill body of the delivery's last message.
[[nodiscard]] std::string WaybillJson(const Order& order);

/// The ODeliveryRecord.
[[nodiscard]] std::string DeliveryRecordJson(const Order& order);

/// The message 218 beside a change of state.
[[nodiscard]] std::string LeanStateJson(const Order& order);

/// Of the messages 93 and 105: nothing but the shop.
[[nodiscard]] std::string ShopJson(std::string_view shop);

/// Of the message 222, which says when an application was audited, or of 221, which says why not.
[[nodiscard]] std::string ApplicationJson(std::int64_t application, std::optional<Instant> audited);

[[nodiscard]] std::string ReminderJson(const Order& order, const Reminder& reminder);

}  // namespace weir::simulators::eleme
