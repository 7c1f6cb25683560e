// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

#include "mapping/doudian/map.hpp"
#include "mapping/pages.hpp"

/// Doudian's messages and answers as tests make them; the files of tests/data/doudian.
namespace weir::mapping::doudian {

using nlohmann::json;

inline std::string ReadData(const std::string& name) {
  std::ifstream file(std::string(WEIR_TEST_DATA "/doudian/") + name, std::ios::binary);
  if (!file) {
    throw std::runtime_error("no test data " + name);
  }
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The messages of the protocol's samples, by their files.
inline constexpr const char* kMessageSamples[] = {
    "event_data_refund_created_200.json",    "event_data_refund_success_206.json",
    "event_data_trade_canceled_106.json",    "event_data_trade_paid_101.json",
    "event_data_trade_partly_ship_108.json", "event_data_trade_success_103.json",
};

inline constexpr const char* kOrder = "6900000000000000001";

inline json SampleMessage(const std::string& file) { return json::parse(ReadData(file)); }

/// A message as the platform sends it: its data a text.
inline json MessageOf(int tag, const json& data, const std::string& id = "1") {
  return {{"tag", std::to_string(tag)}, {"msg_id", id}, {"data", data.dump()}};
}

inline Mapped MapBody(const std::string& body) {
  return Map({.dialect = kMessages, .topic = "batch", .bytes = body});
}
inline Mapped MapMessage(int tag, const json& data) {
  return MapBody(json::array({MessageOf(tag, data)}).dump());
}

/// The data of a message about the order, changed by `more`.
inline json TradeData(const json& more = json::object()) {
  json data = json::parse(
      R"({"p_id":6900000000000000001,"s_ids":[6900000000000000001],"shop_id":12345,"biz":2,)"
      R"("order_type":0})");
  data.update(more);
  return data;
}

inline json RefundData(const json& more = json::object()) {
  json data =
      json::parse(R"({"p_id":6900000000000000001,"s_id":6900000000000000001,"shop_id":12345,)"
                  R"("aftersale_id":7100000000000000009,"aftersale_type":2,"refund_amount":990})");
  data.update(more);
  return data;
}

inline Instant At(std::int64_t seconds) { return Instant(std::chrono::seconds(seconds)); }
inline Money Fen(std::int64_t fen) { return Money::FromFen(fen); }

inline constexpr std::int64_t kAskedAt = 1700001000;

inline std::string AnswerOf(const json& data) {
  return json{{"code", 10000}, {"msg", "success"}, {"sub_code", ""},
              {"sub_msg", ""}, {"log_id", "x"},    {"data", data}}
      .dump();
}

inline Mapped MapAnswer(std::string_view method, const std::string& answer,
                        std::int64_t asked_at = kAskedAt) {
  return Map({.pulled = true,
              .dialect = kAnswers,
              .topic = method,
              .bytes = answer,
              .received_at = At(asked_at)});
}

/// An order of instant retail whose identities hold.
inline json HourlyOrder(const json& more = json::object()) {
  json order = json::parse(R"({
      "order_id":"6900000000000000001","shop_id":12345,"order_status":2,"order_type":0,
      "trade_type":18,"accept_order_status":0,"create_time":1700000000,"pay_time":1700000005,
      "update_time":1700000005,"ship_time":0,"finish_time":0,"buyer_words":"少冰",
      "pay_amount":3490,"order_amount":4190,"post_amount":300,"post_origin_amount":500,
      "post_promotion_amount":200,"total_promotion_amount":900,"promotion_amount":700,
      "promotion_shop_amount":400,"promotion_platform_amount":300,"promotion_talent_amount":0,
      "shop_cost_amount":450,"platform_cost_amount":250,"only_platform_cost_amount":250,
      "author_cost_amount":0,"packing_amount":100,"tax_amount":0,
      "earliest_receipt_time":1700001800,"latest_receipt_time":1700003600,
      "early_arrival":false,"supermarket_order_serial_no":"7",
      "user_coordinate":{"user_coordinate_longitude":"121.473701",
                         "user_coordinate_latitude":"31.230416"},
      "post_receiver":"","post_tel":"","mask_post_receiver":"张*","mask_post_tel":"138****0000",
      "encrypt_post_receiver":"##0123456789abcdef0123456789##",
      "encrypt_post_tel":"##1123456789abcdef0123456789##",
      "post_addr":{"province":{"name":"上海市","id":"31"},"city":{"name":"上海市","id":"3101"},
                   "town":{"name":"示例区","id":"310115"},"street":{"name":"示例街道","id":"3"},
                   "detail":"","encrypt_detail":"##2123456789abcdef0123456789##"},
      "mask_post_addr":{"detail":"示例路***"},
      "sku_order_list":[
        {"order_id":"6900000000000000002","parent_order_id":"6900000000000000001",
         "product_id":3473196049974326153,"product_id_str":"3473196049974326153",
         "product_name":"奶茶","sku_id":1780000000000000011,"out_sku_id":"MT-L","code":"MT-L",
         "spec":[{"name":"规格","value":"大杯"},{"name":"温度","value":"热"}],"item_num":2,
         "origin_amount":1500,"sum_amount":3000,"receive_type":1,"given_product_type":"",
         "store_info":{"store_id":"88001","store_name":"示例门店"}},
        {"order_id":"6900000000000000003","parent_order_id":"6900000000000000001",
         "product_id":3473196049974326154,"product_name":"纸巾","sku_id":12,"item_num":1,
         "origin_amount":590,"sum_amount":590,"given_product_type":"FREE",
         "store_info":{"store_id":"88001"}}]})");
  order.update(more);
  return order;
}

inline json DecryptAnswer() {
  return json::parse(R"({"decrypt_infos":[
      {"auth_id":"6900000000000000001","cipher_text":"##0123456789abcdef0123456789##",
       "decrypt_text":"张三","err_no":0,"err_msg":"","data_type":2,"is_virtual_tel":false},
      {"auth_id":"6900000000000000001","cipher_text":"##1123456789abcdef0123456789##",
       "decrypt_text":"18400000000-1234","err_no":0,"data_type":3,"is_virtual_tel":true,
       "phone_no_a":"18400000000","phone_no_b":"1234","expire_time":1700600000},
      {"auth_id":"6900000000000000001","cipher_text":"##2123456789abcdef0123456789##",
       "decrypt_text":"示例路1号2楼","err_no":0,"data_type":1}]})");
}

