// SPDX-License-Identifier: Apache-2.0
#include "simulators/sf_express/fate.hpp"

#include "simulators/chance.hpp"

namespace weir::simulators::sf_express {
namespace {

constexpr Step kCollected{"50", "顺丰速运 已收取快件", "picked_up"};
constexpr Step kLoaded{"30", "快件在【营业点】已装车,准备发往 【集散中心】", "in_transit"};
constexpr Step kDeparted{"36", "快件已发车", "in_transit"};
constexpr Step kArrived{"31", "快件到达 【集散中心】", "in_transit"};
constexpr Step kHandedOver{"204", "快件交给小哥,正在派送途中", "out_for_delivery"};
constexpr Step kOnTheWay{"44", "正在派送途中,请您准备签收(派件人:测试,电话:13900000000)",
                         "out_for_delivery"};
constexpr Step kFailed{"70", "由于收件人不在派件不成功", "exception"};
constexpr Step kInLocker{"125", "快递员派件至丰巢", "awaiting_pickup"};
constexpr Step kFetched{"128", "客户从丰巢取件成功", "delivered"};
constexpr Step kSigned{"80", "已签收,感谢使用顺丰,期待再次为您服务", "delivered"};
constexpr Step kViewable{"8000", "在官网\"运单资料&签收图\",可查看签收人信息", ""};
constexpr Step kCalledOff{"70", "寄件人取消寄件", "cancelled", "46"};
constexpr Step kForwarded{"99", "应客户要求,快件正在退回中", "returning", "2"};
constexpr Step kReturned{"648", "快件已退回/转寄,新单号为{}", "returned"};

constexpr std::size_t kStages = 7;

void Append(std::vector<Step>& plan, std::initializer_list<Step> steps) {
  plan.insert(plan.end(), steps);
}

}  // namespace

Fate DrawFate(Random& random, const Options& options) {
  const CourierTraffic& traffic = options.traffic;
  const bool unaccepted = Chance(random, traffic.unaccepted);
  const bool cancelled = Chance(random, traffic.cancelled);
  const bool failed = Chance(random, traffic.failed);
  const bool given_up = Chance(random, traffic.given_up);
  const bool to_locker = Chance(random, options.quirks.to_locker);
  const bool stuck = Chance(random, traffic.stuck);
  const auto stuck_after = static_cast<std::size_t>(random.Below(kStages));
  return {.end = unaccepted  ? Fate::End::kNeverCollected
                 : cancelled ? Fate::End::kCalledOff
                 : failed    ? Fate::End::kReturned
                             : Fate::End::kDelivered,
          .second_try = given_up,
          .to_locker = to_locker,
          .stuck_after = stuck ? std::optional(stuck_after) : std::nullopt};
}

std::vector<Step> PlanOf(const Fate& fate) {
  std::vector<Step> plan;
  if (fate.end == Fate::End::kNeverCollected) return plan;
  Append(plan, {kCollected, kLoaded});
  if (fate.end == Fate::End::kCalledOff) {
    Append(plan, {kCalledOff});
  } else {
    Append(plan, {kDeparted, kArrived, kHandedOver, kOnTheWay});
    if (fate.second_try) Append(plan, {kFailed, kOnTheWay});
    if (fate.end == Fate::End::kReturned) {
      Append(plan, {kFailed, kForwarded, kReturned});
    } else if (fate.to_locker) {
      Append(plan, {kInLocker, kFetched, kViewable});
    } else {
      Append(plan, {kSigned, kViewable});
    }
  }
  if (fate.stuck_after && *fate.stuck_after < plan.size()) plan.resize(*fate.stuck_after);
  return plan;
}

std::vector<Step> PlanOfReturn() { return {kForwarded, kReturned}; }

}  // namespace weir::simulators::sf_express
