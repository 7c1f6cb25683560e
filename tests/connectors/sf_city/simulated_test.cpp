// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <map>

#include "connectors/sf_city/courier.hpp"
#include "connectors/sf_city/push.hpp"
#include "model/shipment_state.hpp"
#include "simulators/sf_city/simulator.hpp"
#include "tests/connectors/sf_city/support.hpp"

/// The connector and the simulated SF, written apart from the same documents: each understands the
/// other, and the records agree with SF's books.
namespace weir::connectors::sf_city {
namespace {

using simulators::sf_city::SfCitySimulator;

class HandClock final : public Clock {
 public:
  [[nodiscard]] Instant Now() const override { return now; }
  [[nodiscard]] std::chrono::nanoseconds Monotonic() const override { return {}; }

  Instant now{std::chrono::seconds(1700000000)};
};

class SimulatedTransport final : public net::Transport {
 public:
  SimulatedTransport(simulators::Simulator& courier, const Clock& clock)
      : courier_(courier), clock_(clock) {}

  boost::asio::awaitable<Result<net::Response>> Send(
      net::Request request, std::chrono::milliseconds /*timeout*/) override {
    const auto answer = courier_.Handle({.method = request.method,
                                         .origin = "https://openic.sf-express.com",
                                         .target = request.target,
                                         .body = request.body,
                                         .headers = request.headers.items()},
                                        clock_.Now());
    co_return Answer(answer.body, answer.status);
  }

 private:
  simulators::Simulator& courier_;
  const Clock& clock_;
};

/// A merchant with some shipments at SF's, and their records.
class World {
 public:
  explicit World(simulators::sf_city::Options options) : sf(std::move(options)) {}

  void Keep(const mapping::Mapped& mapped) {
    EXPECT_FALSE(mapped.unmappable) << mapped.unmappable->detail;
    for (const model::ShipmentFacts& facts : mapped.shipments) records[facts.number].Merge(facts);
  }
  void Keep(const PulledItem& item) {
    Keep(mapping::sf_city::Map({.pulled = true,
                                .dialect = item.dialect,
                                .topic = item.topic,
                                .bytes = item.payload,
                                .received_at = item.asked_at}));
  }
  /// Until nothing is due, or `until`; every push is verified and kept.
  void Run(Instant until = Instant::max()) {
    while (const auto due = sf.NextDue()) {
      if (*due > until) break;
      clock.now = std::max(clock.now, *due);
      for (const simulators::OutgoingPush& push : sf.Due(clock.now, simulators::kNoLimit)) {
        net::Request request;
        request.method = push.method;
        request.target = push.url.substr(push.url.find("/hooks"));
        request.body = push.body;
        const auto verified = pushes.Verify(request, "status");
        const auto reply = verified ? pushes.Accepted() : pushes.Refused(verified.error());
        if (verified) Keep(*verified->mapped);
        refused += verified ? 0 : 1;
        sf.OnPushAnswer(push.id, {.status = reply.status, .body = reply.body}, clock.now);
      }
    }
  }
  [[nodiscard]] ShipmentRef Ref(const std::string& number) const {
    const auto found = records.find(number);
    return {.number = number,
            .platform_shop = {},
            .platform_no = found == records.end() ? "" : found->second.platform_no(),
            .phone = {}};
  }
  Result<PulledItem> Create(const std::string& number) {
    Consignment consignment = TestConsignment();
    consignment.number = number;
    auto item = Await(courier.Create(consignment, {}));
    if (item) Keep(*item);
    return item;
  }
  void Read(const std::string& number) {
    const auto items = Await(courier.Read(Ref(number)));
    ASSERT_TRUE(items) << items.error().message;
    for (const PulledItem& item : *items) Keep(item);
  }

