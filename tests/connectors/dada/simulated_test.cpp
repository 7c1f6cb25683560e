// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "connectors/dada/connector.hpp"
#include "mapping/dada/map.hpp"
#include "model/shipment_state.hpp"
#include "model/words.hpp"
#include "simulators/dada/simulator.hpp"
#include "tests/connectors/dada/support.hpp"

/// The connector and its map against the simulated Dada, which shares nothing with them but the
/// documents: what we make of its answers and pushes is what is true there.
namespace weir::connectors::dada {
namespace {

using model::ShipmentState;
using simulators::CourierFate;
using simulators::CourierTraffic;
using simulators::Stage;
using simulators::dada::DadaSimulator;
using Kind = ShipmentAct::Kind;

class SetClock final : public Clock {
 public:
  [[nodiscard]] Instant Now() const override { return now; }
  [[nodiscard]] std::chrono::nanoseconds Monotonic() const override {
    return now.time_since_epoch();
  }

  Instant now{std::chrono::seconds(1700000000)};
};

class SimulatedTransport final : public net::Transport {
 public:
  SimulatedTransport(DadaSimulator& dada, const SetClock& clock) : dada_(dada), clock_(clock) {}

  boost::asio::awaitable<Result<net::Response>> Send(
      net::Request request, std::chrono::milliseconds /*timeout*/) override {
    simulators::HttpCall call;
    call.method = request.method;
    call.target = request.target;
    call.body = request.body;
    call.headers = request.headers.items();
    const simulators::HttpAnswer answer = dada_.Handle(call, clock_.now);
    net::Response response;
    response.status = answer.status;
    response.body = answer.body;
    co_return response;
  }

 private:
  DadaSimulator& dada_;
  const SetClock& clock_;
};

std::string Url() { return TestCredentials().CallbackUrl(); }

simulators::dada::Options OptionsOf(std::uint64_t seed, CourierTraffic traffic) {
  simulators::dada::Options options;
  options.seed = seed;
  options.app_secret = kSecret;
  options.message_url = Url();
  options.traffic = traffic;
  options.quirks = {.text_time = 0.5, .upper_signature = 0.5};
  return options;
}

/// Nothing by chance.
CourierTraffic Calm() {
  CourierTraffic traffic;
  for (double* share :
       {&traffic.unaccepted, &traffic.cancelled, &traffic.given_up, &traffic.failed, &traffic.stuck,
        &traffic.handed_on, &traffic.troubled, &traffic.asks_off, &traffic.stillborn}) {
    *share = 0;
  }
  return traffic;
}

/// One merchant, one shipment.
struct Scene {
  explicit Scene(std::uint64_t seed = 1, CourierTraffic traffic = Calm())
      : dada(OptionsOf(seed, traffic)),
        connector(
            *Make(TestOptions(), {.transport = transport, .clock = clock, .vault = nullptr})) {}

  void Merge(const PulledItem& item) {
    auto mapped = mapping::dada::Map({.pulled = true,
                                      .dialect = item.dialect,
                                      .topic = item.topic,
                                      .bytes = item.payload,
                                      .received_at = item.asked_at});
    ASSERT_FALSE(mapped.unmappable) << mapped.unmappable->detail;
    for (auto& facts : mapped.shipments) {
      EXPECT_EQ(facts.number, kNumber);
      state.Merge(std::move(facts));
    }
  }

  void Create(std::optional<CourierQuote> quote = std::nullopt) {
    const auto item = Await(connector.courier->Create(TestConsignment(), std::move(quote)));
    ASSERT_TRUE(item) << item.error().message;
    Merge(*item);
  }
  void Read() {
    const auto items = Await(connector.courier->Read(Ref()));
    ASSERT_TRUE(items) << items.error().message;
    for (const PulledItem& item : *items) Merge(item);
  }
  Result<PulledItem> Act(Kind kind, Money amount = {}) {
    ShipmentAct act;
    act.kind = kind;
    act.reason = "customer";
    act.amount = amount;
    auto item = Await(connector.courier->Act(Ref(), act));
    if (item) Merge(*item);
    return item;
  }
  [[nodiscard]] ShipmentRef Ref() const {
    ShipmentRef ref = TestRef();
    ref.platform_no = state.platform_no();
    return ref;
  }

