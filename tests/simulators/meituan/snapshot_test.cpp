// SPDX-License-Identifier: Apache-2.0
#include "simulators/meituan/snapshot.hpp"

#include <gtest/gtest.h>

#include <set>

#include "base/money.hpp"
#include "tests/simulators/meituan/scene.hpp"

namespace weir::simulators::meituan {
namespace {

using nlohmann::json;

/// Fen of a JSON number or text in yuan.
Fen FenOf(const json& value) {
  const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
  return Money::ParseYuan(text).value().fen();
}

/// The paid pushes of so many drawn orders.
std::vector<std::map<std::string, std::string>> PaidPushes(Options options, int count) {
  options.traffic.pace = std::chrono::milliseconds(10);
  Scene scene(options);
  for (int i = 0; i < count; ++i) {
    scene.meituan.CreateOrder(scene.now);
  }
  scene.Run();
  std::vector<std::map<std::string, std::string>> paid;
  for (const SeenPush& seen : scene.pushes) {
    if (seen.topic == "order/paid") {
      paid.push_back(seen.fields);
    }
  }
  return paid;
}

Fen LinesOf(const std::map<std::string, std::string>& fields) {
  Fen sum = 0;
  for (const json& line : json::parse(fields.at("detail"))) {
    sum += FenOf(line["price"]) * line["quantity"].get<Fen>() +
           FenOf(line["box_price"]) * line["box_num"].get<Fen>();
  }
  return sum;
}

Fen ReductionsOf(const std::map<std::string, std::string>& fields) {
  Fen sum = 0;
  for (const json& extra : json::parse(fields.at("extras"))) {
    if (!extra.empty()) {
      EXPECT_EQ(FenOf(extra["reduce_fee"]), FenOf(extra["mt_charge"]) + FenOf(extra["poi_charge"]));
      sum += FenOf(extra["reduce_fee"]);
    }
  }
  return sum;
}

Fen BagOf(const std::map<std::string, std::string>& fields) {
  return fields.contains("package_bag_money") ? std::stoll(fields.at("package_bag_money")) : 0;
}

TEST(Snapshot, HoldsTheIdentitiesOfAThousandOrdersOnTheWire) {
  const auto pushes = PaidPushes(CalmOptions(), 1000);
  ASSERT_EQ(pushes.size(), 1000U);
  for (const auto& fields : pushes) {
    const Fen original = FenOf(fields.at("original_price"));
    EXPECT_EQ(original, LinesOf(fields) + FenOf(fields.at("shipping_fee")) + BagOf(fields));
    EXPECT_EQ(FenOf(fields.at("total")), original - ReductionsOf(fields));
  }
}

TEST(Snapshot, HoldsTheReceivableInFen) {
  int empty = 0;
  for (const auto& fields : PaidPushes(CalmOptions(), 300)) {
    const std::string& text = fields.at("poi_receive_detail");
    if (text.empty()) {
      ++empty;
      continue;
    }
    const json receivable = json::parse(text);
    Fen by_platform = 0;
    for (const json& charge : receivable["actOrderChargeByMt"]) {
      by_platform += charge["moneyCent"].get<Fen>();
    }
    Fen by_shop = 0;
    for (const json& charge : receivable["actOrderChargeByPoi"]) {
      by_shop += charge["moneyCent"].get<Fen>();
    }
    const Fen paid = receivable["onlinePayment"].get<Fen>();
    EXPECT_EQ(paid, FenOf(fields.at("total")));
    EXPECT_EQ(by_platform + by_shop, ReductionsOf(fields));
    EXPECT_EQ(receivable["wmPoiReceiveCent"].get<Fen>(),
              paid + by_platform - receivable["foodShareFeeChargeByPoi"].get<Fen>() -
                  receivable["logisticsFee"].get<Fen>());
  }
  EXPECT_GT(empty, 0);
}

TEST(Snapshot, EndsExtrasWithAnEmptyObjectNowAndThen) {
  int empties = 0;
  for (const auto& fields : PaidPushes(CalmOptions(), 100)) {
    const json extras = json::parse(fields.at("extras"));
    empties += !extras.empty() && extras.back().empty() ? 1 : 0;
  }
  EXPECT_GT(empties, 10);
  EXPECT_LT(empties, 60);
}

TEST(Snapshot, LeavesSubscribedFieldsOutByDefault) {
  const auto fields = PaidPushes(CalmOptions(), 1).front();
  for (const char* name : {"dinners_number", "logistics_code", "estimate_arrival_time",
                           "poi_receive_detail_yuan", "is_favorites"}) {
    EXPECT_FALSE(fields.contains(name)) << name;
  }
  EXPECT_EQ(fields.at("recipient_address").find("@#"), std::string::npos);
}

TEST(Snapshot, HasSubscribedFieldsWhereAsked) {
  Options options = CalmOptions();
  options.quirks.subscribed_fields = true;
  options.quirks.empty_receive_detail = 0;
  const auto fields = PaidPushes(options, 1).front();
  EXPECT_NE(fields.at("recipient_address").find("@#"), std::string::npos);
  const json yuan = json::parse(fields.at("poi_receive_detail_yuan"));
  const json fen = json::parse(fields.at("poi_receive_detail"));
  EXPECT_EQ(FenOf(yuan["poiReceive"]), fen["wmPoiReceiveCent"].get<Fen>());
}

TEST(Snapshot, LeavesTheSplitOutWithoutItsSubscription) {
  Options options = CalmOptions();
  options.quirks.charge_split = false;
  for (const auto& fields : PaidPushes(options, 30)) {
    EXPECT_EQ(fields.at("extras").find("mt_charge"), std::string::npos);
  }
}

TEST(Snapshot, ScalesCoordinatesWhereAsked) {
  EXPECT_LT(std::stod(PaidPushes(CalmOptions(), 1).front().at("longitude")), 180);
  Options options = CalmOptions();
  options.quirks.scaled_coordinates = 1;
  const auto fields = PaidPushes(options, 1).front();
  EXPECT_GT(std::stoll(fields.at("longitude")), 121'000'000);
}

TEST(Snapshot, PricesLinesAfterItemDiscountsWhereAsked) {
  Options options = CalmOptions();
  options.quirks.net_prices = 1;
  int net = 0;
  for (const auto& fields : PaidPushes(options, 200)) {
    Fen of_items = 0;
    for (const json& extra : json::parse(fields.at("extras"))) {
      of_items += extra.value("type", 0) == 17 ? FenOf(extra["reduce_fee"]) : 0;
    }
    const Fen gap = FenOf(fields.at("original_price")) - LinesOf(fields) -
                    FenOf(fields.at("shipping_fee")) - BagOf(fields);
    EXPECT_EQ(gap, of_items);
    net += gap > 0 ? 1 : 0;
  }
  EXPECT_GT(net, 10);
}

TEST(Snapshot, HasPhonesWithAndWithoutExtension) {
  std::set<std::size_t> sizes;
  for (const auto& fields : PaidPushes(CalmOptions(), 50)) {
    sizes.insert(fields.at("recipient_phone").size());
  }
  EXPECT_EQ(sizes, (std::set<std::size_t>{11, 16}));
}

TEST(Snapshot, HasNumbersOfNineteenAndTwentyDigits) {
  std::set<std::size_t> sizes;
  for (const auto& fields : PaidPushes(CalmOptions(), 100)) {
    sizes.insert(fields.at("order_id").size());
    EXPECT_EQ(fields.at("order_id"), fields.at("wm_order_id_view"));
  }
  EXPECT_EQ(sizes, (std::set<std::size_t>{19, 20}));
}

TEST(Snapshot, HasAViewNumberOfItsOwnWhereAsked) {
  Options options = CalmOptions();
  options.quirks.distinct_view_id = 1;
  const auto fields = PaidPushes(options, 1).front();
  EXPECT_NE(fields.at("order_id"), fields.at("wm_order_id_view"));
}

}  // namespace
}  // namespace weir::simulators::meituan
