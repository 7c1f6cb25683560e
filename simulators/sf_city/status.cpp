// SPDX-License-Identifier: Apache-2.0
#include "simulators/sf_city/status.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace weir::simulators::sf_city {
namespace {

constexpr int kRecalled = 22;

/// In the order of Stage.
constexpr std::array kStatuses = {28, 1, 10, 12, 15, 17, 91, 2, 2};

constexpr auto kTexts = std::to_array<std::pair<int, std::string_view>>({
    {1, "订单提交成功"},
    {2, "订单取消"},
    {10, "配送员已接单"},
    {12, "配送员已到店"},
    {15, "配送员已取货"},
    {17, "配送员完成"},
    {kRecalled, "配送员撤单"},
    {28, "可疑订单拒绝"},
    {91, "骑士上报异常"},
});

}  // namespace

int StatusOf(const Step& step) {
  return step.repeat == Repeat::kGivenUp ? kRecalled : kStatuses.at(std::to_underlying(step.stage));
}

std::string_view StatusText(int status) {
  const auto* const found =
      std::ranges::find(kTexts, status, &std::pair<int, std::string_view>::first);
  return found == kTexts.end() ? std::string_view() : found->second;
}

std::string_view WordOf(Stage stage) {
  switch (stage) {
    case Stage::kReturning:
      return "exception";
    case Stage::kStillborn:
    case Stage::kReturned:
      return "cancelled";
    default:
      return simulators::WordOf(stage);
  }
}

}  // namespace weir::simulators::sf_city