  void Take(const simulators::OutgoingPush& push) {
    net::Request request;
    request.method = push.method;
    request.target = push.url;
    request.headers.Add("Content-Type", push.content_type);
    request.body = push.body;
    EXPECT_TRUE(push.url == Url()) << push.url;
    const auto verified = connector.pushes->Verify(request, kToken);
    ASSERT_TRUE(verified) << verified.error().message << push.body;
    for (const auto& facts : verified->mapped->shipments) state.Merge(facts);
    const net::Response reply = connector.pushes->Accepted();
    dada.OnPushAnswer(push.id, {.status = reply.status, .body = reply.body}, clock.now);
  }
  /// Until nothing is due, or until Dada says that the shipment is in `status`.
  void Run(std::string_view status = {}) {
    while (const auto due = dada.NextDue()) {
      if (!status.empty() && Truth().status == status) return;
      clock.now = std::max(clock.now, *due);
      for (const auto& push : dada.Due(clock.now, simulators::kNoLimit)) Take(push);
    }
  }

  [[nodiscard]] simulators::ShipmentTruth Truth() { return *dada.Truth(kNumber); }
  [[nodiscard]] std::string_view status() const { return Name(state.status()); }

  SetClock clock;
  DadaSimulator dada;
  SimulatedTransport transport{dada, clock};
  Connector connector;
  ShipmentState state;
};

nlohmann::json RecordOf(const ShipmentState& state) {
  std::string body = "{";
  state.AppendBody(body);
  return nlohmann::json::parse(body + "}");
}

TEST(Simulated, AnOrderAtItsQuoteArrives) {
  Scene scene;
  const auto quote = Await(scene.connector.courier->Quote(TestConsignment()));
  ASSERT_TRUE(quote) << quote.error().message;
  scene.clock.now += std::chrono::seconds(179);
  scene.Create(*quote);
  scene.Run();
  EXPECT_EQ(scene.Truth().status, "delivered");
  EXPECT_EQ(scene.status(), "delivered");
  EXPECT_EQ(scene.Truth().fee, quote->fee.fen());
  EXPECT_EQ(scene.state.platform_no(), scene.Truth().platform_no);
}

TEST(Simulated, AnExpiredQuoteCostsNoSecondCall) {
  Scene scene;
  auto quote = Await(scene.connector.courier->Quote(TestConsignment()));
  ASSERT_TRUE(quote);
  scene.clock.now += std::chrono::seconds(181);
  // As if our clock had stood still: Dada says it.
  quote->expires_at = scene.clock.now + std::chrono::seconds(1);
  scene.Create(*quote);
  EXPECT_EQ(scene.status(), "searching");
}

TEST(Simulated, WhatIsOrderedTwiceIsOneShipment) {
  Scene scene;
  scene.Create();
  scene.Create();
  EXPECT_EQ(scene.dada.Shipments().size(), 1U);
  EXPECT_EQ(scene.status(), "searching");
}

TEST(Simulated, EveryLifeEndsHereAsItDoesThere) {
  CourierTraffic traffic;
  traffic.unaccepted = 0.1;
  traffic.cancelled = 0.2;
  traffic.given_up = 0.3;
  traffic.failed = 0.2;
  traffic.handed_on = 0.2;
  traffic.asks_off = 0.1;
  traffic.stillborn = 0.1;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    Scene scene(seed, traffic);
    scene.Create();
    while (const auto due = scene.dada.NextDue()) {
      scene.clock.now = std::max(scene.clock.now, *due);
      for (const auto& push : scene.dada.Due(scene.clock.now, simulators::kNoLimit)) {
        scene.Take(push);
      }
      scene.Read();
      ASSERT_EQ(scene.status(), scene.Truth().status) << seed;
    }
    EXPECT_FALSE(scene.state.live()) << seed;
    const auto record = RecordOf(scene.state);
    EXPECT_EQ(record.at("fee"), scene.Truth().fee) << seed;
  }
}

TEST(Simulated, ReadsAloneTellTheEnd) {
  for (const auto end : {CourierFate::End::kDelivered, CourierFate::End::kCancelled}) {
    Scene scene;
    scene.dada.Foretell({.end = end});
    scene.Create();
    while (const auto due = scene.dada.NextDue()) {
      scene.clock.now = std::max(scene.clock.now, *due);
      for (const auto& push : scene.dada.Due(scene.clock.now, simulators::kNoLimit)) {
        scene.dada.OnPushAnswer(push.id, {.status = 200, .body = ""}, scene.clock.now);
      }
    }
    scene.Read();
    EXPECT_EQ(scene.status(), scene.Truth().status);
  }
}

TEST(Simulated, ATipIsTheWholeTip) {
  Scene scene;
  scene.Create();
  ASSERT_TRUE(scene.Act(Kind::kTip, Money::FromFen(200)));
  ASSERT_TRUE(scene.Act(Kind::kTip, Money::FromFen(350)));
  ASSERT_TRUE(scene.Act(Kind::kTip, Money::FromFen(350)));
  EXPECT_EQ(scene.Truth().tip, 350);
  EXPECT_EQ(RecordOf(scene.state).at("tip"), 350);
  EXPECT_EQ(scene.Act(Kind::kTip, Money::FromFen(300)).error().remote_code, "2057");
}

TEST(Simulated, ACancelIsDoneOnce) {
  Scene scene;
  scene.Create();
  scene.Run("assigned");
  const auto first = scene.Act(Kind::kCancel);
  ASSERT_TRUE(first) << first.error().message;
  const auto second = scene.Act(Kind::kCancel);
  ASSERT_TRUE(second) << second.error().message;
  scene.Run();
  EXPECT_EQ(scene.Truth().status, "cancelled");
  EXPECT_EQ(scene.status(), "cancelled");
}

TEST(Simulated, WhatIsUnderWayIsNotCancelled) {
  Scene scene;
  scene.Create();
  scene.Run("picked_up");
  EXPECT_EQ(scene.Act(Kind::kCancel).error().kind, ErrorKind::kRejected);
}

TEST(Simulated, TheRiderIsFound) {
  Scene scene;
  scene.Create();
  EXPECT_EQ(Await(scene.connector.courier->Locate(scene.Ref())).error().kind, ErrorKind::kNotFound);
  scene.Run("picked_up");
  const auto item = Await(scene.connector.courier->Locate(scene.Ref()));
  ASSERT_TRUE(item) << item.error().message;
  scene.Merge(*item);
  EXPECT_FALSE(RecordOf(scene.state).at("rider").at("latitude").is_null());
}

TEST(Simulated, ARiderWhoAsksIsLetOffOrHeld) {
  for (const Kind kind : {Kind::kLetRiderOff, Kind::kHoldRider}) {
    Scene scene;
    scene.dada.Foretell({.asks_off = true});
    scene.Create();
    while (scene.state.open_ask() == nullptr) {
      const auto due = scene.dada.NextDue();
      ASSERT_TRUE(due);
      scene.clock.now = std::max(scene.clock.now, *due);
      for (const auto& push : scene.dada.Due(scene.clock.now, simulators::kNoLimit)) {
        scene.Take(push);
      }
    }
    const auto answered = scene.Act(kind);
    ASSERT_TRUE(answered) << answered.error().message;
    scene.Run();
    EXPECT_EQ(scene.status(), scene.Truth().status);
  }
}

TEST(Simulated, GoodsThatCameBackAreConfirmed) {
  Scene scene;
  scene.dada.Foretell({.end = CourierFate::End::kReturned});
  scene.Create();
  scene.Run("returning");
  const auto confirmed = scene.Act(Kind::kConfirmReturn);
  ASSERT_TRUE(confirmed) << confirmed.error().message;
  scene.Run();
  EXPECT_EQ(scene.Truth().status, "returned");
  EXPECT_EQ(scene.status(), "returned");
}

TEST(Simulated, WithoutMoneyNothingIsOrdered) {
  Scene scene;
  scene.dada.SetBalance(0);
  const auto item = Await(scene.connector.courier->Create(TestConsignment(), std::nullopt));
  ASSERT_FALSE(item);
  EXPECT_EQ(item.error().remote_code, "2155");
}

TEST(Simulated, WhatWasNeverOrderedIsNotFound) {
  Scene scene;
  EXPECT_EQ(Await(scene.connector.courier->Read(TestRef())).error().kind, ErrorKind::kNotFound);
}

}  // namespace
}  // namespace weir::connectors::dada
