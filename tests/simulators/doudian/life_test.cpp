// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <set>

#include "base/seeded_random.hpp"
#include "tests/simulators/doudian/scene.hpp"

namespace weir::simulators::doudian {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;

constexpr RefundFate kWholeBefore{.type = RefundType::kUnshippedRefund, .whole = true};
constexpr RefundFate kPartAfter{.type = RefundType::kShippedRefund, .whole = false};

class DoudianLife : public testing::Test {
 protected:
  std::string Order(const Fate& fate) { return scene_.doudian.CreateOrder(scene_.now, fate); }
  /// The order lived to its end.
  std::string Lived(const Fate& fate) {
    std::string id = Order(fate);
    scene_.Run();
    return id;
  }

  Scene scene_;
};

TEST_F(DoudianLife, IsCreatedPaidShippedAndFinished) {
  const std::string id = Lived(CalmFate());
  EXPECT_THAT(scene_.Tags(id), ElementsAre("100", "101", "110", "102", "103"));
  const auto truth = scene_.doudian.Truth(id);
  EXPECT_EQ(truth->status, "completed");
  EXPECT_EQ(truth->delivery, "delivered");
  EXPECT_EQ(truth->platform_status, 5);
  EXPECT_TRUE(truth->settled());
}

TEST_F(DoudianLife, IsAcceptedWithoutAWord) {
  const std::string id = Order(CalmFate());
  scene_.RunUntil(id, "110");
  EXPECT_EQ(scene_.Detail(id)["accept_order_status"], 0);
  EXPECT_EQ(scene_.doudian.Truth(id)->status, "placed");
  scene_.RunFor(seconds(16));
  EXPECT_EQ(scene_.Detail(id)["accept_order_status"], 1);
  EXPECT_EQ(scene_.doudian.Truth(id)->status, "accepted");
  EXPECT_THAT(scene_.Tags(id), ElementsAre("100", "101", "110"));
}

TEST_F(DoudianLife, EndsUnpaid) {
  const std::string id = Lived(Ends(Ending::kUnpaid));
  EXPECT_THAT(scene_.Tags(id), ElementsAre("100", "106"));
  const auto order = scene_.Detail(id);
  EXPECT_EQ(order["order_status"], 4);
  EXPECT_EQ(order["pay_time"], 0);
  EXPECT_EQ(order["cancel_reason"], "超时未支付");
}

TEST_F(DoudianLife, EndsUnaccepted) {
  for (const Ending ending : {Ending::kByUser, Ending::kNotAccepted, Ending::kRejected}) {
    const std::string id = Lived(Ends(ending));
    EXPECT_THAT(scene_.Tags(id), ElementsAre("100", "101", "110", "106"));
    EXPECT_EQ(scene_.Detail(id)["accept_order_status"], ending == Ending::kByUser ? 0 : 2);
  }
}

TEST_F(DoudianLife, EndsAfterTheAcceptance) {
  const std::string id = Lived(Ends(Ending::kByShop));
  EXPECT_EQ(scene_.doudian.Truth(id)->status, "cancelled");
  EXPECT_EQ(scene_.Tags(id).back(), "106");
}

TEST_F(DoudianLife, OfANobodyAcceptedOrderIsEndedInTime) {
  Options options = CalmOptions();
  options.traffic.auto_confirm = false;
  Scene scene(options);
  const std::string id = scene.doudian.CreateOrder(scene.now, CalmFate());
  scene.Run();
  EXPECT_THAT(scene.Tags(id), ElementsAre("100", "101", "110", "106"));
  EXPECT_EQ(scene.Detail(id)["accept_order_status"], 2);
}

TEST_F(DoudianLife, MayBeCheckedForRisksFirst) {
  Options options = CalmOptions();
  options.quirks.risk_checked = 1;
  Scene scene(options);
  const std::string id = scene.doudian.CreateOrder(scene.now, CalmFate());
  scene.RunUntil(id, "101");
  EXPECT_EQ(scene.Detail(id)["order_status"], 105);
  EXPECT_EQ(scene.doudian.Truth(id)->status, "pending_payment");
  scene.RunUntil(id, "110");
  EXPECT_EQ(scene.Detail(id)["order_status"], 2);
}

TEST_F(DoudianLife, ChangesOnlyWithinItsOwnSecond) {
  const std::string id = Order(CalmFate());
  std::int64_t last = 0;
  while (scene_.doudian.NextDue()) {
    scene_.Run(*scene_.doudian.NextDue());
    const std::int64_t updated = scene_.Detail(id)["update_time"];
    EXPECT_GE(updated, last);
    last = updated;
  }
  EXPECT_GT(last, UnixSeconds(kStart));
}

TEST_F(DoudianLife, RefusedByItsReceiverComesBack) {
  Fate fate = CalmFate();
  fate.route = {1, 2, 3, 4, 5, 6, 7, 8};
  const std::string id = Lived(fate);
  EXPECT_THAT(scene_.Tags(id), ElementsAre("100", "101", "110", "102", "106"));
  EXPECT_EQ(scene_.doudian.Truth(id)->delivery, "returned");
  EXPECT_EQ(scene_.doudian.Truth(id)->status, "cancelled");
}

TEST_F(DoudianLife, OfAnOrderTheShopDeliversHasAParcel) {
  Fate fate = ShopDelivers();
  fate.asides.logistics_changed = true;
  const std::string id = Lived(fate);
  EXPECT_THAT(scene_.Tags(id), ElementsAre("100", "101", "110", "102", "104", "103"));
  EXPECT_EQ(scene_.doudian.Truth(id)->delivery, "");
  EXPECT_EQ(scene_.Detail(id)["logistics_info"][0]["company"], "shangjiapeisong");
}

TEST_F(DoudianLife, ShipsSeveralLinesInTwoParcels) {
  Fate fate = ShopDelivers();
  fate.asides.partly_shipped = true;
  std::string id;
  do {
    id = Order(fate);
  } while (scene_.doudian.Truth(id)->lines < 2);
  scene_.RunUntil(id, "108");
  EXPECT_EQ(scene_.Detail(id)["order_status"], 101);
  scene_.Run();
  EXPECT_EQ(scene_.Detail(id)["logistics_info"].size(), 2U);
  EXPECT_THAT(scene_.Tags(id), ElementsAre("100", "101", "110", "108", "102", "103"));
}

TEST_F(DoudianLife, HasItsAsides) {
  Fate fate = CalmFate();
  fate.asides = {
      .amount_changed = true, .memo = true, .appointment = true, .address = true, .deadline = true};
  std::vector<std::string> all;
  for (int i = 0; i < 20; ++i) {
    for (const std::string& tag : scene_.Tags(Lived(fate))) all.push_back(tag);
  }
  for (const char* tag : {"105", "109", "111", "112", "113", "126"}) {
    EXPECT_THAT(all, testing::Contains(tag));
  }
}

TEST_F(DoudianLife, CostsLessAfterTheSellerReducedThePrice) {
  Fate fate = CalmFate();
  fate.asides.amount_changed = true;
  const std::string id = Order(fate);
  const auto before = scene_.doudian.Truth(id)->total;
  scene_.RunUntil(id, "110");
  const auto order = scene_.Detail(id);
  EXPECT_EQ(order["pay_amount"].get<std::int64_t>() - order["modify_amount"].get<std::int64_t>(),
            before);
  EXPECT_LT(order["modify_amount"], 0);
}

TEST_F(DoudianLife, IsClosedWhenAllMoneyIsBackBeforeTheShipping) {
  // Courses are drawn: some of these are granted.
  Fate fate = ShopDelivers();
  fate.refund = kWholeBefore;
  bool granted = false;
  bool denied = false;
  for (int i = 0; i < 30; ++i) {
    const auto truth = scene_.doudian.Truth(Lived(fate));
    if (truth->refunds.empty()) continue;  // It was shipped before anybody asked.
    const bool back = truth->refunds[0].status == "refunded";
    EXPECT_EQ(truth->status, back ? "cancelled" : "completed");
    EXPECT_EQ(truth->refunded, back ? truth->total : 0);
    granted = granted || back;
    denied = denied || truth->refunds[0].status == "withdrawn";
  }
  EXPECT_TRUE(granted && denied);
}

TEST_F(DoudianLife, GivesBackAPartAfterItsEnd) {
  Fate fate = CalmFate();
  fate.refund = kPartAfter;
  bool granted = false;
  for (int i = 0; i < 20; ++i) {
    const auto truth = scene_.doudian.Truth(Lived(fate));
    ASSERT_EQ(truth->refunds.size(), 1U);
    EXPECT_EQ(truth->status, "completed");
    EXPECT_GT(truth->refunds[0].amount, 0);
    EXPECT_LE(truth->refunds[0].amount, truth->total);
    granted = granted || truth->refunded == truth->refunds[0].amount;
  }
  EXPECT_TRUE(granted);
}

TEST_F(DoudianLife, TellsEachStepOfAReturn) {
  Fate fate = CalmFate();
  fate.refund = RefundFate{.type = RefundType::kReturn, .whole = false};
  std::set<std::string> all;
  for (int i = 0; i < 40; ++i) {
    for (const std::string& tag : scene_.Tags(Lived(fate))) all.insert(tag);
  }
  for (const char* tag : {"200", "202", "203", "204", "205", "206", "207", "209"}) {
    EXPECT_TRUE(all.contains(tag)) << tag;
  }
}

TEST_F(DoudianLife, TellsOfArbitrationExchangesAndWhatNobodyKnows) {
  std::set<std::string> all;
  for (const RefundType type : {RefundType::kShippedRefund, RefundType::kExchange}) {
    Fate fate = CalmFate();
    fate.refund = RefundFate{.type = type, .whole = false};
    for (int i = 0; i < 60; ++i) {
      for (const std::string& tag : scene_.Tags(Lived(fate))) all.insert(tag);
    }
  }
  for (const char* tag :
       {"211", "212", "213", "214", "215", "216", "217", "218", "224", "225", "226", "227"}) {
    EXPECT_TRUE(all.contains(tag)) << tag;
  }
}

TEST_F(DoudianLife, MayRefuseASecondTime) {
  Fate fate = CalmFate();
  fate.refund = kPartAfter;
  bool twice = false;
  for (int i = 0; i < 60 && !twice; ++i) {
    const auto truth = scene_.doudian.Truth(Lived(fate));
    twice = std::ranges::count(truth->refunds.at(0).steps, "refused") == 2;
    EXPECT_TRUE(!twice || truth->refunds[0].status == "withdrawn");
  }
  EXPECT_TRUE(twice);
}

TEST_F(DoudianLife, GivesNoMoneyBackForAnExchange) {
  Fate fate = CalmFate();
  fate.refund = RefundFate{.type = RefundType::kExchange, .whole = true};
  const auto truth = scene_.doudian.Truth(Lived(fate));
  EXPECT_EQ(truth->refunds.at(0).amount, 0);
  EXPECT_EQ(truth->refunded, 0);
}

TEST(DoudianBasket, AddsUpToTheFen) {
  SeededRandom random(7);
  for (int i = 0; i < 500; ++i) {
    Basket basket = DrawBasket(random);
    (void)basket.Reduce(static_cast<Fen>(random.Below(300)));
    const PromotionSums sums = basket.promotion();
    EXPECT_EQ(sums.total(), sums.by_shop + sums.by_platform + sums.by_author);
    Fen of_promotions = 0;
    for (const Promotion& promotion : basket.promotions) of_promotions += promotion.amount();
    EXPECT_EQ(sums.total(), of_promotions);
    Fen of_lines = 0;
    for (std::size_t line = 0; line < basket.lines.size(); ++line) {
      EXPECT_GE(basket.paid_for(line), 0);
      of_lines += basket.paid_for(line);
    }
    EXPECT_EQ(basket.total(),
              of_lines + basket.packing + basket.delivery - basket.delivery_promotion());
    EXPECT_GE(basket.total(), 100);
  }
}

}  // namespace
}  // namespace weir::simulators::doudian
