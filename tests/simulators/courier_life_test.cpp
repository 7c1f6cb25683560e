// SPDX-License-Identifier: Apache-2.0
#include "simulators/courier_life.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "base/seeded_random.hpp"
#include "tests/simulators/courier_scene.hpp"

namespace weir::simulators {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;

/// Keeps what it is told, and sends nothing.
class SilentDesk final : public CourierDesk {
 public:
  SilentDesk(const CourierOptions& options, Deliveries& book, Counts& counts, Random& random)
      : CourierDesk(options, book, counts, random) {}

  void TellStage(Delivery& delivery, Instant /*at*/) override { stages.push_back(delivery.stage); }
  void TellTrouble(Delivery& /*delivery*/, Instant /*at*/) override { ++troubles; }

  std::vector<Stage> stages;
  int troubles = 0;

 private:
  [[nodiscard]] bool IsOk(const PushAnswer& /*answer*/) const override { return true; }
  void Forge(CourierMessage& /*message*/, std::size_t /*which*/) const override {}
};

CourierOptions CalmOptions() {
  CourierOptions options;
  options.traffic = CalmTraffic();
  return options;
}

struct Lives {
  Delivery& Begin(const CourierFate& fate = {}) {
    life.Foretell(fate);
    Delivery delivery;
    delivery.number = "shp-1";
    delivery.from = {.latitude = 31'000'000, .longitude = 121'000'000};
    delivery.to = {.latitude = 31'010'000, .longitude = 121'010'000};
    delivery.fee = 800;
    return life.Begin(std::move(delivery), kStart);
  }
  /// Lets happen all that is planned.
  void Run() {
    while (const auto due = life.NextDue()) life.Tick(*due);
  }

  CourierOptions options = CalmOptions();
  Counts counts;
  SeededRandom random{1};
  Deliveries book{100};
  SilentDesk desk{options, book, counts, random};
  CourierLife life{options, book, desk, counts, random};
};

TEST(CourierLife, GoesItsWay) {
  Lives lives;
  lives.Begin();
  lives.Run();
  EXPECT_THAT(lives.desk.stages, ElementsAre(Stage::kSearching, Stage::kAssigned, Stage::kAtPickup,
                                             Stage::kPickedUp, Stage::kDelivered));
}

TEST(CourierLife, ReportsATroubleAndGoesOn) {
  Lives lives;
  const Delivery& delivery = lives.Begin({.troubled = true});
  lives.Run();
  EXPECT_EQ(lives.desk.troubles, 1);
  EXPECT_EQ(delivery.stage, Stage::kDelivered);
}

TEST(CourierLife, TakesAnActOnlyWhereTheStageAllowsIt) {
  using Act = bool (CourierLife::*)(Delivery&, Instant);
  struct Row {
    Act act;
    std::vector<Stage> from;
  };
  const std::array rows = {
      Row{&CourierLife::Assign, {Stage::kSearching}},
      Row{&CourierLife::Arrive, {Stage::kAssigned}},
      Row{&CourierLife::PickUp, {Stage::kAssigned, Stage::kAtPickup}},
      Row{&CourierLife::HandOver, {Stage::kPickedUp}},
      Row{&CourierLife::GiveBack, {Stage::kAssigned, Stage::kAtPickup}},
      Row{&CourierLife::PassOn, {Stage::kAssigned}},
      Row{&CourierLife::TurnBack, {Stage::kPickedUp}},
      Row{&CourierLife::TakeBack, {Stage::kReturning}},
      Row{&CourierLife::AskOff, {Stage::kAssigned}},
      Row{&CourierLife::ReportTrouble, {Stage::kPickedUp}},
  };
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (const Stage stage : {Stage::kStillborn, Stage::kSearching, Stage::kAssigned,
                              Stage::kAtPickup, Stage::kPickedUp, Stage::kDelivered,
                              Stage::kReturning, Stage::kReturned, Stage::kCancelled}) {
      Lives lives;
      Delivery& delivery = lives.Begin();
      delivery.stage = stage;
      const bool allowed = std::ranges::find(rows.at(i).from, stage) != rows.at(i).from.end();
      EXPECT_EQ((lives.life.*rows.at(i).act)(delivery, kStart), allowed)
          << "act " << i << " in stage " << WordOf(stage);
    }
  }
}

