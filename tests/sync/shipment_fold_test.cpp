// SPDX-License-Identifier: Apache-2.0
#include "sync/shipment_fold.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sync/fold_scene.hpp"

namespace weir::sync::testing {
namespace {

using boost::asio::awaitable;
using model::ShipmentStatus;
using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Instant At(int second) { return Instant(std::chrono::seconds(1'795'316'400 + second)); }

model::ShipmentIntent Intent(std::string order = "meituan-1") {
  model::ShipmentIntent intent;
  intent.order = std::move(order);
  intent.store = "sh-001";
  intent.consignment.receiver.name = "张三";
  return intent;
}

model::ShipmentChoice Dada() {
  return {.platform = "dada", .connection = "dada-main", .quote = {}};
}

model::ShipmentFacts Told(ShipmentStatus status, int second, std::string number = "shp-1") {
  model::TrackingNode node;
  node.key = std::to_string(second);
  node.at = At(second);
  node.status = status;
  model::ShipmentFacts facts;
  facts.platform = "dada";
  facts.number = std::move(number);
  facts.nodes = {node};
  return facts;
}

model::ShipmentFacts Numbered(const std::string& platform_no) {
  auto facts = Told(ShipmentStatus::kSearching, 1);
  facts.look.emplace().platform_no = platform_no;
  facts.waybills = {{.no = "W" + platform_no}};
  return facts;
}

/// The fold over storage in memory, an entry a step.
class ShipmentFoldTest : public ::testing::Test {
 protected:
  ShipmentFoldTest() : fence_(Must(Run(storage_.AcquireLease(0)))) {}

  template <typename T>
  T Run(awaitable<T> work) {
    std::optional<T> done;
    boost::asio::co_spawn(io_, std::move(work), [&done](std::exception_ptr thrown, T result) {
      if (thrown) std::rethrow_exception(thrown);
      done = std::move(result);
    });
    io_.restart();
    io_.poll();
    return std::move(done).value();
  }

  template <typename T>
  static T Must(Result<T> result) {
    return FoldScene::Must(std::move(result));
  }

  static awaitable<void> Ignore(awaitable<std::optional<ShipmentMove>> work) {
    (void)co_await std::move(work);
  }

  /// Folds one entry that does `work`.
  template <typename Work>
  void Do(Work work) {
    const storage::Position last{.shard = 0, .offset = entries_};
    const storage::Position position{.shard = 0, .offset = ++entries_};
    FoldBatch batch([this](const std::string& merchant) { return storage_.FeedEnd(merchant); });
    const FoldPoint at{.position = position,
                       .stamp = At(static_cast<int>(entries_)),
                       .merchant = "demo",
                       .connection = "dada-main"};
    Run(Finish(work(at, batch)));
    Must(Run(storage_.Apply(fence_, last, std::move(batch).Finish(position))));
  }

  void Create(const std::string& id, model::ShipmentIntent intent = Intent()) {
    Do([&](const FoldPoint& at, FoldBatch& batch) {
      return fold_.Create(at, id, std::move(intent), batch);
    });
  }
  void Choose(const std::string& id, const model::ShipmentChoice& choice = Dada()) {
    Do([&](const FoldPoint& at, FoldBatch& batch) { return fold_.Choose(at, id, choice, batch); });
  }
  void Merge(const model::ShipmentFacts& facts) {
    Do([&](const FoldPoint& at, FoldBatch& batch) {
      return Ignore(fold_.Merge(at, facts, batch));
    });
  }

  json Shipment(const std::string& id = "shp-1") {
    const auto found =
        Must(Run(storage_.ReadPublished(storage::RecordKind::kShipment, "demo", id)));
    return found ? json::parse(found->json) : json();
  }
  std::vector<std::string> ChangeTypes() {
    std::vector<std::string> types;
    for (const auto& change : Must(Run(storage_.ReadChanges("demo", 0, 100, {}))).changes) {
      types.push_back(change.type);
    }
    return types;
  }
  std::string Live(const std::string& order = "meituan-1") {
    return Run(fold_.LiveShipmentOf("demo", order, {}));
  }
  std::vector<std::string> Quarantined() {
    std::vector<std::string> reasons;
    for (const auto& row : Must(Run(storage_.ListQuarantine("demo", {}, 10)))) {
      reasons.push_back(row.reason);
    }
    return reasons;
  }

 private:
  static awaitable<bool> Finish(awaitable<void> work) {
    co_await std::move(work);
    co_return true;
  }

  boost::asio::io_context io_{1};
  FakeClock clock_;
  FakeTimer timer_{clock_};
  std::uint64_t entries_ = 0;

 protected:
  storage::MemoryStorage storage_{clock_, timer_, nullptr};
  ConnectionSettings connections_{storage_};
  OrderFold orders_{storage_, connections_, kFoldVersion, 16};
  ShipmentFold fold_{storage_, orders_, kFoldVersion};

 private:
  storage::Fence fence_;
};

TEST_F(ShipmentFoldTest, ARecordIsMadeOfWhatIsWanted) {
  Create("shp-1");
  const json shipment = Shipment();
  EXPECT_EQ(shipment["id"], "shp-1");
  EXPECT_EQ(shipment["merchant"], "demo");
  EXPECT_EQ(shipment["status"], "created");
  EXPECT_EQ(shipment["order"], "meituan-1");
  EXPECT_EQ(shipment["store"], "sh-001");
  EXPECT_EQ(shipment["platform"], nullptr);
  EXPECT_EQ(shipment["receiver"]["name"], "张三");
}

TEST_F(ShipmentFoldTest, TheChoiceNamesItsCourier) {
  Create("shp-1");
  Choose("shp-1");
  EXPECT_EQ(Shipment()["platform"], "dada");
  EXPECT_EQ(Shipment()["connection"], "dada-main");
}

TEST_F(ShipmentFoldTest, ChangesSayWhetherTheStatusDid) {
  Create("shp-1");
  Choose("shp-1");
  Merge(Told(ShipmentStatus::kSearching, 1));
  Merge(Numbered("1"));
  EXPECT_THAT(ChangeTypes(), ElementsAre("shipment.created", "shipment.updated",
                                         "shipment.status_changed", "shipment.updated"));
}

TEST_F(ShipmentFoldTest, WhatIsKnownAlreadyMakesNoVersion) {
  Create("shp-1");
  Choose("shp-1");
  Merge(Told(ShipmentStatus::kSearching, 1));
  Merge(Told(ShipmentStatus::kSearching, 1));
  EXPECT_EQ(Shipment()["version"], 3);
}

TEST_F(ShipmentFoldTest, AFailureEndsIt) {
  Create("shp-1");
  Do([&](const FoldPoint& at, FoldBatch& batch) {
    return fold_.Fail(at, "shp-1", {.code = "no_courier", .message = "Nobody carries it."}, batch);
  });
  EXPECT_EQ(Shipment()["status"], "failed");
  EXPECT_EQ(Shipment()["failure"]["code"], "no_courier");
  EXPECT_EQ(Live(), "");
}

TEST_F(ShipmentFoldTest, ARiderIsAnswered) {
  Create("shp-1");
  Choose("shp-1");
  auto facts = Told(ShipmentStatus::kAssigned, 1);
  facts.asks = model::RiderAsks{.platform_no = {}, .reason = "车坏了", .at = At(2)};
  Merge(facts);
  Do([&](const FoldPoint& at, FoldBatch& batch) { return fold_.Answer(at, "shp-1", true, batch); });
  EXPECT_EQ(Shipment()["rider_asks"]["answer"], "agreed");
}

TEST_F(ShipmentFoldTest, IsLiveForItsOrderUntilItEnds) {
  Create("shp-1");
  EXPECT_EQ(Live(), "shp-1");
  Choose("shp-1");
  Merge(Told(ShipmentStatus::kAssigned, 1));
  EXPECT_EQ(Live(), "shp-1");
  Merge(Told(ShipmentStatus::kCancelled, 2));
  EXPECT_EQ(Live(), "");
  // A courier may take it up again.
  Merge(Told(ShipmentStatus::kSearching, 3));
  EXPECT_EQ(Live(), "shp-1");
  EXPECT_EQ(Live("meituan-2"), "");
}

TEST_F(ShipmentFoldTest, OneWithoutAnOrderIsLiveForNone) {
  Create("shp-1", Intent(""));
  EXPECT_EQ(Live(""), "");
}

TEST_F(ShipmentFoldTest, IsFoundByTheCouriersNumbers) {
  Create("shp-1");
  Choose("shp-1");
  Merge(Numbered("77"));
  for (const std::string waybill : {"77", "W77"}) {
    auto facts = Told(ShipmentStatus::kAssigned, 5, "");
    facts.waybill = waybill;
    facts.nodes[0].key = waybill;
    Merge(facts);
  }
  EXPECT_EQ(Shipment()["tracking"].size(), 3U);
  EXPECT_THAT(Quarantined(), IsEmpty());
}

TEST_F(ShipmentFoldTest, ANumberThatIsNoneOfOursIsQuarantined) {
  Create("shp-1");
  Choose("shp-1");
  Merge(Told(ShipmentStatus::kAssigned, 1, "shp-2"));
  auto of_another = Told(ShipmentStatus::kAssigned, 1);
  of_another.platform = "sf_city";
  Merge(of_another);
  Merge(Told(ShipmentStatus::kAssigned, 1, ""));
  EXPECT_THAT(Quarantined(),
              ElementsAre("unknown_shipment", "unknown_shipment", "unknown_shipment"));
  EXPECT_EQ(Shipment()["status"], "created");
}

TEST_F(ShipmentFoldTest, WhatWasNeverCreatedIsNotChosen) {
  EXPECT_THROW(Choose("shp-9"), std::runtime_error);
}

TEST_F(ShipmentFoldTest, ItsOrderNamesIt) {
  model::OrderFacts order;
  order.platform = "meituan";
  order.platform_order_id = "1";
  order.snapshot.emplace().kind = model::OrderKind::kDelivery;
  Do([&](const FoldPoint& at, FoldBatch& batch) { return orders_.Merge(at, order, batch); });
  Create("shp-1");
  const auto found =
      Must(Run(storage_.ReadPublished(storage::RecordKind::kOrder, "demo", "meituan-1")));
  const json delivery = json::parse(found->json)["delivery"];
  EXPECT_EQ(delivery["shipment"], "shp-1");
  EXPECT_EQ(delivery["mode"], "third_party");
  EXPECT_THAT(ChangeTypes(),
              ElementsAre("order.placed", "shipment.created", "order.delivery_changed"));
}

TEST_F(ShipmentFoldTest, TimePlansWhatItWillSay) {
  Create("shp-1");
  Choose("shp-1");
  Merge(Told(ShipmentStatus::kAssigned, 0));
  const auto due = Must(Run(storage_.NextDue(kShipmentAlertWork)));
  // Created by the first entry, at second 1.
  EXPECT_EQ(due, At(1) + std::chrono::minutes(30));
  Merge(Told(ShipmentStatus::kDelivered, 2));
  EXPECT_EQ(Must(Run(storage_.NextDue(kShipmentAlertWork))), std::nullopt);
}

TEST_F(ShipmentFoldTest, AnAlertIsPublishedOnce) {
  Create("shp-1");
  Choose("shp-1");
  const auto raise = [&](FoldPoint at, FoldBatch& batch) {
    at.stamp = At(3600);
    return fold_.RaiseAlerts(at, "shp-1", batch);
  };
  Do(raise);
  Do(raise);
  EXPECT_THAT(ChangeTypes(), ElementsAre("shipment.created", "shipment.updated", "shipment.alert"));
  EXPECT_EQ(Shipment()["alerts"],
            json::array({{{"reason", "stuck"}, {"at", ToRfc3339(At(3600))}}}));
}

TEST_F(ShipmentFoldTest, WhatTheCourierSaysIsWrongIsAnAlert) {
  Create("shp-1");
  Choose("shp-1");
  Merge(Told(ShipmentStatus::kException, 1));
  EXPECT_EQ(ChangeTypes().back(), "shipment.alert");
  EXPECT_EQ(Shipment()["status"], "exception");
  Merge(Told(ShipmentStatus::kInTransit, 2));
  EXPECT_EQ(ChangeTypes().back(), "shipment.status_changed");
}

TEST_F(ShipmentFoldTest, IsListedByItsOrderItsStatusAndItsNumber) {
  Create("shp-1");
  Choose("shp-1");
  Merge(Numbered("77"));
  Create("shp-2", Intent("meituan-2"));
  const auto ids = [this](storage::ListQuery query) {
    query.kind = storage::RecordKind::kShipment;
    query.merchant = "demo";
    std::vector<std::string> found;
    for (const auto& record : Must(Run(storage_.List(query))).records) found.push_back(record.id);
    return found;
  };
  storage::ListQuery query;
  EXPECT_THAT(ids(query), ElementsAre("shp-2", "shp-1"));
  query.number = "meituan-1";
  EXPECT_THAT(ids(query), ElementsAre("shp-1"));
  query = {};
  query.status = "searching";
  EXPECT_THAT(ids(query), ElementsAre("shp-1"));
  query = {};
  query.display = "77";
  EXPECT_THAT(ids(query), ElementsAre("shp-1"));
}

TEST(ShipmentRules, APushOfAnUnknownShipmentIsKept) {
  FoldScene scene;
  auto mapped = std::make_shared<mapping::Mapped>();
  mapped->shipments.push_back(Told(ShipmentStatus::kAssigned, 1));
  scene.Append({.envelope = {.kind = storage::EntryKind::kPush,
                             .merchant = "demo",
                             .connection = "dada-main",
                             .platform = "dada",
                             .dialect = {},
                             .topic = "token",
                             .received_at = scene.clock.Now()},
                .payload = "p",
                .attachment = std::move(mapped)});
  scene.FoldAll();
  const auto rows = scene.Must(scene.Run(scene.storage.ListQuarantine("demo", {}, 10)));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].reason, "unknown_shipment");
  EXPECT_EQ(rows[0].connection, "dada-main");
}

}  // namespace
}  // namespace weir::sync::testing
