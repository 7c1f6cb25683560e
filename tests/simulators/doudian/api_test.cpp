// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <set>

#include "tests/simulators/doudian/scene.hpp"

namespace weir::simulators::doudian {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr const char* kNothing = "{}";
constexpr std::string_view kHarmless = "order.logisticsCompanyList";

class DoudianApi : public testing::Test {
 protected:
  std::string Order(const Fate& fate = CalmFate()) {
    return scene_.doudian.CreateOrder(scene_.now, fate);
  }
  /// The sub_code of a call whose public parameters `change` has changed.
  std::string Changed(const std::function<void(Fields&)>& change,
                      const std::string& params = kNothing) {
    Fields fields = scene_.Signed(kHarmless, params, "hmac-sha256");
    change(fields);
    const auto answer = scene_.Send(kHarmless, params, fields, Transport::kBody);
    return nlohmann::json::parse(answer.body).at("sub_code");
  }
  static void Set(Fields& fields, std::string_view name, std::string value) {
    std::erase_if(fields, [name](const auto& field) { return field.first == name; });
    if (!value.empty()) fields.emplace_back(name, std::move(value));
  }

  Scene scene_;
};

TEST_F(DoudianApi, TakesEachStyleAndEachSignature) {
  for (const Transport style : {Transport::kBody, Transport::kForm, Transport::kQuery}) {
    for (const char* method : {"hmac-sha256", "md5", ""}) {
      const auto answer =
          scene_.Call("order.searchList", R"({"page":0,"product":"奶茶<大杯>&吸管 +","size":20})",
                      style, method);
      EXPECT_EQ(answer["code"], 10000) << method << static_cast<int>(style);
    }
  }
}

TEST_F(DoudianApi, SignsTheCanonicalParameters) {
  // Whoever signs the bytes of an unsorted object is refused.
  EXPECT_EQ(scene_.SubCode("order.searchList", R"({"size":20,"page":0})"), "isv.signature-invalid");
  EXPECT_EQ(scene_.SubCode("order.searchList", "[]"), "isv.parameter-format-invalid");
}

TEST_F(DoudianApi, RefusesAWrongSignature) {
  EXPECT_EQ(Changed([](Fields& fields) {
              std::string& sign = fields[4].second;
              sign.back() = sign.back() == '0' ? '1' : '0';
            }),
            "isv.signature-invalid");
  EXPECT_EQ(Changed([](Fields& fields) { Set(fields, "sign_method", "sha1"); }),
            "isv.signature-invalid");
  EXPECT_EQ(Changed([](Fields& fields) { Set(fields, "sign", ""); }), "isv.signature-missing");
}

TEST_F(DoudianApi, ChecksItsPublicParameters) {
  EXPECT_EQ(Changed([](Fields& fields) { Set(fields, "app_key", ""); }), "isv.app-id-missing");
  EXPECT_EQ(Changed([](Fields& fields) { Set(fields, "app_key", "1"); }), "isv.app-id-invalid");
  EXPECT_EQ(Changed([](Fields& fields) { Set(fields, "v", "1"); }), "isv.parameter-format-invalid");
  EXPECT_EQ(Changed([](Fields& fields) { Set(fields, "method", "order.orderDetail"); }),
            "isv.parameter-format-invalid");
  EXPECT_EQ(Changed([](Fields& fields) { Set(fields, "access_token", ""); }),
            "isv.access-token-missing");
}

TEST_F(DoudianApi, TakesTimesInSecondsAndAsText) {
  scene_.timestamp = "2023-11-15 06:13:20";
  EXPECT_EQ(scene_.SubCode(kHarmless, kNothing), "");
  scene_.timestamp = "yesterday";
  EXPECT_EQ(scene_.SubCode(kHarmless, kNothing), "isv.timestamp-format-error");
}

TEST_F(DoudianApi, RefusesAClockTenMinutesOff) {
  scene_.timestamp = std::to_string(UnixSeconds(scene_.now));
  scene_.now += minutes(10);
  EXPECT_EQ(scene_.SubCode(kHarmless, kNothing), "");
  scene_.now += seconds(1);
  const auto answer = scene_.Call(kHarmless, kNothing);
  EXPECT_EQ(answer["code"], 40003);
  EXPECT_EQ(answer["sub_code"], "isv.timestamp-invalid");
  scene_.now -= minutes(20) + seconds(2);
  EXPECT_EQ(scene_.SubCode(kHarmless, kNothing), "isv.timestamp-invalid");
}

TEST_F(DoudianApi, LimitsTheRateOfEachMethod) {
  Options options = CalmOptions();
  options.calls_per_second = 1;
  Scene scene(options);
  EXPECT_EQ(scene.Call(kHarmless, kNothing)["code"], 10000);
  EXPECT_EQ(scene.Call(kHarmless, kNothing)["code"], 60000);
  EXPECT_EQ(scene.Call("warehouse.list", R"({"page":0,"size":10})")["code"], 10000);
  scene.now += seconds(1);
  EXPECT_EQ(scene.Call(kHarmless, kNothing)["code"], 10000);
}

TEST_F(DoudianApi, AnswersInTheOldShapeUnlessAskedOtherwise) {
  scene_.headers.clear();
  const auto answer = scene_.Call(kHarmless, kNothing);
  EXPECT_EQ(answer["err_no"], 0);
  EXPECT_EQ(answer["message"], "success");
  EXPECT_FALSE(answer.contains("code"));
  scene_.token = "unknown";
  EXPECT_EQ(scene_.Call(kHarmless, kNothing)["err_no"], 40003);
}

TEST_F(DoudianApi, MayAnswerInTheOldShapeAllTheSame) {
  Options options = CalmOptions();
  options.quirks.legacy = 1;
  Scene scene(options);
  EXPECT_FALSE(scene.Call(kHarmless, kNothing).contains("code"));
  scene.token = "unknown";
  const auto refused = scene.Call(kHarmless, kNothing);
  EXPECT_EQ(refused["err_no"], 40003);
  EXPECT_EQ(refused["sub_code"], "isv.access-token-no-existed");
}

TEST_F(DoudianApi, MaySayItsCodeAsText) {
  Options options = CalmOptions();
  options.quirks.code_as_text = 1;
  Scene scene(options);
  EXPECT_EQ(scene.Call(kHarmless, kNothing)["code"], "10000");
}

TEST_F(DoudianApi, KnowsNoOtherMethods) {
  EXPECT_EQ(scene_.Call("order.review", kNothing)["code"], 70000);
  EXPECT_EQ(scene_.doudian.counts().calls_refused, 1U);
}

TEST_F(DoudianApi, ShowsAnOrderWhoseAmountsAddUp) {
  for (int i = 0; i < 50; ++i) {
    const std::string id = Order();
    scene_.RunUntil(id, "110");
    const auto order = scene_.Detail(id);
    const auto fen = [&order](const char* name) { return order.at(name).get<std::int64_t>(); };
    EXPECT_EQ(fen("total_promotion_amount"),
              fen("promotion_amount") + fen("post_promotion_amount"));
    EXPECT_EQ(fen("promotion_amount"), fen("promotion_shop_amount") +
                                           fen("promotion_platform_amount") +
                                           fen("promotion_talent_amount"));
    EXPECT_EQ(fen("platform_cost_amount"),
              fen("only_platform_cost_amount") + fen("author_cost_amount"));
    EXPECT_EQ(fen("post_origin_amount"), fen("post_amount") + fen("post_promotion_amount"));
    std::int64_t lines = 0;
    for (const auto& line : order["sku_order_list"]) {
      EXPECT_EQ(line["sum_amount"],
                line["origin_amount"].get<std::int64_t>() * line["item_num"].get<std::int64_t>());
      lines += line["pay_amount"].get<std::int64_t>();
    }
    EXPECT_EQ(fen("pay_amount"), lines + fen("post_amount") + fen("packing_amount"));
    EXPECT_EQ(fen("pay_amount"), scene_.doudian.Truth(id)->total);
    EXPECT_EQ(fen("total_promotion_amount"), scene_.doudian.Truth(id)->discounts);
  }
}

TEST_F(DoudianApi, BreaksOneIdentityOnDemand) {
  Options options = CalmOptions();
  options.quirks.broken_amounts = 1;
  Scene scene(options);
  const std::string id = scene.doudian.CreateOrder(scene.now, CalmFate());
  const auto order = scene.Detail(id);
  const auto fen = [&order](const char* name) { return order.at(name).get<std::int64_t>(); };
  const bool holds =
      fen("total_promotion_amount") == fen("promotion_amount") + fen("post_promotion_amount") &&
      fen("promotion_amount") == fen("promotion_shop_amount") + fen("promotion_platform_amount") +
                                     fen("promotion_talent_amount") &&
      fen("platform_cost_amount") == fen("only_platform_cost_amount") + fen("author_cost_amount");
  EXPECT_FALSE(holds);
}

TEST_F(DoudianApi, ShowsParentAndSkuOrders) {
  const std::string id = Order();
  const auto order = scene_.Detail(id);
  EXPECT_EQ(order["order_id"], id);
  const auto& lines = order["sku_order_list"];
  EXPECT_EQ(lines[0]["order_id"], id);
  std::set<std::string> ids;
  for (const auto& line : lines) {
    ids.insert(line["order_id"]);
    EXPECT_EQ(line["parent_order_id"], id);
    EXPECT_EQ(line["store_info"]["store_id"], "153406001");
    EXPECT_EQ(line["product_id_str"], line["product_id"].dump());
  }
  EXPECT_EQ(ids.size(), lines.size());
}

TEST_F(DoudianApi, ShowsPeopleMaskedAndEncrypted) {
  const std::string id = Order();
  const auto order = scene_.Detail(id);
  EXPECT_EQ(order["post_tel"], "");
  EXPECT_NE(order["mask_post_tel"].get<std::string>().find("****"), std::string::npos);
  const auto answer = scene_.Data("order.batchDecrypt",
                                  R"({"cipher_infos":[{"auth_id":")" + id + R"(","cipher_text":)" +
                                      order["encrypt_post_tel"].dump() + R"(},{"auth_id":")" + id +
                                      R"(","cipher_text":"##x##"}]})");
  const auto& infos = answer["decrypt_infos"];
  EXPECT_EQ(infos[0]["err_no"], 0);
  EXPECT_EQ(infos[0]["data_type"], 3);
  EXPECT_EQ(infos[0]["is_virtual_tel"], false);
  EXPECT_EQ(infos[0]["decrypt_text"].get<std::string>().size(), 11U);
  EXPECT_NE(infos[1]["err_no"], 0);
}

