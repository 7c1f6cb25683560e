// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "connectors/sf_express/connector.hpp"
#include "connectors/sf_express/courier.hpp"
#include "mapping/sf_express/map.hpp"
#include "simulators/sf_express/simulator.hpp"
#include "tests/connectors/sf_express/support.hpp"

// The connector and the map against the simulated platform, which knows neither.
namespace weir::connectors::sf_express {
namespace {

namespace sim = simulators::sf_express;
using model::ShipmentStatus;

class MovingClock final : public Clock {
 public:
  [[nodiscard]] Instant Now() const override { return now; }
  [[nodiscard]] std::chrono::nanoseconds Monotonic() const override { return {}; }

  Instant now{std::chrono::seconds(1'700'000'000)};
};

/// Hands requests to the simulator; an answer that breaks off is none.
class SimulatedTransport final : public net::Transport {
 public:
  SimulatedTransport(sim::SfExpressSimulator& sf, const Clock& clock) : sf_(sf), clock_(clock) {}

  boost::asio::awaitable<Result<net::Response>> Send(net::Request request,
                                                     std::chrono::milliseconds) override {
    simulators::HttpCall call;
    call.method = request.method;
    call.target = request.target;
    call.body = request.body;
    call.headers = request.headers.items();
    const auto answered = sf_.Handle(call, clock_.Now());
    if (answered.cut) co_return Fail(ErrorKind::kTransport, "the connection broke");
    net::Response response;
    response.status = answered.status;
    response.body = answered.body;
    co_return response;
  }

 private:
  sim::SfExpressSimulator& sf_;
  const Clock& clock_;
};

/// Asks the connector's own issuer.
class PlainVault final : public TokenVault {
 public:
  boost::asio::awaitable<Result<Secret>> Access() override {
    if (held_.empty()) co_return co_await Renew(Secret());
    co_return held_;
  }
  boost::asio::awaitable<Result<Secret>> Renew(Secret) override {
    auto token = co_await issuer->Issue(std::nullopt);
    if (!token) co_return std::unexpected(std::move(token.error()));
    held_ = token->access;
    co_return held_;
  }

  std::shared_ptr<TokenIssuer> issuer;

 private:
  Secret held_;
};

sim::Options CalmOptions() {
  sim::Options options;
  options.check_word = kCheckWord;
  options.push_url = "https://gw.example.com/hooks/sf-main/routes/" + std::string(kToken);
  options.calls_per_second = 0;
  options.traffic = {.pace = std::chrono::seconds(10),
                     .unaccepted = 0,
                     .cancelled = 0,
                     .given_up = 0,
                     .failed = 0};
  return options;
}

/// What was learnt of one shipment, by the keys of its nodes.
struct Learnt {
  std::map<std::string, model::TrackingNode> nodes;
  std::string waybill;
  std::optional<Money> fee;

  void Take(const mapping::Mapped& mapped, std::string_view number) {
    EXPECT_FALSE(mapped.unmappable);
    for (const auto& facts : mapped.shipments) {
      if (facts.number != number) continue;
      for (const auto& node : facts.nodes) nodes.emplace(node.key, node);
      if (facts.look && !facts.look->platform_no.empty()) waybill = facts.look->platform_no;
      if (facts.look && facts.look->fee) fee = facts.look->fee;
    }
  }
  [[nodiscard]] std::optional<ShipmentStatus> Latest() const {
    const model::TrackingNode* latest = nullptr;
    for (const auto& [key, node] : nodes) {
      if (node.status && (latest == nullptr || latest->at <= node.at)) latest = &node;
    }
    return latest == nullptr ? std::nullopt : latest->status;
  }
};

class Simulated : public testing::Test {
 protected:
  explicit Simulated(sim::Options options = CalmOptions()) : sf_(std::move(options)) {
    Connect("digest");
  }

  void Connect(const std::string& auth) {
    ConnectionOptions options = With("auth", auth);
    options.base_url = "http://127.0.0.1:9105/std/service";
    vault_ = std::make_shared<PlainVault>();
    connector_ = *Make(options, {.transport = transport_, .clock = clock_, .vault = vault_});
    vault_->issuer = connector_.tokens;
  }

  Result<PulledItem> Order(const std::string& number = std::string(kNumber)) {
    Consignment consignment = SampleConsignment();
    consignment.number = number;
    return Await(connector_.courier->Create(consignment, std::nullopt));
  }

  mapping::Mapped MapOf(const PulledItem& item) {
    return mapping::sf_express::Map({.pulled = true,
                                     .dialect = item.dialect,
                                     .topic = item.topic,
                                     .bytes = item.payload,
                                     .received_at = item.asked_at});
  }

  /// Lets all of it happen, each push verified, mapped and answered.
  void Run(Learnt& learnt) {
    while (const auto due = sf_.NextDue()) {
      clock_.now = std::max(clock_.now, *due);
      for (const auto& push : sf_.Due(clock_.now, simulators::kNoLimit)) {
        net::Request request;
        request.method = push.method;
        request.target = push.url.substr(push.url.find("/hooks/"));
        request.body = push.body;
        const auto verified = connector_.pushes->Verify(
            request, request.target.substr(std::string_view("/hooks/sf-main/").size()));
        if (verified) learnt.Take(*verified->mapped, kNumber);
        const net::Response reply =
            verified ? *verified->reply : connector_.pushes->Refused(verified.error());
        sf_.OnPushAnswer(push.id, {.status = reply.status, .body = reply.body}, clock_.now);
      }
    }
  }

  ShipmentRef RefOf(const Learnt& learnt) {
    ShipmentRef shipment = SampleShipment();
    shipment.platform_no = learnt.waybill;
    shipment.phone = "13800000001";
    return shipment;
  }

  MovingClock clock_;
  sim::SfExpressSimulator sf_;
  SimulatedTransport transport_{sf_, clock_};
  std::shared_ptr<PlainVault> vault_;
  Connector connector_;
};

TEST_F(Simulated, ParcelIsOrderedPushedAndReadAlike) {
  Learnt pushed;
  const auto ordered = Order();
  ASSERT_TRUE(ordered);
  pushed.Take(MapOf(*ordered), kNumber);
  Run(pushed);
  EXPECT_EQ(pushed.waybill, sf_.Truth(kNumber)->platform_no);
  EXPECT_EQ(pushed.Latest(), ShipmentStatus::kDelivered);
  Learnt read;
  const auto items = Await(connector_.courier->Read(RefOf(pushed)));
  ASSERT_TRUE(items);
  for (const PulledItem& item : *items) read.Take(MapOf(item), kNumber);
  std::set<std::string> pushed_keys;
  std::set<std::string> read_keys;
  for (const auto& [key, node] : pushed.nodes) pushed_keys.insert(key);
  for (const auto& [key, node] : read.nodes) read_keys.insert(key);
  EXPECT_EQ(read_keys, pushed_keys);
  EXPECT_EQ(read.fee, Money::FromFen(sf_.Truth(kNumber)->fee));
}

TEST_F(Simulated, QuoteIsTheFee) {
  const auto quote = Await(connector_.courier->Quote(SampleConsignment()));
  ASSERT_TRUE(quote);
  EXPECT_EQ(quote->fee, Money::FromFen(2300));
  EXPECT_EQ(quote->deliver_at, clock_.now + std::chrono::days(1));
}

TEST_F(Simulated, RepeatedOrderIsOne) {
  Learnt first;
  Learnt second;
  first.Take(MapOf(*Order()), kNumber);
  second.Take(MapOf(*Order()), kNumber);
  EXPECT_EQ(first.waybill, second.waybill);
  EXPECT_EQ(sf_.Shipments().size(), 1U);
  EXPECT_EQ(sf_.Shipments()[0].ordered, 2U);
}

TEST_F(Simulated, CancelIsDoneOnceAndForAll) {
  ASSERT_TRUE(Order());
  for (int i = 0; i < 2; ++i) {
    const auto item =
        Await(connector_.courier->Act(SampleShipment(), {.kind = ShipmentAct::Kind::kCancel}));
    ASSERT_TRUE(item);
    Learnt learnt;
    learnt.Take(MapOf(*item), kNumber);
    EXPECT_EQ(learnt.Latest(), ShipmentStatus::kCancelled);
  }
  EXPECT_EQ(sf_.Truth(kNumber)->status, "cancelled");
}

TEST_F(Simulated, AfterThePickUpItIsIntercepted) {
  Learnt learnt;
  learnt.Take(MapOf(*Order()), kNumber);
  while (sf_.Truth(kNumber)->way.back() != "in_transit") {
    clock_.now += std::chrono::seconds(1);
    std::ignore = sf_.Due(clock_.now, 0);
  }
  const auto cancelled =
      Await(connector_.courier->Act(RefOf(learnt), {.kind = ShipmentAct::Kind::kCancel}));
  ASSERT_FALSE(cancelled);
  EXPECT_EQ(cancelled.error().kind, ErrorKind::kConflict);
  ASSERT_TRUE(
      Await(connector_.courier->Act(RefOf(learnt), {.kind = ShipmentAct::Kind::kIntercept})));
  Run(learnt);
  EXPECT_EQ(learnt.Latest(), ShipmentStatus::kReturned);
}

TEST_F(Simulated, LabelIsAPdf) {
  Learnt learnt;
  learnt.Take(MapOf(*Order()), kNumber);
  const auto label = Await(connector_.courier->Label(RefOf(learnt)));
  ASSERT_TRUE(label);
  EXPECT_NE(label->find(learnt.waybill), std::string::npos);
}

TEST_F(Simulated, TokensStandForTheDigest) {
  Connect("oauth2");
  ASSERT_TRUE(Order());
  sf_.tokens().Revoke();
  ASSERT_TRUE(Await(connector_.courier->Read(SampleShipment())));
  EXPECT_EQ(sf_.tokens().issued(), 2U);
}

TEST_F(Simulated, UnknownNumberIsNotFound) {
  EXPECT_EQ(Await(connector_.courier->Read(SampleShipment())).error().kind, ErrorKind::kNotFound);
  EXPECT_EQ(Await(connector_.courier->Act(SampleShipment(), {.kind = ShipmentAct::Kind::kCancel}))
                .error()
                .kind,
            ErrorKind::kNotFound);
}

sim::Options RoughOptions() {
  sim::Options options = CalmOptions();
  options.call_faults = {.lost_request = 0.2, .lost_answer = 0.2, .busy = 0.1, .refused = 0};
  options.faults.duplicated = options.faults.reordered = options.faults.forged = 0.5;
  options.faults.reordered_within = std::chrono::minutes(1);
  options.quirks.form_pushes = true;
  options.quirks.shuffled = 1;
  options.quirks.object_answers = options.quirks.text_success = 0.5;
  return options;
}

class Rough : public Simulated {
 protected:
  Rough() : Simulated(RoughOptions()) {}
};

TEST_F(Rough, CallsAndPushesEndWhereTheyShould) {
  Learnt learnt;
  for (int tries = 0; tries < 50 && learnt.waybill.empty(); ++tries) {
    if (const auto item = Order()) learnt.Take(MapOf(*item), kNumber);
  }
  Run(learnt);
  EXPECT_EQ(learnt.Latest(), ShipmentStatus::kDelivered);
  EXPECT_EQ(sf_.Shipments().size(), 1U);
  EXPECT_EQ(sf_.counts().forged_accepted, 0U);
  EXPECT_GT(sf_.counts().forged, 0U);
  for (const auto& event : sf_.Truth(kNumber)->events) EXPECT_GT(event.answered_ok, 0U);
}

}  // namespace
}  // namespace weir::connectors::sf_express
