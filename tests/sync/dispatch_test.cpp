// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <charconv>
#include <nlohmann/json.hpp>

#include "sync/shipment_hand.hpp"
#include "tests/sync/command_scene.hpp"

namespace weir::sync::testing {
namespace {

using boost::asio::awaitable;
using connectors::Consignment;
using connectors::PulledItem;
using connectors::ShipmentAct;
using connectors::ShipmentRef;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// A courier with books, which may lose a request, or an answer.
class ToyCourier final : public connectors::Courier {
 public:
  ToyCourier(Timer& timer, std::int64_t fee) : fee_(fee), timer_(timer) {}

  awaitable<Result<connectors::CourierQuote>> Quote(Consignment /*what*/) override {
    if (hangs) co_await timer_.Wait(hours(1));
    co_return connectors::CourierQuote{.fee = Money::FromFen(fee_)};
  }
  awaitable<Result<PulledItem>> Create(Consignment what,
                                       std::optional<connectors::CourierQuote> /*quote*/) override {
    calls.push_back("create " + what.number);
    if (refuses) co_return std::unexpected(*refuses);
    if (!loses_request) books.emplace(what.number, "searching");
    if (loses_request || loses_answer) co_return Fail(ErrorKind::kTransport, "no answer");
    co_return ItemOf(what.number);
  }
  awaitable<Result<std::vector<PulledItem>>> Read(ShipmentRef shipment) override {
    calls.push_back("read " + shipment.number);
    if (!books.contains(shipment.number)) co_return Fail(ErrorKind::kNotFound, "unknown");
    std::vector<PulledItem> items;
    items.push_back(ItemOf(shipment.number));
    if (read_lags) items.front().payload = shipment.number + " searching";
    co_return items;
  }
  awaitable<Result<PulledItem>> Locate(ShipmentRef /*shipment*/) override {
    co_return Fail(ErrorKind::kRejected, "unsupported");
  }
  awaitable<Result<PulledItem>> Act(ShipmentRef shipment, ShipmentAct act) override {
    const bool cancels = act.kind == ShipmentAct::Kind::kCancel;
    calls.push_back((cancels ? "cancel " : "act ") + shipment.number);
    if (refuses_acts) co_return std::unexpected(*refuses_acts);
    if (cancels) books[shipment.number] = "cancelled";
    if (loses_acts) co_return Fail(ErrorKind::kTransport, "no answer");
    co_return ItemOf(shipment.number);
  }
  awaitable<Result<std::string>> Label(ShipmentRef /*shipment*/) override {
    co_return Fail(ErrorKind::kRejected, "unsupported");
  }

  [[nodiscard]] std::string PayloadOf(const std::string& number) const {
    return number + " " + books.at(number);
  }
  [[nodiscard]] std::size_t live() const {
    return static_cast<std::size_t>(std::ranges::count_if(
        books, [](const auto& entry) { return entry.second != "cancelled"; }));
  }

  std::map<std::string, std::string> books;  ///< Number -> status.
  std::vector<std::string> calls;
  std::optional<Error> refuses;
  std::optional<Error> refuses_acts;
  bool loses_request = false;
  bool loses_answer = false;
  bool loses_acts = false;
  bool read_lags = false;  ///< Reads tell that nobody took it yet.
  bool hangs = false;

 private:
  [[nodiscard]] PulledItem ItemOf(const std::string& number) const {
    return {.dialect = "toy", .topic = "read", .payload = PayloadOf(number)};
  }
  const std::int64_t fee_;
  Timer& timer_;
};

mapping::Mapped MapToy(const mapping::Payload& payload) {
  const std::string text(payload.bytes);
  const std::string word = text.substr(text.find(' ') + 1);
  model::TrackingNode node{.key = word, .at = payload.received_at};
  node.status = word == "searching"   ? model::ShipmentStatus::kSearching
                : word == "assigned"  ? model::ShipmentStatus::kAssigned
                : word == "delivered" ? model::ShipmentStatus::kDelivered
                                      : model::ShipmentStatus::kCancelled;
  if (word == "assigned" || word == "delivered") node.rider_name = "李四";
  model::ShipmentFacts facts;
  facts.platform = "dada";
  facts.number = text.substr(0, text.find(' '));
  facts.nodes.push_back(std::move(node));
  mapping::Mapped mapped;
  mapped.shipments.push_back(std::move(facts));
  return mapped;
}

/// A platform that is told how a courier gets on.
class ToldPlatform final : public connectors::OrderDesk, public connectors::OrderSource {
 public:
  awaitable<Result<void>> Accept(std::string /*order*/) override { co_return Result<void>{}; }
  awaitable<Result<void>> TellDelivery(connectors::DeliveryNews news) override {
    told.push_back(news.platform_order_id + " " + std::string(Name(news.status)) + " " +
                   news.rider_name);
    co_return Result<void>{};
  }
  awaitable<Result<PulledItem>> GetOrder(std::string /*order*/) override {
    co_return Fail(ErrorKind::kTransport, "not asked here");
  }