TEST_F(DoudianApi, DecryptsToVirtualNumbers) {
  Options options = CalmOptions();
  options.quirks.virtual_number = 1;
  Scene scene(options);
  const std::string id = scene.doudian.CreateOrder(scene.now, CalmFate());
  const auto answer = scene.Data("order.batchDecrypt",
                                 R"({"cipher_infos":[{"auth_id":")" + id + R"(","cipher_text":)" +
                                     scene.Detail(id)["encrypt_post_tel"].dump() + "}]}");
  const auto& info = answer["decrypt_infos"][0];
  EXPECT_EQ(info["is_virtual_tel"], true);
  EXPECT_EQ(info["decrypt_text"],
            info["phone_no_a"].get<std::string>() + '-' + info["phone_no_b"].get<std::string>());
}

TEST_F(DoudianApi, WritesNumbersAsTextOnDemand) {
  Options options = CalmOptions();
  options.quirks.numbers_as_text = options.quirks.unknown_members = 1;
  options.quirks.no_coordinate = 1;
  Scene scene(options);
  const auto order = scene.Detail(scene.doudian.CreateOrder(scene.now, CalmFate()));
  EXPECT_TRUE(order["pay_amount"].is_string());
  EXPECT_TRUE(order["sku_order_list"][0]["product_id"].is_string());
  EXPECT_TRUE(order.contains("cant_be_known"));
  EXPECT_FALSE(order.contains("user_coordinate"));
}

