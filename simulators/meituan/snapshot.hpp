// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulators/form.hpp"
#include "simulators/meituan/options.hpp"
#include "simulators/meituan/order.hpp"

/// The whole order as the platform writes it (protocol notes 1.6).
namespace weir::simulators::meituan {

/// Parts that incmp_modules names; a degraded push comes without them.
enum class Module { kGoods = 0, kDiscounts = 1, kReceivable = 4, kAddress = 6 };

/// The fields of a push that carries the whole order: text, in the platform's order. With
/// `missing` the part is left out and incmp_code is -1. `says_whole`: whole orders say incmp_code
/// 0.
[[nodiscard]] Fields SnapshotFields(const Order& order, const Quirks& quirks,
                                    std::optional<Module> missing, bool says_whole);

/// The `data` of order/getOrderDetail: JSON, numbers as numbers, `with_logistics` for
/// is_mt_logistics=1.
[[nodiscard]] std::string DetailJson(const Order& order, const Quirks& quirks, bool with_logistics);

/// The `data` of order/logistics/status.
[[nodiscard]] std::string LogisticsJson(const Order& order);

}  // namespace weir::simulators::meituan
