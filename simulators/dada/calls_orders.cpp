// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "simulators/dada/calls.hpp"
#include "simulators/members.hpp"

namespace weir::simulators::dada {
namespace {

constexpr std::int64_t kOtherReason = 10'000;
constexpr Fen kLeastTip = 100;

/// Protocol notes 4.4.
constexpr auto kReasons = std::to_array<std::pair<std::int64_t, std::string_view>>({
    {1, "没有配送员接单"},
    {2, "配送员没来取货"},
    {3, "配送员态度太差"},
    {4, "顾客取消订单"},
    {5, "订单填写错误"},
    {34, "配送员让我取消此单"},
    {35, "配送员不愿上门取货"},
    {36, "我不需要配送了"},
    {37, "配送员以各种理由表示无法完成订单"},
    {kOtherReason, "其他"},
});

std::string PriceJson(const Delivery& delivery, const Quote* quote, Instant expires) {
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Key("distance").Number(std::to_string(delivery.metres) + ".0");
  if (quote != nullptr) json.Member("deliveryNo", quote->no);
  WriteYuan(json, "fee", delivery.fee);
  WriteYuan(json, "deliverFee", delivery.fee);
  WriteYuan(json, "couponFee", 0);
  WriteYuan(json, "tips", delivery.tip());
  WriteYuan(json, "insuranceFee", delivery.insurance);
  if (quote != nullptr) json.Member("expiredTime", UnixSeconds(expires));
  json.EndObject();
  return text;
}

/// 0: it may be ordered.
int WhyNotNow(const Call& call, const Delivery& delivery) {
  if (call.refused) return code::kOutOfReach;
  return call.parts.life.balance() < delivery.price() ? code::kNoBalance : 0;
}

/// Orders it for the first time, or what did not arrive once more.
Outcome Order(const Call& call, Delivery* former, Delivery delivery) {
  if (const int why = WhyNotNow(call, delivery); why != 0) {
    return std::unexpected(why);
  }
  std::string result = PriceJson(delivery, nullptr, call.now);
  if (former == nullptr) {
    call.parts.life.Begin(std::move(delivery), call.now);
  } else {
    ++former->ordered;
    call.parts.life.Renew(*former, std::move(delivery), call.now);
  }
  return result;
}

/// What the merchant pays for cancelling (protocol notes 4.4).
Fen CancelFeeOf(const Delivery& delivery, Instant now) {
  constexpr Fen kFee = 200;
  const auto accepted = delivery.Reached(Stage::kAssigned);
  if (!delivery.rider || !accepted || delivery.asked_off) {
    return 0;
  }
  const auto since = now - *accepted;
  const bool late = since > std::chrono::minutes(15) && delivery.stage == Stage::kAssigned;
  return since <= std::chrono::minutes(1) || late ? 0 : kFee;
}

/// 0: it may be cancelled.
int WhyNotCancelled(const Delivery& delivery) {
  switch (delivery.stage) {
    case Stage::kSearching:
    case Stage::kAssigned:
    case Stage::kAtPickup:
      return 0;
    case Stage::kPickedUp:
      return code::kOnTheRoad;
    case Stage::kDelivered:
      return code::kFinished;
    case Stage::kCancelled:
      return delivery.cancellation.expired ? code::kExpired : code::kCancelledAlready;
    case Stage::kReturning:
      return code::kReturning;
    case Stage::kReturned:
      return code::kReturned;
    default:
      return code::kNotCancelled;
  }
}

}  // namespace

Outcome AddOrder(const Call& call) {
  auto delivery = ReadOrder(call);
  if (!delivery) {
    return std::unexpected(delivery.error());
  }
  Delivery* former = call.parts.book.Find(delivery->number);
  if (former != nullptr && former->stage != Stage::kStillborn) {
    ++former->ordered;
    return std::unexpected(code::kOrderedAlready);
  }
  return Order(call, former, *std::move(delivery));
}

Outcome ReAddOrder(const Call& call) {
  auto delivery = ReadOrder(call);
  if (!delivery) {
    return std::unexpected(delivery.error());
  }
  Delivery* former = call.parts.book.Find(delivery->number);
  if (former == nullptr) {
    return std::unexpected(code::kNeverOrdered);
  }
  if (former->stage != Stage::kCancelled && former->stage != Stage::kReturned) {
    return std::unexpected(code::kNotEnded);
  }
  return Order(call, former, *std::move(delivery));
}

Outcome QueryDeliverFee(const Call& call) {
  const auto delivery = ReadOrder(call);
  if (!delivery) {
    return std::unexpected(delivery.error());
  }
  const Delivery* former = call.parts.book.Find(delivery->number);
  if (former != nullptr && (former->live() || former->stage == Stage::kDelivered)) {
    return std::unexpected(code::kQuoteOfLive);
  }
  const Options& options = call.parts.options;
  const auto last = call.quotes.LastOf(delivery->number);
  if (last && call.now < *last + options.requote_after) {
    return std::unexpected(code::kQuotedJustNow);
  }
  const Quote& quote = call.quotes.Give(*delivery, call.now);
  return PriceJson(*delivery, &quote, call.now + options.quote_life);
}

Outcome AddAfterQuery(const Call& call) {
  const std::string no = TextIn(call.params, "deliveryNo");
  if (no.empty()) {
    return std::unexpected(code::kNoDeliveryNo);
  }
  Quote* quote = call.quotes.Find(no);
  if (quote == nullptr) {
    return std::unexpected(code::kQuoteExpired);
  }
  Delivery* former = call.parts.book.Find(quote->delivery.number);
  if (quote->used || (former != nullptr && former->live())) {
    if (former != nullptr) ++former->ordered;
    return std::unexpected(quote->used ? code::kQuoteUsed : code::kAlreadyLive);
  }
  if (former != nullptr && former->stage == Stage::kDelivered) {
    return std::unexpected(code::kAlreadyEnded);
  }
  if (call.now >= quote->at + call.parts.options.quote_life) {
    return std::unexpected(code::kQuoteExpired);
  }
  const Outcome ordered = Order(call, former, quote->delivery);
  if (!ordered) {
    return ordered;
  }
  quote->used = true;
  return std::string(kNothing);
}

Outcome AddTip(const Call& call) {
  const auto delivery = DeliveryOf(call);
  if (!delivery) {
    return std::unexpected(delivery.error());
  }
  const auto tip = ScaledIn(call.params, "tips", 100);
  if (!tip) {
    return std::unexpected(code::kTipNoNumber);
  }
  if ((*delivery)->stage != Stage::kSearching) {
    return std::unexpected(code::kTipTooLate);
  }
  if (*tip < kLeastTip) {
    return std::unexpected(code::kTipTooSmall);
  }
  const Fen former = (*delivery)->tip();
  if (*tip <= former) {
    return std::unexpected(code::kTipNotMore);
  }
  if (*tip > (*delivery)->goods_value) {
    return std::unexpected(code::kTipAboveGoods);
  }
  call.parts.life.AddTip(**delivery, {.serial = {}, .amount = *tip - former, .at = call.now});
  return std::string(kNothing);
}

Outcome FormalCancel(const Call& call) {
  const auto delivery = DeliveryOf(call);
  if (!delivery) {
    return std::unexpected(delivery.error());
  }
  const auto id = IntIn(call.params, "cancel_reason_id");
  if (!id) {
    return std::unexpected(code::kNoReasonId);
  }
  const auto* const reason =
      std::ranges::find(kReasons, *id, &std::pair<std::int64_t, std::string_view>::first);
  if (reason == kReasons.end()) {
    return std::unexpected(code::kUnknownReason);
  }
  const std::string own = TextIn(call.params, "cancel_reason");
  if (*id == kOtherReason && own.empty()) {
    return std::unexpected(code::kNoReason);
  }
  if (const int why = WhyNotCancelled(**delivery); why != 0) {
    return std::unexpected(why);
  }
  const Fen fee = CancelFeeOf(**delivery, call.now);
  call.parts.life.Cancel(**delivery,
                         {.by = Canceller::kMerchant,
                          .reason = *id == kOtherReason ? own : std::string(reason->second),
                          .fee = fee},
                         call.now);
  std::string text;
  JsonWriter json(text);
  json.BeginObject();
  WriteYuan(json, "deduct_fee", fee);
  json.EndObject();
  return text;
}

Outcome CancelReasons(const Call& /*call*/) {
  std::string text;
  JsonWriter json(text);
  json.BeginArray();
  for (const auto& [id, reason] : kReasons) {
    json.BeginObject().Member("id", id).Member("reason", reason).EndObject();
  }
  json.EndArray();
  return text;
}

Outcome ConfirmGoods(const Call& call) {
  const auto delivery = DeliveryOf(call);
  if (!delivery) {
    return std::unexpected(delivery.error());
  }
  if (!call.parts.life.TakeBack(**delivery, call.now)) {
    return std::unexpected(code::kStateChanged);
  }
  return std::string(kNothing);
}

Outcome ConfirmMessage(const Call& call) {
  const std::string body = TextIn(call.params, "messageBody");
  const auto inner = nlohmann::json::parse(body, nullptr, false);
  if (IntIn(call.params, "messageType") != 1 || !inner.is_object()) {
    return std::unexpected(code::kBadParameter);
  }
  Delivery* delivery = call.parts.book.Find(TextIn(inner, "orderId"));
  const auto let_off = IntIn(inner, "isConfirm");
  if (delivery == nullptr) {
    return std::unexpected(code::kNoSuchOrder);
  }
  if (!let_off || !call.parts.life.AnswerAsk(*delivery, *let_off == 1, call.now)) {
    return std::unexpected(code::kBadParameter);
  }
  return std::string(kNothing);
}

}  // namespace weir::simulators::dada