TEST_F(DoudianApi, ListsOrdersFromPageZero) {
  std::vector<std::string> ids;
  for (int i = 0; i < 5; ++i) {
    ids.push_back(Order());
    scene_.now += seconds(1);
  }
  const auto first = scene_.Data(
      "order.searchList", R"({"order_asc":true,"order_by":"create_time","page":0,"size":2})");
  EXPECT_EQ(first["total"], 5);
  EXPECT_EQ(first["shop_order_list"][0]["order_id"], ids[0]);
  const auto last = scene_.Data("order.searchList", R"({"page":2,"size":2})");
  ASSERT_EQ(last["shop_order_list"].size(), 1U);
  EXPECT_EQ(last["shop_order_list"][0]["order_id"], ids[0]);
  EXPECT_EQ(scene_.Call("order.searchList", R"({"page":0,"size":101})")["code"], 40004);
  EXPECT_EQ(scene_.Call("order.searchList", R"({"page":-1,"size":1})")["code"], 40004);
}

TEST_F(DoudianApi, ListsOrdersByTimeAndState) {
  const std::string paid = Order();
  const std::string unpaid = Order(Ends(Ending::kUnpaid));
  scene_.RunUntil(paid, "110");
  const auto total = [this](const std::string& params) {
    return scene_.Data("order.searchList", params)["total"].get<int>();
  };
  EXPECT_EQ(total(R"({"combine_status":[{"order_status":"2,101"}],"page":0,"size":10})"), 1);
  EXPECT_EQ(total(R"({"fulfil_status":"no_accept","page":0,"size":10})"), 1);
  EXPECT_EQ(total(R"({"page":0,"size":10,"update_time_start":1700000005})"), 1);
  EXPECT_EQ(total(R"({"create_time_end":1699999999,"page":0,"size":10})"), 0);
}