  HandClock clock;
  SfCitySimulator sf;
  SimulatedTransport transport{sf, clock};
  SfCity courier{std::make_shared<Client>(
      TestCredentials(), ConnectorParts{.transport = transport, .clock = clock, .vault = nullptr})};
  Pushes pushes{TestCredentials()};
  std::map<std::string, model::ShipmentState> records;
  int refused = 0;
};

simulators::sf_city::Options TestWorld() {
  simulators::sf_city::Options options;
  options.dev_key = kKey;
  options.push_url = "https://gw.example.com/hooks/sc-main/status";
  options.quirks = {.number_ids = 0.5, .trailing_blank = 0.5};
  options.faults.duplicated = 0.3;
  options.faults.reordered = 0.3;
  options.faults.reordered_within = std::chrono::minutes(5);
  return options;
}

std::string NumberOf(int i) { return "shp-" + std::to_string(i); }

TEST(Simulated, LivesAreTheRecords) {
  World world(TestWorld());
  for (int i = 0; i < 200; ++i) ASSERT_TRUE(world.Create(NumberOf(i)));
  world.Run();
  std::map<std::string_view, int> ends;
  for (const auto& truth : world.sf.Shipments()) {
    const model::ShipmentState& record = world.records.at(truth.number);
    EXPECT_EQ(model::Name(record.status()), truth.status) << truth.number;
    EXPECT_EQ(record.platform_no(), truth.platform_no);
    ++ends[truth.status];
  }
  EXPECT_GT(ends["delivered"], 0);
  EXPECT_GT(ends["cancelled"], 0);
}

TEST(Simulated, ReadsAloneTellTheSame) {
  World world(TestWorld());
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(world.Create(NumberOf(i)));
  std::map<std::string, model::ShipmentState> begun = world.records;
  world.Run();
  world.records = std::move(begun);
  for (const auto& truth : world.sf.Shipments()) {
    world.Read(truth.number);
    EXPECT_EQ(model::Name(world.records.at(truth.number).status()), truth.status) << truth.number;
  }
}

TEST(Simulated, ForgedPushesAreRefused) {
  auto options = TestWorld();
  options.faults.forged = 0.5;
  World world(std::move(options));
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(world.Create(NumberOf(i)));
  world.Run();
  EXPECT_GT(world.refused, 0);
}

TEST(Simulated, AnOrderIsMadeOnce) {
  World world(TestWorld());
  ASSERT_TRUE(world.Create("shp-1"));
  const auto again = world.Create("shp-1");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->topic, "getorderstatus");
  EXPECT_EQ(world.sf.Shipments().size(), 1U);
}

TEST(Simulated, AnUnknownOrderIsNotFound) {
  World world(TestWorld());
  EXPECT_EQ(Await(world.courier.Read(world.Ref("shp-9"))).error().kind, ErrorKind::kNotFound);
}

TEST(Simulated, QuotesWhatItCosts) {
  World world(TestWorld());
  const auto quote = Await(world.courier.Quote(TestConsignment()));
  ASSERT_TRUE(quote) << quote.error().message;
  ASSERT_TRUE(world.Create(kNumber));
  EXPECT_EQ(quote->fee.fen(), world.sf.Truth(kNumber)->fee);
  EXPECT_TRUE(quote->distance_m);
  EXPECT_TRUE(quote->deliver_at);
}

TEST(Simulated, TipsAddUp) {
  World world(TestWorld());
  ASSERT_TRUE(world.Create("shp-1"));
  const auto tip = [&world](std::int64_t fen, const std::string& serial) {
    auto item = Await(world.courier.Act(
        world.Ref("shp-1"),
        {.kind = ShipmentAct::Kind::kTip, .amount = Money::FromFen(fen), .serial = serial}));
    if (item) world.Keep(*item);
    return item.has_value();
  };
  EXPECT_TRUE(tip(200, "a"));
  EXPECT_TRUE(tip(200, "a"));
  EXPECT_TRUE(tip(500, "b"));
  EXPECT_FALSE(tip(400, "c"));
  EXPECT_EQ(world.sf.Truth("shp-1")->tip, 500);
}

TEST(Simulated, ACancelIsDoneOnceAndStays) {
  World world(TestWorld());
  ASSERT_TRUE(world.Create("shp-1"));
  for (const char* topic : {"cancelorder", "getorderstatus"}) {
    const auto item =
        Await(world.courier.Act(world.Ref("shp-1"), {.kind = ShipmentAct::Kind::kCancel}));
    ASSERT_TRUE(item) << item.error().message;
    EXPECT_EQ(item->topic, topic);
    world.Keep(*item);
  }
  world.Run();
  EXPECT_EQ(world.records.at("shp-1").status(), model::ShipmentStatus::kCancelled);
}

TEST(Simulated, TheOtherActsReachIt) {
  World world(TestWorld());
  ASSERT_TRUE(world.Create("shp-1"));
  for (const auto kind : {ShipmentAct::Kind::kUrge, ShipmentAct::Kind::kProductReady}) {
    const auto item = Await(world.courier.Act(world.Ref("shp-1"), {.kind = kind}));
    ASSERT_TRUE(item) << item.error().message;
    world.Keep(*item);
  }
  EXPECT_EQ(Await(world.courier.Locate(world.Ref("shp-1"))).error().kind, ErrorKind::kRejected);
}

TEST(Simulated, AWrongKeyIsUnauthorised) {
  auto options = TestWorld();
  options.dev_key = "another";
  World world(std::move(options));
  EXPECT_EQ(world.Create("shp-1").error().kind, ErrorKind::kUnauthorized);
}

}  // namespace
}  // namespace weir::connectors::sf_city