TEST(CourierLife, DropsWhatWasPlannedForAnEarlierTurn) {
  Lives lives;
  Delivery& delivery = lives.Begin();
  lives.life.Assign(delivery, kStart);
  lives.life.PickUp(delivery, kStart);
  lives.life.HandOver(delivery, kStart);
  lives.Run();
  EXPECT_EQ(lives.desk.stages.size(), 4U);
}

TEST(CourierLife, PaysFromTheBalance) {
  Lives lives;
  lives.life.SetBalance(10'000);
  Delivery& delivery = lives.Begin();
  EXPECT_EQ(lives.life.balance(), 9'200);
  lives.life.AddTip(delivery, {.serial = "a", .amount = 300});
  EXPECT_EQ(lives.life.balance(), 8'900);
  lives.life.Cancel(delivery, {.by = Canceller::kMerchant, .fee = 200}, kStart);
  EXPECT_EQ(lives.life.balance(), 9'800);
}

TEST(CourierLife, PaysNothingForWhatNeverBegins) {
  Lives lives;
  lives.life.SetBalance(10'000);
  lives.Begin({.end = CourierFate::End::kStillborn});
  EXPECT_EQ(lives.life.balance(), 10'000);
}

TEST(CourierLife, BeginsAnewUnderTheSameNumber) {
  Lives lives;
  Delivery& delivery = lives.Begin({.end = CourierFate::End::kCancelled});
  Delivery anew;
  anew.fee = 900;
  EXPECT_FALSE(lives.life.Renew(delivery, anew, kStart));
  lives.Run();
  const std::string former = delivery.platform_no;
  EXPECT_TRUE(lives.life.Renew(delivery, anew, kStart + minutes(10)));
  EXPECT_EQ(delivery.number, "shp-1");
  EXPECT_NE(delivery.platform_no, former);
  EXPECT_EQ(delivery.fee, 900);
  EXPECT_EQ(delivery.Reached(Stage::kCancelled), std::nullopt);
  EXPECT_EQ(delivery.steps.size(), 3U);
}

TEST(CourierLife, SaysTheTruth) {
  Lives lives;
  const Delivery& delivery = lives.Begin({.end = CourierFate::End::kReturned});
  EXPECT_TRUE(TruthOf(delivery, WordOf).live);
  lives.Run();
  const ShipmentTruth truth = TruthOf(delivery, WordOf);
  EXPECT_FALSE(truth.live);
  EXPECT_EQ(truth.status, "returned");
  EXPECT_THAT(truth.way, ElementsAre("searching", "assigned", "at_pickup", "picked_up", "returning",
                                     "returned"));
  EXPECT_GT(truth.ended, truth.created);
}

TEST(DeliveryInThePast, StandsAsItStood) {
  Lives lives;
  const Delivery& delivery =
      lives.Begin({.end = CourierFate::End::kCancelled, .cancelled_in = Stage::kAtPickup});
  lives.Run();
  const Delivery then = AsOf(delivery, delivery.steps.at(1).at);
  EXPECT_EQ(then.stage, Stage::kAssigned);
  EXPECT_EQ(then.rider->id, delivery.rider->id);
  EXPECT_EQ(then.cancellation.by, Canceller::kNobody);
  EXPECT_EQ(AsOf(delivery, Instant{}).stage, Stage::kSearching);
  EXPECT_EQ(AsOf(delivery, delivery.steps.back().at).cancellation.by, Canceller::kSystem);
}

TEST(RiderPosition, IsKnownWhileThereIsARider) {
  Lives lives;
  Delivery& delivery = lives.Begin({.stuck_in = Stage::kPickedUp});
  EXPECT_EQ(PositionOf(delivery, kStart), std::nullopt);
  lives.Run();
  EXPECT_EQ(PositionOf(delivery, delivery.leg->start), delivery.from);
  EXPECT_EQ(PositionOf(delivery, delivery.leg->end), delivery.to);
  lives.life.Cancel(delivery, {.by = Canceller::kSystem}, delivery.leg->end);
  EXPECT_EQ(PositionOf(delivery, delivery.leg->end), std::nullopt);
}

}  // namespace
}  // namespace weir::simulators