TEST_F(DoudianApi, ShowsARiderOnALine) {
  const std::string id = Order();
  const std::string params = R"({"shipment_type":1,"shop_order_id":)" + id + "}";
  EXPECT_TRUE(scene_.Data("superm.getShipmentInfo", params)["shipment_info"].is_null());
  scene_.RunUntil(id, "102");
  const auto info = scene_.Data("superm.getShipmentInfo", params)["shipment_info"];
  EXPECT_EQ(info["shop_order_id"].dump(), id);
  EXPECT_EQ(info["shipment_status"], 4);
  EXPECT_NE(info["rider_name"], "");
  scene_.now += seconds(5);
  const auto later = scene_.Data("superm.getShipmentInfo", params)["shipment_info"];
  EXPECT_NE(later["rider_latitude"], info["rider_latitude"]);
  scene_.Run();
  const auto there = scene_.Data("superm.getShipmentInfo", params)["shipment_info"];
  EXPECT_EQ(there["shipment_status"], 9);
  EXPECT_EQ(there["rider_latitude"],
            scene_.Detail(id)["user_coordinate"]["user_coordinate_latitude"]);
}

TEST_F(DoudianApi, SendsARiderAwayAndCallsAnother) {
  const std::string id = Order();
  scene_.RunUntil(id, "110");
  const auto dispatch = [&](int type) {
    return scene_
        .Call("superm.shopOrderDispatcher", R"({"dispatcher_type":)" + std::to_string(type) +
                                                R"(,"shop_order_id":")" + id +
                                                R"(","store_id":153406001})")
        .at("code");
  };
  EXPECT_EQ(dispatch(1), 50002);
  scene_.RunFor(seconds(16));
  EXPECT_EQ(dispatch(1), 10000);
  EXPECT_EQ(dispatch(2), 10000);
  EXPECT_EQ(dispatch(3), 40004);
}

TEST_F(DoudianApi, ShipsByTheShopsOwnHand) {
  const std::string id = Order(ShopDelivers());
  const std::string params = R"({"company_code":"shunfeng","logistics_code":"SF1","order_id":")" +
                             id + R"(","store_id":153406001})";
  EXPECT_EQ(scene_.Call("order.logisticsAdd", params)["code"], 50002);
  scene_.RunUntil(id, "110");
  EXPECT_EQ(scene_.Call("order.logisticsAdd", params)["code"], 10000);
  EXPECT_EQ(scene_.Detail(id)["order_status"], 3);
  const auto track = scene_.Data("logistics.trackNoRouteDetail",
                                 R"({"logistics_code":"shunfeng","track_no":"SF1"})");
  EXPECT_EQ(track["track_info"]["track_no"], "SF1");
  EXPECT_EQ(track["route_node_list"].size(), 1U);
}

TEST_F(DoudianApi, WritesTracksWithTwoUnderscoresOnDemand) {
  Options options = CalmOptions();
  options.quirks.double_underscore = 1;
  Scene scene(options);
  const std::string id = scene.doudian.CreateOrder(scene.now, ShopDelivers());
  scene.Run();
  const auto parcel = scene.Detail(id)["logistics_info"][0];
  const auto track = scene.Data(
      "logistics.trackNoRouteDetail",
      R"({"logistics_code":"shangjiapeisong","track_no":)" + parcel["tracking_no"].dump() + "}");
  EXPECT_EQ(track["route__node_list"].size(), 2U);
}