inline json ShipmentAnswer(int status = 5) {
  json answer = json::parse(ReadData("superm_getShipmentInfo_response.json")).at("data");
  answer["shipment_info"]["shipment_status"] = status;
  return answer;
}

using Page = std::pair<std::string, json>;

/// An order's detail with what was read along with it, as one item.
inline std::string PagesOf(const json& order, const std::vector<Page>& more = {}) {
  std::string payload;
  AppendPage(payload, "order.orderDetail", AnswerOf({{"shop_order_detail", order}}));
  for (const auto& [method, data] : more) AppendPage(payload, method, AnswerOf(data));
  return payload;
}

inline Mapped MapPages(const std::string& payload, std::int64_t asked_at = kAskedAt) {
  return Map({.pulled = true,
              .dialect = kPagesDialect,
              .topic = "order.orderDetail",
              .bytes = payload,
              .received_at = At(asked_at)});
}

/// The one order of `mapped`; throws when there is not exactly one.
inline model::OrderFacts OnlyOrder(Mapped mapped) {
  if (mapped.orders.size() != 1 || mapped.unmappable) {
    throw std::runtime_error("not exactly one order");
  }
  return std::move(mapped.orders.front());
}

inline model::OrderFacts MapDetail(const json& changes = json::object(),
                                   std::int64_t asked_at = kAskedAt) {
  return OnlyOrder(MapPages(PagesOf(HourlyOrder(changes)), asked_at));
}

inline json ExtraOf(const model::OrderFacts& facts) {
  return facts.extra ? json::parse(facts.extra->members) : json::object();
}

}  // namespace weir::mapping::doudian
