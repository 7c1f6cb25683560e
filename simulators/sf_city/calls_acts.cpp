// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <chrono>
#include <utility>

#include "simulators/members.hpp"
#include "simulators/sf_city/calls.hpp"

namespace weir::simulators::sf_city {
namespace {

constexpr Fen kLeastTip = 100;
constexpr std::int64_t kFreeCancels = 2;

bool BeforeTheEnd(const Delivery& delivery) {
  return delivery.live() && delivery.stage != Stage::kReturning;
}

/// Two yuan from two minutes after the acceptance on, as WeChat tells of SF; the whole price once
/// it is on the road.
Fen DeductionOf(const Delivery& delivery, Instant now) {
  constexpr Fen kFee = 200;
  if (delivery.stage == Stage::kPickedUp) {
    return delivery.fee + delivery.insurance;
  }
  const auto accepted = delivery.Reached(Stage::kAssigned);
  const bool late = accepted && now - *accepted > std::chrono::minutes(2);
  return delivery.rider && late ? kFee : 0;
}

std::expected<Delivery*, Failure> Cancellable(const Call& call) {
  auto delivery = DeliveryOf(call);
  if (delivery && !BeforeTheEnd(**delivery)) {
    const bool done = (*delivery)->stage == Stage::kCancelled;
    return Refused(code::kWrongState, done ? "订单已取消" : "订单状态不允许取消");
  }
  return delivery;
}

std::string CancelAnswer(const Call& call, const Delivery& delivery, Fen fee) {
  std::string text;
  JsonWriter json(text);
  BeginAnswer(json, call, delivery);
  json.Key("deduction_detail")
      .BeginObject()
      .Member("deduction_fee", fee)
      .Member("shop_cancel_times", call.cancels)
      .Member("free_cancel_times", std::max<std::int64_t>(0, kFreeCancels - call.cancels))
      .EndObject()
      .Member("push_time", UnixSeconds(call.now))
      .EndObject();
  return text;
}

std::string TipAnswer(const Call& call, const Delivery& delivery) {
  std::string text;
  JsonWriter json(text);
  BeginAnswer(json, call, delivery);
  json.Member("total_gratuity_fee", delivery.tip()).Key("gratuity_fee_list").BeginArray();
  for (const Tip& tip : delivery.tips) {
    json.BeginObject()
        .Member("serial_number", tip.serial)
        .Member("gratuity_fee", tip.amount)
        .Member("add_time", UnixSeconds(tip.at))
        .EndObject();
  }
  json.EndArray().Member("push_time", UnixSeconds(call.now)).EndObject();
  return text;
}

/// An act that only has to reach somebody.
Outcome Noted(const Call& call) {
  const auto delivery = DeliveryOf(call);
  if (!delivery) {
    return std::unexpected(delivery.error());
  }
  if (!BeforeTheEnd(**delivery)) {
    return Refused(code::kWrongState, "订单状态不允许该操作");
  }
  std::string text;
  JsonWriter json(text);
  BeginAnswer(json, call, **delivery);
  json.Member("push_time", UnixSeconds(call.now)).EndObject();
  return text;
}

}  // namespace

Outcome PrecancelOrder(const Call& call) {
  const auto delivery = Cancellable(call);
  if (!delivery) {
    return std::unexpected(delivery.error());
  }
  return CancelAnswer(call, **delivery, DeductionOf(**delivery, call.now));
}

Outcome CancelOrder(const Call& call) {
  const auto delivery = Cancellable(call);
  if (!delivery) {
    return std::unexpected(delivery.error());
  }
  const std::string reason = TextIn(call.params, "cancel_reason");
  const Fen fee = DeductionOf(**delivery, call.now);
  call.parts.life.Cancel(
      **delivery,
      {.by = Canceller::kMerchant, .reason = reason.empty() ? "商家发起取消" : reason, .fee = fee},
      call.now);
  std::string text = CancelAnswer(call, **delivery, fee);
  ++call.cancels;
  return text;
}

Outcome AddGratuity(const Call& call) {
  const auto delivery = DeliveryOf(call);
  if (!delivery) {
    return std::unexpected(delivery.error());
  }
  const auto fee = IntIn(call.params, "gratuity_fee");
  const std::string serial = TextIn(call.params, "serial_number");
  if (!fee || *fee < kLeastTip || serial.empty()) {
    return Refused(code::kBadParameter,
                   serial.empty() ? "参数错误: serial_number" : "参数错误: gratuity_fee");
  }
  const auto& tips = (*delivery)->tips;
  if (std::ranges::find(tips, serial, &Tip::serial) != tips.end()) {
    return TipAnswer(call, **delivery);
  }
  if (!BeforeTheEnd(**delivery)) {
    return Refused(code::kWrongState, "订单状态不允许加小费");
  }
  if (call.parts.life.balance() < *fee) {
    return Refused(code::kNoBalance, "账户余额不足");
  }
  call.parts.life.AddTip(**delivery, {.serial = serial, .amount = *fee, .at = call.now});
  return TipAnswer(call, **delivery);
}

Outcome GetGratuity(const Call& call) {
  const auto delivery = DeliveryOf(call);
  if (!delivery) {
    return std::unexpected(delivery.error());
  }
  return TipAnswer(call, **delivery);
}

Outcome RemindOrder(const Call& call) { return Noted(call); }

Outcome NotifyProductReady(const Call& call) {
  if (!IntIn(call.params, "notice_ready_time")) {
    return Refused(code::kBadParameter, "参数错误: notice_ready_time");
  }
  return Noted(call);
}

}  // namespace weir::simulators::sf_city
