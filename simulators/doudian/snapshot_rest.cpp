// SPDX-License-Identifier: Apache-2.0
// After-sales, shipments and tracks.
#include "base/json_writer.hpp"
#include "simulators/china_time.hpp"
#include "simulators/doudian/snapshot.hpp"

namespace weir::simulators::doudian {
namespace {

std::int64_t QuantityOf(const Order& order, const Refund& refund) {
  if (!refund.whole) {
    return refund.quantity;
  }
  std::int64_t all = 0;
  for (const Line& line : order.basket.lines) all += line.quantity;
  return all;
}

/// Calls `write` for each line that the refund is about.
void ForEachLine(const Order& order, const Refund& refund, auto write) {
  for (std::size_t i = 0; i < order.basket.lines.size(); ++i) {
    if (refund.whole || refund.line == i) write(i);
  }
}

void WriteSpec(JsonWriter& json, const Line& line) {
  json.Key("sku_spec").BeginArray();
  if (!line.spec.empty()) {
    json.BeginObject().Member("name", "规格").Member("value", line.spec).EndObject();
  }
  json.EndArray();
}

void WriteInfo(JsonWriter& json, const Order& order, const Refund& refund) {
  json.Key("after_sale_info").BeginObject().Key("after_sale_id").Number(refund.id);
  json.Member("after_sale_status", refund.words().status);
  json.Member("after_sale_type", static_cast<int>(refund.type));
  json.Member("refund_status", refund.words().refund_status).Member("refund_type", 0);
  json.Member("refund_total_amount", refund.amount).Member("refund_post_amount", refund.post);
  json.Member("refund_promotion_amount", 0);
  json.Member("real_refund_amount", refund.paid_out() ? refund.amount : 0);
  json.Member("apply_time", refund.applied).Member("update_time", refund.updated);
  json.Member("reason", refund.reason).Member("reason_code", refund.reason_code);
  json.Member("reason_remark", "").Key("evidence").BeginArray().EndArray();
  json.Member("after_sale_apply_count", QuantityOf(order, refund));
  json.Member("part_type", refund.amount < order.basket.total() ? 1 : 0);
  json.Member("got_pkg", refund.type == RefundType::kReturn ? 1 : 0);
  json.Member("status_deadline", refund.updated + 86'400).Member("refund_voucher_num", 0);
  json.Member("refund_packing_charge_amount", refund.whole ? order.basket.packing : 0);
  json.Member("store_id", order.shop).Member("store_name", "示例门店 " + order.shop_code);
  json.Member("after_sale_order_type", refund.whole ? 2 : 1).EndObject();
}

}  // namespace

std::string WallTime(std::int64_t seconds) {
  constexpr std::size_t kBetween = 10;
  std::string text = ChinaTime(Instant(std::chrono::seconds(seconds)));
  text[kBetween] = ' ';
  return text;
}

std::string RefundJson(const Order& order, const Refund& refund) {
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Key("process_info").BeginObject();
  WriteInfo(json, order, refund);
  json.EndObject().Key("order_info").BeginObject().Key("shop_order_id").Number(order.id);
  json.Key("sku_order_infos").BeginArray();
  ForEachLine(order, refund, [&](std::size_t i) {
    const Line& line = order.basket.lines[i];
    json.BeginObject().Key("sku_order_id").Number(order.sku_order(i));
    json.Member("order_status", order.status).Member("pay_amount", order.basket.paid_for(i));
    json.Member("item_quantity", line.quantity).Member("product_name", line.name);
    json.Member("product_id", line.product_id).Member("sku_id", line.sku_id);
    json.Member("shop_sku_code", line.code).Member("item_sum_amount", line.total());
    json.Member("after_sale_item_count", refund.whole ? line.quantity : refund.quantity);
    WriteSpec(json, line);
    json.EndObject();
  });
  json.EndArray().EndObject().EndObject();
  return text;
}

std::string RefundItemJson(const Order& order, const Refund& refund) {
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Key("aftersale_info").BeginObject().Member("aftersale_id", refund.id);
  json.Member("aftersale_order_type", refund.whole ? 2 : 1);
  json.Member("aftersale_type", static_cast<int>(refund.type));
  json.Member("aftersale_status", refund.words().status);
  json.Member("refund_status", refund.words().refund_status);
  json.Member("related_id", refund.whole ? order.id : order.sku_order(refund.line));
  json.Member("apply_time", refund.applied).Member("create_time", refund.applied);
  json.Member("update_time", refund.updated).Member("refund_amount", refund.amount);
  json.Member("refund_post_amount", refund.post);
  json.Member("aftersale_num", QuantityOf(order, refund));
  json.Member("part_type", refund.amount < order.basket.total() ? 1 : 0);
  json.Key("store_id").Number(order.shop).EndObject();
  json.Key("order_info").BeginObject().Member("shop_order_id", order.id);
  json.Key("related_order_info").BeginArray();
  ForEachLine(order, refund, [&](std::size_t i) {
    const Line& line = order.basket.lines[i];
    json.BeginObject().Member("sku_order_id", order.sku_order(i));
    json.Member("order_status", order.status).Member("pay_amount", order.basket.paid_for(i));
    json.Member("item_num", line.quantity).Member("product_name", line.name);
    json.Member("product_id", line.product_id).Member("shop_sku_code", line.code);
    json.Member("aftersale_item_num", refund.whole ? line.quantity : refund.quantity);
    WriteSpec(json, line);
    json.EndObject();
  });
  json.EndArray().EndObject();
  json.Key("text_part").BeginObject().Member("reason_text", refund.reason).EndObject().EndObject();
  return text;
}

std::string ShipmentJson(const Order& order, std::int64_t shop_id, Instant now) {
  const Delivery& delivery = order.delivery;
  const auto place = delivery.RiderAt(now);
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Key("shop_order_id").Number(order.id).Member("aftersale_id", 0);
  json.Member("track_no", delivery.track_no).Member("shop_id", shop_id);
  json.Member("shipment_status", delivery.shipment_status);
  json.Member("shipment_error", delivery.error).Member("rider_name", delivery.rider);
  json.Member("rider_phone", delivery.rider_phone);
  json.Member("rider_longitude", place ? Degrees(place->longitude) : std::string());
  json.Member("rider_latitude", place ? Degrees(place->latitude) : std::string());
  json.Member("occurred_time", WallTime(delivery.changed)).EndObject();
  return text;
}

std::string TrackJson(const Order& order, const Parcel& parcel, std::string_view nodes) {
  std::string text;
  JsonWriter json(text);
  const auto node = [&json](std::string_view content, std::int64_t at, int state) {
    json.BeginObject().Member("content", content).Member("timestamp", std::to_string(at));
    json.Member("state", std::to_string(state)).Member("state_description", content);
    json.Member("site_name", "上海").EndObject();
  };
  json.BeginObject().Key(nodes).BeginArray();
  node("已揽收", parcel.shipped, 1);
  if (order.status == status::kFinished && order.finished) {
    node("已签收", UnixSeconds(*order.finished), 3);
  }
  json.EndArray().Key("track_info").BeginObject().Member("track_no", parcel.tracking_no);
  json.Member("express", parcel.company).EndObject().EndObject();
  return text;
}

}  // namespace weir::simulators::doudian
