// SPDX-License-Identifier: Apache-2.0
#include "simulators/dada/status.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace weir::simulators::dada {
namespace {

constexpr int kExpired = 7;

/// In the order of Stage.
constexpr std::array kStatuses = {1000, 1, 2, 100, 3, 4, 9, 10, 5};

constexpr auto kTexts = std::to_array<std::pair<int, std::string_view>>({
    {1, "待接单"},
    {2, "待取货"},
    {3, "配送中"},
    {4, "已完成"},
    {5, "已取消"},
    {kExpired, "已过期"},
    {9, "妥投异常之物品返回中"},
    {10, "妥投异常之物品返回完成"},
    {100, "骑士到店"},
    {1000, "创建达达运单失败"},
});

}  // namespace

int StatusOf(const Delivery& delivery) {
  return delivery.cancellation.expired ? kExpired
                                       : kStatuses.at(std::to_underlying(delivery.stage));
}

std::string_view StatusText(int status) {
  const auto* const found =
      std::ranges::find(kTexts, status, &std::pair<int, std::string_view>::first);
  return found == kTexts.end() ? std::string_view() : found->second;
}

}  // namespace weir::simulators::dada