TEST_F(DoudianApi, ShowsAndDecidesAfterSales) {
  Options options = CalmOptions();
  options.traffic.auto_refund = false;
  Scene scene(options);
  const std::string id = scene.doudian.CreateOrder(scene.now, CalmFate());
  scene.RunUntil(id, "103");
  ASSERT_TRUE(
      scene.doudian.ApplyRefund(id, {.type = RefundType::kReturn, .whole = true}, scene.now));
  const std::string refund = scene.doudian.Truth(id)->refunds[0].id;
  const auto list = scene.Data("afterSale.List", R"({"page":0,"size":10})");
  EXPECT_EQ(list["total"], 1);
  EXPECT_EQ(list["items"][0]["aftersale_info"]["aftersale_id"], refund);
  const std::string one = R"({"after_sale_id":")" + refund + "\"}";
  const auto info = [&] {
    return scene.Data("afterSale.Detail", one)["process_info"]["after_sale_info"];
  };
  EXPECT_EQ(info()["after_sale_status"], 6);
  EXPECT_EQ(info()["refund_total_amount"], scene.doudian.Truth(id)->total);
  const auto operate = [&](int type) {
    return scene.Data("afterSale.operate", R"({"items":[{"aftersale_id":")" + refund +
                                               R"("}],"type":)" + std::to_string(type) + "}");
  };
  EXPECT_EQ(operate(101)["items"][0]["status_code"], 0);
  EXPECT_EQ(info()["after_sale_status"], 7);
  EXPECT_EQ(operate(101)["items"][0]["status_code"], 1);
  scene.Run();
  EXPECT_EQ(info()["after_sale_status"], 12);
  EXPECT_EQ(info()["refund_status"], 3);
  EXPECT_EQ(scene.doudian.Truth(id)->refunded, scene.doudian.Truth(id)->total);
}

TEST_F(DoudianApi, ListsProductsFromPageOne) {
  EXPECT_EQ(scene_.Call("product.listV2", R"({"page":0,"size":10})")["code"], 40004);
  EXPECT_EQ(scene_.Call("product.listV2", R"({"page":101,"size":100})")["code"], 40004);
  const auto page = scene_.Data("product.listV2", R"({"page":4,"size":12})");
  EXPECT_EQ(page["total"], 40);
  ASSERT_EQ(page["data"].size(), 4U);
  const std::string of_product = R"({"product_id":)" + page["data"][0]["product_id"].dump() + "}";
  const auto detail = scene_.Data("product.detail", of_product);
  EXPECT_EQ(detail["name"], page["data"][0]["name"]);
  const auto skus = scene_.Data("sku.list", of_product);
  ASSERT_FALSE(skus.empty());
  EXPECT_EQ(skus.size(), detail["spec_prices"].size());
  EXPECT_EQ(skus[0]["id"], detail["spec_prices"][0]["sku_id"]);
  EXPECT_EQ(skus[0]["price"], detail["spec_prices"][0]["price"]);
}

TEST_F(DoudianApi, TellsTheProductsOfStoresApart) {
  Options options = CalmOptions();
  options.shops = {{153406001, "shop_001"}, {153406002, "shop_002"}};
  Scene scene(options);
  std::set<std::string> ids;
  for (const char* store : {"153406001", "153406002"}) {
    const auto page = scene.Data("product.listV2",
                                 R"({"page":1,"size":100,"store_id":)" + std::string(store) + "}");
    EXPECT_EQ(page["total"], 40);
    for (const auto& product : page["data"]) ids.insert(product["product_id"].dump());
  }
  EXPECT_EQ(ids.size(), 80U);
}

TEST_F(DoudianApi, ShowsStoresAndWarehouses) {
  const auto stores = scene_.Data("shop.getStoreList", R"({"page":0,"page_size":10})");
  EXPECT_EQ(stores["store_detail_list"][0]["store"]["store_id"], 153406001);
  scene_.doudian.SetShopOpen("153406001", false, scene_.now);
  const auto store = scene_.Data("shop.getStoreDetail", R"({"store_id":153406001})");
  EXPECT_EQ(store["store_detail"]["store"]["state"], 2);
  const auto houses = scene_.Data("warehouse.list", R"({"page":0,"size":10})");
  EXPECT_EQ(houses["warehouses"][0]["out_warehouse_id"], "shop_001");
}

TEST_F(DoudianApi, KnowsNoOtherOrders) {
  EXPECT_EQ(scene_.Call("order.orderDetail", R"({"shop_order_id":"1"})")["code"], 50002);
  EXPECT_EQ(scene_.Call("order.orderDetail", kNothing)["code"], 40002);
}

}  // namespace
}  // namespace weir::simulators::doudian
