// SPDX-License-Identifier: Apache-2.0
#include "simulators/douyin/messages.hpp"

namespace weir::simulators::douyin {
namespace {

void WriteNumbers(JsonWriter& json, std::string_view order, std::string_view shop,
                  const Style& style) {
  WriteId(json, "order_id", order, style);
  WriteId(json, "poi_id", shop, style);
}

}  // namespace

std::string EventContent(const Order& order) {
  return ObjectText([&](JsonWriter& json) {
    WriteNumbers(json, order.id, order.shop, order.style);
    WriteTime(json, "update_time", order.updated, order.style);
    WriteUnknown(json, order.updated, order.style);
  });
}

std::string DeliveryContent(const Order& order) {
  const Delivery& delivery = order.delivery;
  constexpr std::int64_t kMillisecondsEach = 1000;
  return ObjectText([&](JsonWriter& json) {
    WriteNumbers(json, order.id, order.shop, order.style);
    json.Member("delivery_status", delivery.status).Member("rider_name", delivery.rider);
    json.Member("rider_phone", delivery.rider_phone);
    if (order.style.times_as_text) {
      json.Member(
          "update_time",
          std::to_string(delivery.changed * (order.style.milliseconds ? kMillisecondsEach : 1)));
    } else {
      WriteTime(json, "update_time", delivery.changed, order.style);
    }
    json.Member("from_third", delivery.from_third);
    WriteUnknown(json, delivery.changed, order.style);
  });
}

std::string AuditContent(const Order& order, const Refund& refund, bool pass) {
  return ObjectText([&](JsonWriter& json) {
    WriteNumbers(json, order.id, order.shop, order.style);
    WriteId(json, "after_sale_id", refund.id, order.style);
    json.Member("pass", pass);
    WriteTime(json, "update_time", order.updated, order.style);
  });
}

std::string RefundContent(const Order& order, const Refund& refund) {
  const Style& style = order.style;
  return ObjectText([&](JsonWriter& json) {
    WriteNumbers(json, order.id, order.coupons ? order.coupons->intended : order.shop, style);
    WriteId(json, "after_sale_id", refund.id, style);
    if (!refund.out_id.empty()) json.Member("out_after_sale_id", refund.out_id);
    if (!refund.bare) json.Member("refund_amount", refund.amount);
    WriteTime(json, "update_time", refund.refunded_at.value_or(0), style);
    WriteUnknown(json, refund.refunded_at.value_or(0), style);
  });
}

std::string ApplyContent(const Order& order, const Refund& refund) {
  constexpr int kRefundOnly = 2;
  return ObjectText([&](JsonWriter& json) {
    WriteId(json, "order_id", order.id, order.style);
    WriteId(json, "after_sale_id", refund.id, order.style);
    json.Member("after_sale_type", kRefundOnly);
    if (!refund.bare) json.Member("refund_amount", refund.amount);
    json.Key("refund_reason").BeginObject().Key("reason_code").BeginArray().Int(refund.reason);
    json.EndArray().Member("desc", "").Key("show_reason").BeginArray();
    json.BeginObject().Member("reason_code", refund.reason).Member("msg", refund.words).EndObject();
    json.EndArray().EndObject();
    WriteUnknown(json, order.updated, order.style);
  });
}

std::string CouponContent(const Order& order, std::string_view account) {
  return ObjectText([&](JsonWriter& json) {
    json.Member("action", "pay_success");
    WriteTime(json, "msg_time", order.updated, order.style);
    json.Key("order").BeginObject();
    WriteId(json, "order_id", order.id, order.style);
    json.Member("pay_amount", order.coupons->pay())
        .Member("original_amount", order.coupons->original());
    WriteId(json, "account_id", account, order.style);
    WriteTime(json, "create_time", UnixSeconds(order.created), order.style);
    WriteTime(json, "pay_time", UnixSeconds(order.paid.value_or(order.created)), order.style);
    json.EndObject();
    WriteUnknown(json, order.updated, order.style);
  });
}

std::string CertificateContent(const Order& order, const Certificate& certificate,
                               std::string_view action, std::string_view account) {
  return ObjectText([&](JsonWriter& json) {
    json.Member("action", action);
    WriteTime(json, "msg_time", order.updated, order.style);
    json.Key("certificate").BeginObject();
    WriteId(json, "certificate_id", certificate.id, order.style);
    WriteId(json, "order_id", order.id, order.style);
    WriteId(json, "account_id", account, order.style);
    json.EndObject();
    WriteUnknown(json, order.updated, order.style);
  });
}

}  // namespace weir::simulators::douyin