  std::vector<std::string> told;
};

class DispatchTest : public CommandScene {
 protected:
  DispatchTest() {
    scene_.mappers.emplace("dada", MapToy);
    for (const auto& [connection, courier] :
         {std::pair("first", first_), std::pair("second", second_)}) {
      readers_.emplace(
          connection,
          OrderReader{.merchant = "demo", .platform = "dada", .orders = {}, .courier = courier});
      scene_.Declare(ConnectionSetting{
          .id = connection, .platform = "dada", .stores = {}, .accept_within = {}});
    }
    readers_.emplace(
        "mt-main",
        OrderReader{
            .merchant = "demo", .platform = "meituan", .orders = platform_, .desk = platform_});
    model::OrderFacts facts;
    facts.platform = "meituan";
    facts.platform_order_id = "7";
    facts.snapshot.emplace();
    scene_.Push("mt-main", std::move(facts));
    scene_.FoldAll();
  }

  static ShipmentRequest Wish(std::vector<std::string> couriers) {
    ShipmentRequest request{.order = "meituan-7", .store = "sh-001"};
    request.policy.couriers = std::move(couriers);
    return request;
  }
  std::string Create(const ShipmentRequest& request) {
    return Plan("", {.kind = "shipment.create",
                     .subject = {},
                     .platform_subject = {},
                     .deadline = scene_.clock.Now() + hours(2),
                     .arguments = EncodeShipmentRequest(request)});
  }
  std::string Cancel(const std::string& shipment) {
    return Plan("", {.kind = "shipment.cancel",
                     .subject = shipment,
                     .platform_subject = {},
                     .deadline = scene_.clock.Now() + hours(1),
                     .arguments = EncodeAct({.reason = "customer"})});
  }
  /// The courier pushes that the shipment is now so.
  void Tell(ToyCourier& courier, const std::string& number, const std::string& word) {
    courier.books[number] = word;
    scene_.clock.Advance(seconds(1));
    auto mapped = std::make_shared<mapping::Mapped>(
        MapToy({.bytes = courier.PayloadOf(number), .received_at = scene_.clock.Now()}));
    scene_.Append({.envelope = {.kind = storage::EntryKind::kPush,
                                .merchant = "demo",
                                .connection = "first",
                                .platform = "dada",
                                .received_at = scene_.clock.Now()},
                   .payload = courier.PayloadOf(number),
                   .attachment = std::move(mapped)});
    scene_.FoldAll();
  }
  void Tick() {
    scene_.Append({.envelope = {.kind = storage::EntryKind::kTick,
                                .merchant = {},
                                .received_at = scene_.clock.Now()},
                   .payload = {}});
    scene_.FoldAll();
  }
  /// Steps until nothing is due for a minute.
  void Settle() {
    for (int i = 0; i < 30; ++i) (void)StepAfter(seconds(2));
  }
  nlohmann::json Shipment(const std::string& id) {
    const auto found = scene_.Must(
        scene_.Run(scene_.storage.ReadPublished(storage::RecordKind::kShipment, "demo", id)));
    return found ? nlohmann::json::parse(found->json) : nlohmann::json();
  }

