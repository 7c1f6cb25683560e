// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "tests/mapping/eleme/samples.hpp"

/// Messages of Ele.me's retail platform as tests make them. All of them are made up.
namespace weir::mapping::eleme::retail {

inline constexpr const char* kOrderId = "3000000000001";

using Pairs = std::vector<std::pair<std::string, std::string>>;

inline std::string FormOf(const Pairs& fields) {
  std::string form;
  for (const auto& [name, value] : fields) {
    form += (form.empty() ? "" : "&") + name + "=" + PercentEncode(value);
  }
  return form;
}

/// The worked vector's fields, with its signature: protocol §2.
inline Pairs VectorFields() {
  Pairs fields;
  const json sample = json::parse(ReadData("retail_request_order_get.json"));
  for (const auto& [name, value] : sample.at("fields").items()) {
    fields.emplace_back(name, value.get<std::string>());
  }
  return fields;
}

/// A push of this command with this body, its signature not looked at.
inline std::string PushOf(const std::string& cmd, const json& body,
                          const std::string& timestamp = "1700000000") {
  return FormOf({{"body", body.dump()},
                 {"cmd", cmd},
                 {"encrypt", ""},
                 {"source", "10001"},
                 {"ticket", "6A1F0C3E-3C0B-4C44-9A0E-000000000001"},
                 {"timestamp", timestamp},
                 {"version", "3"},
                 {"sign", "x"}});
}

inline Mapped MapForm(const std::string& form) {
  return eleme::Map({.dialect = "retail", .topic = "order.create", .bytes = form});
}
inline Mapped MapBody(const std::string& cmd, const json& body) {
  return MapForm(PushOf(cmd, body));
}

/// What order.get tells of an order: two baskets, a set, a gift, a discount.
inline json WholeOrder() {
  return json::parse(R"({
    "source":"10001",
    "shop":{"id":"shop_001","name":"示例超市","baidu_shop_id":"2200000001"},
    "order":{
      "order_id":"3000000000001","eleme_order_id":"8000000000000000001","order_index":"7","status":5,
      "create_time":"1700000000","confirm_time":"1700000030","pickup_time":0,"atshop_time":0,
      "finished_time":"0","cancel_time":"0","delivery_phone":"","send_immediately":1,"send_time":"1",
      "send_fee":500,"package_fee":300,"cold_box_fee":"0","discount_fee":800,"total_fee":6800,
      "user_fee":6000,"shop_fee":5600,"commission":400,"down_flag":0,"pay_type":2,"pay_status":2,
      "need_invoice":1,"invoice_title":"示例公司","taxer_id":"91310000TEST","remark":"少冰",
      "delivery_party":1,"meal_num":"2"},
    "user":{"name":"张","phone":"13800000000,1234","gender":1,"address":"示例路1号",
            "coord":{"longitude":121.473701,"latitude":31.230416}},
    "products":[
      [{"baidu_product_id":"501","custom_sku_id":"SKU-1","upc":"6900000000001","product_name":"牛奶_大盒",
        "product_type":1,"product_price":1500,"product_amount":2,"product_fee":3000,
        "package_price":100,"package_amount":"2","package_fee":200,"total_fee":3200,
        "product_attr":[{"name":"规格","option":"大盒"}],
        "product_features":[{"name":"温度","option":"常温"}],
        "product_subsidy":{"discount":0}}],
      [{"baidu_product_id":"502","product_id":"SET-1","product_name":"早餐套餐","product_type":2,
        "product_price":3000,"product_amount":1,"product_fee":3000,
        "group":[{"group_name":"主食","product":[{"baidu_product_id":"503","product_name":"粥",
          "product_price":1000,"product_amount":1,"product_features":[{"name":"温度","option":"热"}]}]}]},
       {"baidu_product_id":"504","product_name":"纸巾","product_price":0,"product_amount":1,
        "product_fee":0,"is_free_gift":1}]],
    "discount":[{"type":"jian","fee":800,"activity_id":"77","baidu_rate":300,"shop_rate":400,
                 "agent_rate":100,"logistics_rate":0,"desc":"满50减8"}]})");
}

/// The whole order with these members of its `order` changed.
inline json WholeOrder(const json& changes) {
  json order = WholeOrder();
  order["order"].update(changes);
  return order;
}

inline Mapped MapRead(const json& data, std::string_view topic = "order.get",
                      std::int64_t asked_at = kAskedAt) {
  const std::string answer = json{{"body", {{"errno", 0}, {"error", "success"}, {"data", data}}},
                                  {"cmd", "resp.order.get"}}
                                 .dump();
  return eleme::Map({.pulled = true,
                     .dialect = "retail",
                     .topic = topic,
                     .bytes = answer,
                     .received_at = At(asked_at)});
}

}  // namespace weir::mapping::eleme::retail
