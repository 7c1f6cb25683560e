// SPDX-License-Identifier: Apache-2.0
#include "connectors/dada/bodies.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"

namespace weir::connectors::dada {
namespace {

/// Protocol §4.1 and §4.2, in characters.
constexpr std::size_t kLongestRemark = 512;
constexpr std::size_t kLongestName = 128;
constexpr std::size_t kLongestCode = 64;
constexpr std::size_t kLongestMark = 10;
constexpr std::size_t kLongestMarkNo = 30;

/// The characters `text` begins with, at most `most`.
std::string_view Shortened(std::string_view text, std::size_t most) {
  std::string_view rest = text;
  for (; most > 0 && !rest.empty(); --most) rest.remove_prefix(FirstUtf8Sequence(rest).size);
  return text.substr(0, text.size() - rest.size());
}

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsMark(char c) { return IsLetter(c) || (c >= '0' && c <= '9') || c == '#'; }

/// Thousandths as decimal text: grams are kilograms so.
std::string Thousandths(std::int64_t count) {
  return fmt::format("{}.{:03}", count / 1000, count % 1000);
}

void AddText(JsonWriter& json, std::string_view name, std::string_view text) {
  if (!text.empty()) json.Member(name, text);
}

void AddReceiver(JsonWriter& json, const ShipmentParty& receiver) {
  json.Member("receiver_name", receiver.name)
      .Member("receiver_address",
              receiver.province + receiver.city + receiver.district + receiver.address);
  // A number that begins so is a land line's.
  AddText(json, receiver.phone.starts_with('0') ? "receiver_tel" : "receiver_phone",
          receiver.phone);
  if (receiver.latitude.empty() || receiver.longitude.empty()) return;
  json.Key("receiver_lat").Number(receiver.latitude);
  json.Key("receiver_lng").Number(receiver.longitude);
}

void AddGoods(JsonWriter& json, const std::vector<ShipmentGood>& goods) {
  if (goods.empty()) return;
  json.Key("product_list").BeginArray();
  for (const ShipmentGood& good : goods) {
    json.BeginObject()
        .Member("sku_name", Shortened(good.name, kLongestName))
        .Member("src_product_no", Shortened(good.code, kLongestCode))
        .Key("count")
        .Number(good.quantity);
    AddText(json, "unit", good.unit);
    json.EndObject();
  }
  json.EndArray();
}

/// Whole minutes, at least five of them ahead (protocol §4.1).
void AddTimes(JsonWriter& json, const Consignment& consignment, Instant now) {
  constexpr std::chrono::minutes kAhead{5};
  if (consignment.pick_up_at) {
    const auto minute = std::chrono::floor<std::chrono::minutes>(*consignment.pick_up_at);
    if (minute >= now + kAhead) {
      json.Member("delay_publish_time", UnixSeconds(Instant(minute)));
    }
  } else if (consignment.deliver_at) {
    json.Member("is_expect_finish_order", 1)
        .Member("expect_finish_time_limit", UnixSeconds(*consignment.deliver_at));
  }
}

/// What the rider tells the shop's people which order he comes for.
void AddMarks(JsonWriter& json, const Consignment& consignment) {
  const std::string& mark = consignment.selling_platform;
  if (mark.size() <= kLongestMark && std::ranges::all_of(mark, IsLetter)) {
    AddText(json, "origin_mark", mark);
  }
  const std::string& number = consignment.display_no;
  if (number.size() <= kLongestMarkNo && std::ranges::all_of(number, IsMark)) {
    AddText(json, "origin_mark_no", number);
  }
}

struct Reason {
  std::string_view word;
  int id;
};
/// Protocol §4.4.
constexpr std::array kReasons{
    Reason{"no_rider", 1},    Reason{"customer", 4}, Reason{"wrong_order", 5},
    Reason{"not_needed", 36}, Reason{"rider", 37},
};
constexpr int kOtherReason = 10000;

int ReasonOf(std::string_view word) {
  const auto* const row = std::ranges::find(kReasons, word, &Reason::word);
  return row == kReasons.end() ? kOtherReason : row->id;
}

}  // namespace

std::string OrderBody(const Consignment& consignment, const Credentials& credentials, Instant now) {
  std::string body;
  JsonWriter json(body);
  json.BeginObject()
      .Member("shop_no", consignment.platform_shop)
      .Member("origin_id", consignment.number)
      .Key("cargo_price")
      .Number(consignment.goods_value.ToYuan())
      .Member("is_prepay", 0);
  AddReceiver(json, consignment.receiver);
  json.Member("callback", credentials.CallbackUrl())
      .Key("cargo_weight")
      .Number(Thousandths(consignment.weight_g));
  AddText(json, "city_code", credentials.city_code);
  if (credentials.cargo_type) json.Member("cargo_type", *credentials.cargo_type);
  if (!consignment.tip.is_zero()) json.Key("tips").Number(consignment.tip.ToYuan());
  AddText(json, "info", Shortened(consignment.remark, kLongestRemark));
  AddMarks(json, consignment);
  AddTimes(json, consignment, now);
  AddGoods(json, consignment.goods);
  json.EndObject();
  return body;
}

std::string NumberBody(std::string_view number) {
  std::string body;
  JsonWriter(body).BeginObject().Member("order_id", number).EndObject();
  return body;
}

std::string QuotedBody(std::string_view delivery_no) {
  std::string body;
  JsonWriter(body)
      .BeginObject()
      .Member("deliveryNo", delivery_no)
      .Member("enableReset", false)
      .EndObject();
  return body;
}

std::string PositionBody(std::string_view number) {
  std::string body;
  JsonWriter(body).BeginObject().Key("orderIds").BeginArray().String(number).EndArray().EndObject();
  return body;
}

std::string TipBody(std::string_view number, Money tip, const Credentials& credentials) {
  std::string body;
  JsonWriter json(body);
  json.BeginObject().Member("order_id", number).Key("tips").Number(tip.ToYuan());
  AddText(json, "city_code", credentials.city_code);
  json.EndObject();
  return body;
}

std::string CancelBody(std::string_view number, const ShipmentAct& act) {
  const int reason = ReasonOf(act.reason);
  // Of any other reason Dada wants the text.
  const bool silent = reason == kOtherReason && act.text.empty();
  std::string body;
  JsonWriter(body)
      .BeginObject()
      .Member("order_id", number)
      .Member("cancel_reason_id", reason)
      .Member("cancel_reason", silent ? std::string("其他") : act.text)
      .EndObject();
  return body;
}

std::string ConfirmBody(const ShipmentRef& shipment, const ShipmentAct& act) {
  const bool hold = act.kind == ShipmentAct::Kind::kHoldRider;
  std::string message;
  JsonWriter json(message);
  json.BeginObject().Member("orderId", shipment.number);
  if (ParseUint(shipment.platform_no)) json.Key("dadaOrderId").Number(shipment.platform_no);
  json.Member("isConfirm", hold ? 0 : 1);
  if (hold) AddText(json, "rejectReason", act.text);
  json.EndObject();
  std::string body;
  JsonWriter(body)
      .BeginObject()
      .Member("messageType", 1)
      .Member("messageBody", message)
      .EndObject();
  return body;
}

}  // namespace weir::connectors::dada