  std::shared_ptr<ToldPlatform> platform_ = std::make_shared<ToldPlatform>();
  std::shared_ptr<ToyCourier> first_ = std::make_shared<ToyCourier>(scene_.timer, 900);
  std::shared_ptr<ToyCourier> second_ = std::make_shared<ToyCourier>(scene_.timer, 700);
};

TEST_F(DispatchTest, GivesAShipmentToTheCourierNamed) {
  const std::string id = Create(Wish({"first"}));
  EXPECT_TRUE(Step());
  EXPECT_EQ(Status(id), "applied");
  const auto shipment = Shipment(ShipmentId(id));
  EXPECT_EQ(shipment["connection"], "first");
  EXPECT_EQ(shipment["status"], "searching");
  EXPECT_EQ(scene_.Order("7")["delivery"]["shipment"], ShipmentId(id));
  EXPECT_THAT(first_->calls, ElementsAre("create " + ShipmentId(id)));
}

TEST_F(DispatchTest, TakesTheCheapestOffer) {
  auto wish = Wish({"first", "second"});
  wish.policy.by = DispatchBy::kCheapest;
  const std::string id = Create(wish);
  EXPECT_TRUE(Step());
  EXPECT_EQ(Shipment(ShipmentId(id))["connection"], "second");
  EXPECT_EQ(Shipment(ShipmentId(id))["quote"]["fee"], 700);
}

TEST_F(DispatchTest, WaitsForNoCourierThatHangs) {
  second_->hangs = true;
  auto wish = Wish({"second", "first"});
  const std::string id = Create(wish);
  EXPECT_TRUE(Step());
  EXPECT_EQ(Shipment(ShipmentId(id))["connection"], "first");
}

TEST_F(DispatchTest, PaysNobodyMoreThanTheCeiling) {
  auto wish = Wish({"first", "second"});
  wish.policy.ceiling = Money::FromFen(500);
  const std::string id = Create(wish);
  EXPECT_TRUE(Step());
  EXPECT_EQ(Status(id), "rejected");
  EXPECT_EQ(Read(id).tries.back().error->remote_code, "no_courier_left");
  EXPECT_EQ(Shipment(ShipmentId(id))["status"], "failed");
}

TEST_F(DispatchTest, HasOneLiveShipmentOfAnOrder) {
  const std::string id = Create(Wish({"first"}));
  const std::string again = Create(Wish({"second"}));
  EXPECT_EQ(Status(again), "rejected");
  EXPECT_EQ(Read(again).tries.back().error->remote_code, "order_has_shipment");
  Settle();
  EXPECT_EQ(first_->live() + second_->live(), 1);
}

TEST_F(DispatchTest, OrdersOnceWhereTheRequestIsLost) {
  first_->loses_request = true;
  const std::string id = Create(Wish({"first"}));
  EXPECT_TRUE(Step());
  EXPECT_EQ(Status(id), "unknown");
  first_->loses_request = false;
  Settle();
  EXPECT_EQ(Status(id), "applied");
  EXPECT_EQ(first_->live(), 1);
}

TEST_F(DispatchTest, OrdersOnceWhereTheAnswerIsLost) {
  first_->loses_answer = true;
  const std::string id = Create(Wish({"first"}));
  Settle();
  EXPECT_EQ(Status(id), "applied");
  EXPECT_EQ(std::ranges::count(first_->calls, "create " + ShipmentId(id)), 1);
}

TEST_F(DispatchTest, AsksForTheNumberThatPushesDoNotTell) {
  first_->loses_answer = true;
  const std::string id = Create(Wish({"first"}));
  EXPECT_TRUE(Step());
  Tell(*first_, ShipmentId(id), "assigned");
  Settle();
  EXPECT_EQ(Status(id), "applied");
  EXPECT_EQ(std::ranges::count(first_->calls, "create " + ShipmentId(id)), 1);
  EXPECT_EQ(std::ranges::count(first_->calls, "read " + ShipmentId(id)), 1);
}

TEST_F(DispatchTest, AsksTheNextCourierWhenOneRefuses) {
  first_->refuses = Rejection("2155", "no balance");
  const std::string id = Create(Wish({"first", "second"}));
  Settle();
  EXPECT_EQ(Status(id), "rejected");
  EXPECT_EQ(Shipment(ShipmentId(id))["status"], "failed");
  EXPECT_EQ(second_->live(), 1);
}

TEST_F(DispatchTest, AsksTheNextCourierWhenOneCancels) {
  const std::string id = Create(Wish({"first", "second"}));
  EXPECT_TRUE(Step());
  Tell(*first_, ShipmentId(id), "cancelled");
  Settle();
  EXPECT_EQ(first_->live(), 0);
  ASSERT_EQ(second_->live(), 1);
  const std::string next = second_->books.begin()->first;
  EXPECT_EQ(Shipment(next)["predecessor"], ShipmentId(id));
  EXPECT_EQ(scene_.Order("7")["delivery"]["shipment"], next);
}

TEST_F(DispatchTest, AsksOneOtherCourierHoweverOftenOneSeemsToGiveItBack) {
  const std::string id = Create(Wish({"first", "second", "first"}));
  EXPECT_TRUE(Step());
  Tell(*first_, ShipmentId(id), "cancelled");
  Settle();
  Tell(*first_, ShipmentId(id), "assigned");
  Tell(*first_, ShipmentId(id), "cancelled");
  Settle();
  EXPECT_EQ(first_->books.size() + second_->books.size(), 2U);
  EXPECT_EQ(second_->live(), 1);
}

TEST_F(DispatchTest, AsksTheNextCourierWhenNobodyTakesItInTime) {
  auto wish = Wish({"first", "second"});
  wish.policy.accept_within = minutes(3);
  const std::string id = Create(wish);
  EXPECT_TRUE(Step());
  scene_.clock.Advance(minutes(3));
  Tick();
  EXPECT_EQ(first_->live(), 1);
  Settle();
  EXPECT_EQ(first_->live(), 0);
  EXPECT_EQ(second_->live(), 1);
}

TEST_F(DispatchTest, KeepsItsPatienceWithACourierThatHasARider) {
  auto wish = Wish({"first", "second"});
  wish.policy.accept_within = minutes(3);
  const std::string id = Create(wish);
  EXPECT_TRUE(Step());
  Tell(*first_, ShipmentId(id), "assigned");
  scene_.clock.Advance(minutes(3));
  Tick();
  Settle();
  EXPECT_EQ(first_->live(), 1);
  EXPECT_EQ(second_->live(), 0);
}

TEST_F(DispatchTest, AsksNobodyElseOnceItIsCalledOff) {
  const std::string id = Create(Wish({"first", "second"}));
  EXPECT_TRUE(Step());
  const std::string cancel = Cancel(ShipmentId(id));
  Settle();
  EXPECT_EQ(Status(cancel), "applied");
  EXPECT_EQ(Shipment(ShipmentId(id))["status"], "cancelled");
  EXPECT_THAT(second_->calls, IsEmpty());
}

TEST_F(DispatchTest, TellsThePlatformOnceOfEachRiderAndStatus) {
  const std::string id = Create(Wish({"first"}));
  EXPECT_TRUE(Step());
  Tell(*first_, ShipmentId(id), "assigned");
  Tell(*first_, ShipmentId(id), "assigned");
  Settle();
  EXPECT_THAT(platform_->told, ElementsAre("7 assigned 李四"));
  Tell(*first_, ShipmentId(id), "delivered");
  Settle();
  EXPECT_THAT(platform_->told, ElementsAre("7 assigned 李四", "7 delivered 李四"));
}

TEST_F(DispatchTest, TellsThePlatformNothingThatIsPast) {
  const std::string id = Create(Wish({"first"}));
  EXPECT_TRUE(Step());
  Tell(*first_, ShipmentId(id), "assigned");
  Tell(*first_, ShipmentId(id), "delivered");
  Settle();
  EXPECT_THAT(platform_->told, ElementsAre("7 delivered 李四"));
}

TEST_F(DispatchTest, DoesNotHurryWhatCannotBeDoneNow) {
  const std::string id = Create(Wish({"first"}));
  EXPECT_TRUE(Step());
  first_->refuses_acts = Error{.kind = ErrorKind::kConflict, .message = "on the road"};
  (void)Cancel(ShipmentId(id));
  Settle();
  EXPECT_GT(std::ranges::count(first_->calls, "cancel " + ShipmentId(id)), 1);
  EXPECT_LT(std::ranges::count(first_->calls, "cancel " + ShipmentId(id)), 8);
}

TEST_F(DispatchTest, BelievesNoRefusalWhileReadsMayBeBehind) {
  const std::string id = Create(Wish({"first"}));
  EXPECT_TRUE(Step());
  first_->loses_acts = true;
  first_->read_lags = true;
  const std::string cancel = Cancel(ShipmentId(id));
  EXPECT_TRUE(Step());
  EXPECT_EQ(Status(cancel), "unknown");
  first_->loses_acts = false;
  first_->refuses_acts = Rejection("2005", "it is cancelled already");
  for (int i = 0; i < 3; ++i) (void)StepAfter(seconds(2));
  EXPECT_EQ(Status(cancel), "unknown");
  first_->read_lags = false;
  EXPECT_TRUE(StepAfter(minutes(3)));
  EXPECT_EQ(Status(cancel), "applied");
  EXPECT_EQ(Shipment(ShipmentId(id))["status"], "cancelled");
}

TEST_F(DispatchTest, NeverOrdersWhatIsCalledOffBefore) {
  const std::string id = Create(Wish({"first"}));
  const std::string cancel = Cancel(ShipmentId(id));
  Settle();
  EXPECT_EQ(Status(id), "rejected");
  EXPECT_EQ(Status(cancel), "applied");
  EXPECT_EQ(Shipment(ShipmentId(id))["status"], "failed");
  EXPECT_THAT(first_->calls, IsEmpty());
}

}  // namespace
}  // namespace weir::sync::testing
