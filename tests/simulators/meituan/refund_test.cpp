// SPDX-License-Identifier: Apache-2.0
#include "simulators/meituan/refund.hpp"

#include <gtest/gtest.h>

#include <set>

#include "base/seeded_random.hpp"
#include "simulators/meituan/order.hpp"
#include "simulators/meituan/refund_json.hpp"
#include "tests/simulators/meituan/scene.hpp"

namespace weir::simulators::meituan {
namespace {

using enum RefundStep;

struct Row {
  RefundStep step;
  std::string_view notify_type;
  std::string_view res_type;
  std::string_view status;
};

// Protocol notes 1.5.
constexpr Row kTable[] = {
    {kApplied, "apply", "0", "1"},
    {kShopAgreed, "agree", "2", "10"},
    {kShopDeclined, "reject", "1", "11"},
    {kAppealed, "apply", "0", "16"},
    {kSupportAgreed, "agree", "4", "17"},
    {kSupportDeclined, "reject", "3", "18"},
    {kAutoAgreed, "agree", "5", "10"},
    {kWithdrawn, "cancelRefund", "7", "30"},
    {kAppealWithdrawn, "cancelRefundComplaint", "8", "30"},
};

std::string ValueOf(const Fields& fields, std::string_view name) {
  const std::string* value = Find(fields, name);
  return value == nullptr ? "absent" : *value;
}

Refund RefundAt(RefundStep step, RefundFlow flow) {
  Refund refund;
  refund.id = "5001";
  refund.flow = flow;
  refund.steps = {step};
  return refund;
}

TEST(RefundFields, SayEachStepByNotifyAndResType) {
  for (const Row& row : kTable) {
    const Fields fields = RefundFields({}, RefundAt(row.step, RefundFlow::kPlain));
    EXPECT_EQ(ValueOf(fields, "notify_type"), row.notify_type);
    EXPECT_EQ(ValueOf(fields, "res_type"), row.res_type);
    EXPECT_EQ(ValueOf(fields, "status"), "absent");
    EXPECT_EQ(ValueOf(fields, "service_type"), "0");
  }
}

TEST(RefundFields, SayEachStepByStatusWhereGoodsComeBack) {
  for (const Row& row : kTable) {
    const Fields fields = RefundFields({}, RefundAt(row.step, RefundFlow::kReturnGoods));
    EXPECT_EQ(ValueOf(fields, "status"), row.status);
    EXPECT_EQ(ValueOf(fields, "notify_type"), "absent");
    EXPECT_EQ(ValueOf(fields, "res_type"), "absent");
    EXPECT_EQ(ValueOf(fields, "service_type"), "2");
  }
}

TEST(RefundFields, CallAPartialApplicationPart) {
  Refund refund = RefundAt(kApplied, RefundFlow::kPlain);
  refund.partial = true;
  EXPECT_EQ(ValueOf(RefundFields({}, refund), "notify_type"), "part");
}

TEST(RefundResult, HasACodePerKindAndOutcome) {
  Refund refund = RefundAt(kPaidOut, RefundFlow::kPlain);
  EXPECT_EQ(refund.result_code(), 3);
  refund.partial = true;
  EXPECT_EQ(refund.result_code(), 13);
  refund.steps = {kPayOutFailed};
  EXPECT_EQ(refund.result_code(), 14);
  refund.partial = false;
  EXPECT_EQ(refund.result_code(), 4);
}

TEST(DrawCourse, StartsWithTheApplicationAndKnowsOnlyItsDialectsSteps) {
  SeededRandom random(21);
  for (int i = 0; i < 300; ++i) {
    for (const RefundFlow flow :
         {RefundFlow::kPlain, RefundFlow::kMoneyOnly, RefundFlow::kReturnGoods}) {
      const auto course = DrawCourse(random, flow, i % 2 == 0);
      EXPECT_EQ(course.front(), kApplied);
      for (const RefundStep step : course) {
        const bool result = step == kPaidOut || step == kPayOutFailed;
        const RefundWords& words = WordsOf(step);
        EXPECT_TRUE(result || flow != RefundFlow::kPlain || !words.notify_type.empty());
        EXPECT_TRUE(result || flow == RefundFlow::kPlain || words.status != 0);
      }
    }
  }
}

TEST(DrawCourse, HasNoAppealInAPlainPartialRefund) {
  SeededRandom random(22);
  for (int i = 0; i < 300; ++i) {
    for (const RefundStep step : DrawCourse(random, RefundFlow::kPlain, true)) {
      EXPECT_NE(step, kAppealed);
    }
  }
}

/// Lives of orders whose refund is of one kind, in every course there is.
std::set<std::string> StatusesOf(const RefundFate& kind) {
  Scene scene;
  for (int i = 0; i < 150; ++i) {
    Fate fate = CalmFate();
    fate.refund = kind;
    scene.meituan.CreateOrder(scene.now, fate);
  }
  scene.Run();
  std::set<std::string> statuses;
  for (const OrderTruth& order : scene.meituan.Orders()) {
    EXPECT_EQ(order.refunds.size(), 1U);
    for (const RefundTruth& refund : order.refunds) {
      statuses.emplace(refund.status);
      EXPECT_EQ(order.refunded, refund.status == "refunded" ? refund.amount : 0);
    }
    EXPECT_TRUE(order.settled());
  }
  return statuses;
}

TEST(RefundLives, EndInEveryWayTheirDialectAllows) {
  using Words = std::set<std::string>;
  const Words most = {"declined", "refunded", "withdrawn"};
  EXPECT_EQ(StatusesOf({.partial = true}), most);
  EXPECT_EQ(StatusesOf({.after_completion = true}), most);
  EXPECT_EQ(StatusesOf({.flow = RefundFlow::kMoneyOnly}), most);
  EXPECT_EQ(StatusesOf({.partial = true, .flow = RefundFlow::kReturnGoods}), most);
}

/// The first order of as many as it takes whose refund was paid out.
OrderTruth RefundedOrder(Scene& scene, const RefundFate& kind) {
  for (int i = 0; i < 100; ++i) {
    Fate fate = CalmFate();
    fate.refund = kind;
    const std::string id = scene.meituan.CreateOrder(scene.now, fate);
    scene.Run();
    if (scene.meituan.Truth(id)->refunded > 0) {
      return *scene.meituan.Truth(id);
    }
  }
  ADD_FAILURE() << "no refund was paid out";
  return {};
}

TEST(RefundLives, CancelTheOrderWhenAllIsPaidBackBeforeItsEnd) {
  Scene scene;
  const OrderTruth order = RefundedOrder(scene, {.partial = false});
  EXPECT_EQ(order.platform_status, kCancelled);
  EXPECT_EQ(order.status, "cancelled");
  EXPECT_EQ(order.refunded, order.total);
}

TEST(RefundLives, LeaveACompletedOrderCompleted) {
  Scene scene;
  const OrderTruth order = RefundedOrder(scene, {.partial = false, .after_completion = true});
  EXPECT_EQ(order.status, "completed");
}

TEST(RefundLives, TellTheAmountAndTheGoodsOfAPartialRefund) {
  Scene scene;
  const OrderTruth order = RefundedOrder(scene, {.partial = true});
  for (const SeenPush& seen : scene.pushes) {
    if (seen.topic != "refund/partial" || seen.fields.at("order_id") != order.id) {
      continue;
    }
    const auto food = nlohmann::json::parse(seen.fields.at("food"));
    double sum = 0;
    for (const auto& each : food) {
      sum += each["refund_price"].get<double>() * each["count"].get<double>();
    }
    EXPECT_NEAR(sum, std::stod(seen.fields.at("money")), 0.001);
    EXPECT_NEAR(sum * 100, static_cast<double>(order.refunds[0].amount), 0.1);
  }
}

}  // namespace
}  // namespace weir::simulators::meituan
