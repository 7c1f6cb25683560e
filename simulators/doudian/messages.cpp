// SPDX-License-Identifier: Apache-2.0
#include "simulators/doudian/messages.hpp"

#include "base/json_writer.hpp"

namespace weir::simulators::doudian {
namespace {

constexpr int kBiz = 2;

void WriteId(JsonWriter& json, std::string_view id, const MessageStyle& style) {
  style.ids_as_text ? json.String(id) : json.Number(id);
}

/// The name of a tag's own time.
std::string_view TimeOf(int tag) {
  switch (tag) {
    case tag::kCreated:
      return "create_time";
    case tag::kPaid:
    case tag::kToShip:
      return "pay_time";
    case tag::kFinished:
      return "complete_time";
    case tag::kCancelled:
      return "cancel_time";
    default:
      return "update_time";
  }
}

void WriteShipped(JsonWriter& json, const Order& order) {
  // Of several lines the first goes first.
  const Line& line = order.basket.lines.front();
  const Parcel& parcel = order.parcels.front();
  const std::string quantity = std::to_string(line.quantity);
  json.Key("logistics_msg").BeginObject().Key("shipped_order_info").BeginArray().BeginObject();
  json.Member("shipped_order_id", order.id).Member("product_id", std::to_string(line.product_id));
  json.Member("sku_id", std::to_string(line.sku_id)).Member("sku_num", quantity);
  json.Member("shipped_num", quantity).EndObject().EndArray();
  json.Member("pack_id", order.id + "1").Member("express_company_id", parcel.company);
  json.Member("logistics_code", parcel.tracking_no).EndObject();
}

}  // namespace

std::string TradeData(const Order& order, int tag, const MessageStyle& style) {
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Member("biz", kBiz).Member(TimeOf(tag), order.updated);
  json.Member("order_status", order.status).Member("order_type", 0).Key("p_id");
  WriteId(json, order.id, style);
  json.Key("s_ids").BeginArray();
  for (std::size_t i = 0; i < order.basket.lines.size(); ++i) {
    WriteId(json, order.sku_order(i), style);
  }
  json.EndArray().Member("shop_id", style.shop_id);
  if (tag == tag::kPaid || tag == tag::kToShip) {
    json.Member("pay_type", order.pay_type).Member("pay_amount", order.basket.total());
  }
  if (tag == tag::kCancelled) {
    json.Member("cancel_reason", order.cancel_reason);
  }
  if (tag == tag::kPartlyShipped) {
    WriteShipped(json, order);
  }
  json.EndObject();
  return text;
}

std::string RefundData(const Order& order, const Refund& refund, RefundStep step,
                       const MessageStyle& style) {
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Key("aftersale_id");
  WriteId(json, refund.id, style);
  json.Member("aftersale_status", refund.words().status);
  json.Member("aftersale_type", static_cast<int>(refund.type)).Key("p_id");
  WriteId(json, order.id, style);
  json.Key("s_id");
  WriteId(json, order.sku_order(refund.line), style);
  json.Member("shop_id", style.shop_id).Member("refund_amount", refund.amount);
  json.Member("refund_post_amount", refund.post).Member("refund_voucher_num", 0);
  json.Member("reason_code", refund.reason_code);
  switch (step) {
    case RefundStep::kApplied:
      json.Member("apply_time", refund.updated);
      break;
    case RefundStep::kPaidOut:
      json.Member("success_time", refund.updated);
      break;
    default:
      json.Member("update_time", refund.updated);
  }
  json.EndObject();
  return text;
}

}  // namespace weir::simulators::doudian
