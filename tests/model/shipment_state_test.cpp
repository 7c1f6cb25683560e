// SPDX-License-Identifier: Apache-2.0
#include "model/shipment_state.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <random>

#include "tests/model/order_builders.hpp"
#include "tests/model/order_stories.hpp"

namespace weir::model::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TrackingNode Node(std::optional<int> second, ShipmentStatus status, std::string key) {
  TrackingNode node;
  node.key = std::move(key);
  if (second) node.at = At(*second);
  node.status = status;
  return node;
}

/// A step whose key tells its time and its status.
TrackingNode Step(int second, ShipmentStatus status, std::string rider = {}) {
  TrackingNode node =
      Node(second, status, std::to_string(second) + "/" + std::string(Name(status)));
  node.rider_name = std::move(rider);
  return node;
}

TrackingNode OfLife(TrackingNode node, std::string life) {
  node.life = std::move(life);
  node.key = node.life + "/" + node.key;
  return node;
}

ShipmentFacts Told(std::vector<TrackingNode> nodes) {
  ShipmentFacts facts;
  facts.nodes = std::move(nodes);
  return facts;
}

ShipmentFacts Told(ShipmentLook look) {
  ShipmentFacts facts;
  facts.look = std::move(look);
  return facts;
}

ShipmentState After(std::vector<TrackingNode> nodes) {
  ShipmentState state;
  state.Merge(Told(std::move(nodes)));
  return state;
}

nlohmann::json Shown(const ShipmentState& state) {
  std::string out = "{";
  state.AppendBody(out);
  out.push_back(',');
  state.AppendTail(out);
  return nlohmann::json::parse(out + "}");
}

std::string Bytes(const ShipmentState& state) {
  std::string bytes;
  state.Encode(bytes);
  return bytes;
}

int Small(int below) { return *rc::gen::inRange(0, below); }
bool Perhaps() { return *rc::gen::arbitrary<bool>(); }
std::string Word() { return std::string(static_cast<std::size_t>(Small(3)), 'a'); }
std::optional<Instant> AnyTime() { return Perhaps() ? std::optional(At(Small(4))) : std::nullopt; }

TrackingNode AnyNode() {
  TrackingNode node;
  node.key = Word();
  node.at = AnyTime();
  node.sent_at = AnyTime();
  if (Perhaps()) node.status = static_cast<ShipmentStatus>(1 + Small(14));
  node.text = Word();
  node.life = Word();
  node.precedence = static_cast<std::uint8_t>(Small(2));
  node.rider_name = Word();
  return node;
}

ShipmentLook AnyLook() {
  ShipmentLook look;
  look.key = {.updated_at = At(Small(2)),
              .asked_at = At(Small(3)),
              .digest = Digest(static_cast<std::uint64_t>(Small(3)))};
  look.platform_no = Word();
  if (Perhaps()) look.fee = Fen(Small(3));
  if (Perhaps()) look.distance_m = Small(3);
  look.cancel_reason = Word();
  return look;
}

/// Few values of everything, so that payloads tie, repeat and contradict each other.
ShipmentFacts AnyFacts() {
  ShipmentFacts facts;
  for (int left = Small(4); left > 0; --left) facts.nodes.push_back(AnyNode());
  if (Perhaps()) facts.look = AnyLook();
  if (Perhaps()) facts.waybills.push_back({.no = Word(), .kind = WaybillKind(1 + Small(4))});
  if (Perhaps()) facts.position = RiderPosition{.at = AnyTime(), .latitude = "3", .longitude = "1"};
  if (Perhaps()) facts.asks = RiderAsks{.platform_no = {}, .reason = Word(), .at = AnyTime()};
  if (Perhaps()) facts.issues.push_back({.code = "unknown_status", .detail = Word()});
  return facts;
}

std::vector<ShipmentFacts> AnyStory() {
  std::vector<ShipmentFacts> story(static_cast<std::size_t>(Small(8)));
  std::ranges::generate(story, AnyFacts);
  // One payload read by one program says one thing.
  std::map<LookKey, ShipmentLook> said;
  for (ShipmentFacts& facts : story) {
    if (facts.look) facts.look = said.try_emplace(facts.look->key, *facts.look).first->second;
  }
  return story;
}

/// The same facts in as many pieces as can come apart.
std::vector<ShipmentFacts> Pieces(const ShipmentFacts& facts) {
  std::vector<ShipmentFacts> pieces;
  for (const TrackingNode& node : facts.nodes) pieces.push_back(Told({node}));
  if (facts.look) pieces.push_back(Told(*facts.look));
  ShipmentFacts rest = facts;
  rest.nodes.clear();
  rest.look.reset();
  pieces.push_back(std::move(rest));
  return pieces;
}

ShipmentState MergedInOrder(const std::vector<ShipmentFacts>& story) {
  ShipmentState state;
  for (const ShipmentFacts& facts : story) state.Merge(facts);
  return state;
}

TEST(ShipmentMerge, NeitherOrderNorRepetitionNorDivisionMatters) {
  CheckMany(5'000, [] {
    const auto story = AnyStory();
    std::vector<ShipmentFacts> again = story;
    for (const ShipmentFacts& facts : story) {
      for (ShipmentFacts& piece : Pieces(facts)) again.push_back(std::move(piece));
    }
    std::ranges::shuffle(again, std::mt19937(*rc::gen::arbitrary<std::uint32_t>()));
    const ShipmentState a = MergedInOrder(story);
    const ShipmentState b = MergedInOrder(again);
    RC_ASSERT(Shown(a).dump() == Shown(b).dump());
    RC_ASSERT(Bytes(a) == Bytes(b));
  });
}

TEST(ShipmentMerge, StoringBetweenMergesChangesNothing) {
  CheckMany(2'000, [] {
    const auto story = AnyStory();
    ShipmentState state;
    for (const ShipmentFacts& facts : story) {
      state.Merge(facts);
      auto loaded = ShipmentState::Decode(Bytes(state));
      RC_ASSERT(loaded.has_value());
      state = std::move(*loaded);
    }
    RC_ASSERT(state == MergedInOrder(story));
  });
}

/// `count` steps in batches of ten, some twice, in an order of their own.
std::vector<ShipmentFacts> Shuffled(int count, std::uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<TrackingNode> nodes;
  for (int i = 0; i < count; ++i) nodes.push_back(Step(i, ShipmentStatus::kInTransit));
  std::vector<TrackingNode> told = nodes;
  told.insert(told.end(), nodes.begin(), nodes.begin() + count / 2);
  std::ranges::shuffle(told, random);
  std::vector<ShipmentFacts> batches;
  for (std::size_t i = 0; i < told.size(); i += 10) {
    const std::size_t end = std::min(i + 10, told.size());
    batches.push_back(Told(std::vector(told.begin() + static_cast<std::ptrdiff_t>(i),
                                       told.begin() + static_cast<std::ptrdiff_t>(end))));
  }
  return batches;
}

TEST(ShipmentMerge, ManyStepsGiveOneHistory) {
  const ShipmentState state = MergedInOrder(Shuffled(500, 1));
  EXPECT_EQ(Bytes(state), Bytes(MergedInOrder(Shuffled(500, 2))));
  std::vector<std::string> times;
  const auto shown = Shown(state);
  for (const auto& step : shown["tracking"]) times.push_back(step["at"]);
  EXPECT_THAT(times, SizeIs(500));
  EXPECT_TRUE(std::ranges::is_sorted(times));
}

TEST(ShipmentMerge, TooManyStepsLeaveTheLatest) {
  const ShipmentState state = MergedInOrder(Shuffled(2'100, 1));
  EXPECT_EQ(Bytes(state), Bytes(MergedInOrder(Shuffled(2'100, 2))));
  const auto shown = Shown(state);
  EXPECT_THAT(shown["tracking"], SizeIs(ShipmentState::kMaxNodes));
  EXPECT_EQ(shown["tracking"].front()["at"], ToRfc3339(At(100)));
  EXPECT_EQ(shown["issues"].at(0)["code"], "tracking_overflow");
}

TEST(ShipmentStatusOf, ItIsCreatedWhileNothingIsTold) {
  EXPECT_EQ(ShipmentState().status(), ShipmentStatus::kCreated);
}

TEST(ShipmentStatusOf, AFailureHoldsUntilAStepSaysOtherwise) {
  ShipmentState state;
  state.Fail({.code = "2155", .message = "The balance is exhausted."});
  EXPECT_EQ(state.status(), ShipmentStatus::kFailed);
  EXPECT_EQ(Shown(state)["failure"]["code"], "2155");
  state.Merge(Told({Step(1, ShipmentStatus::kSearching)}));
  EXPECT_EQ(state.status(), ShipmentStatus::kSearching);
}

TEST(ShipmentStatusOf, TheLatestStepDecidesEvenBackwards) {
  EXPECT_EQ(
      After({Step(1, ShipmentStatus::kAssigned), Step(2, ShipmentStatus::kSearching)}).status(),
      ShipmentStatus::kSearching);
}

TEST(ShipmentStatusOf, AtOneTimePrecedenceComesBeforeRank) {
  TrackingNode anew = Step(1, ShipmentStatus::kSearching);
  EXPECT_EQ(After({anew, Step(1, ShipmentStatus::kAssigned)}).status(), ShipmentStatus::kAssigned);
  anew.precedence = 1;
  EXPECT_EQ(After({anew, Step(1, ShipmentStatus::kAssigned)}).status(), ShipmentStatus::kSearching);
}

TEST(ShipmentStatusOf, DeliveredIsLeftOnlyForTheWayBack) {
  EXPECT_EQ(After({Step(1, ShipmentStatus::kDelivered), Step(2, ShipmentStatus::kInTransit),
                   Step(3, ShipmentStatus::kCancelled)})
                .status(),
            ShipmentStatus::kDelivered);
  EXPECT_EQ(
      After({Step(1, ShipmentStatus::kDelivered), Step(2, ShipmentStatus::kReturning)}).status(),
      ShipmentStatus::kReturning);
}

TEST(ShipmentStatusOf, TheLifeThatBeganLastDecides) {
  const ShipmentState state = After({OfLife(Step(1, ShipmentStatus::kAssigned), "zzz"),
                                     OfLife(Step(2, ShipmentStatus::kSearching), "aaa"),
                                     OfLife(Step(9, ShipmentStatus::kCancelled), "zzz")});
  EXPECT_EQ(state.status(), ShipmentStatus::kSearching);
}

TEST(ShipmentStatusOf, AStepWithoutALifeBelongsToTheCurrentOne) {
  const ShipmentState state = After(
      {OfLife(Step(1, ShipmentStatus::kSearching), "aaa"), Step(2, ShipmentStatus::kAssigned)});
  EXPECT_EQ(state.status(), ShipmentStatus::kAssigned);
}

TEST(ShipmentStatusOf, AStepWithoutATimeCountsOnlyWhileNoneHasOne) {
  ShipmentState state = After({Node(std::nullopt, ShipmentStatus::kDelivered, "a")});
  EXPECT_EQ(state.status(), ShipmentStatus::kDelivered);
  state.Merge(Told({Step(1, ShipmentStatus::kAssigned)}));
  EXPECT_EQ(state.status(), ShipmentStatus::kAssigned);
}

TEST(ShipmentStatusOf, AStepThatOnlyAddsMovesNothing) {
  TrackingNode note = Step(9, ShipmentStatus::kException);
  note.status.reset();
  const ShipmentState state = After({Step(1, ShipmentStatus::kInTransit), note});
  EXPECT_EQ(state.status(), ShipmentStatus::kInTransit);
  EXPECT_THAT(Shown(state)["tracking"], SizeIs(2));
}

TEST(ShipmentLive, EndsWithItsStatus) {
  const std::map<ShipmentStatus, bool> expected{
      {ShipmentStatus::kSearching, true}, {ShipmentStatus::kException, true},
      {ShipmentStatus::kReturning, true}, {ShipmentStatus::kDelivered, false},
      {ShipmentStatus::kReturned, false}, {ShipmentStatus::kCancelled, false},
      {ShipmentStatus::kFailed, false},
  };
  for (const auto& [status, live] : expected) {
    EXPECT_EQ(After({Step(1, status)}).live(), live) << Name(status);
  }
}

TEST(ShipmentRider, BelongsToTheStepThatDecides) {
  ShipmentState state = After({Step(1, ShipmentStatus::kAssigned, "张三")});
  state.Merge({.platform = {},
               .number = {},
               .waybill = {},
               .look = {},
               .nodes = {},
               .waybills = {},
               .position = RiderPosition{.at = At(2), .latitude = "31.2", .longitude = "121.4"},
               .asks = {},
               .issues = {}});
  EXPECT_EQ(Shown(state)["rider"]["name"], "张三");
  EXPECT_EQ(Shown(state)["rider"]["latitude"], 31.2);
  EXPECT_EQ(Shown(state)["rider"]["at"], ToRfc3339(At(2)));
  state.Merge(Told({Step(3, ShipmentStatus::kSearching)}));
  EXPECT_EQ(Shown(state)["rider"]["name"], "");
  EXPECT_EQ(Shown(state)["rider"]["latitude"], nullptr);
  // The next one is not where the last one was.
  state.Merge(Told({Step(4, ShipmentStatus::kAssigned, "李四")}));
  EXPECT_EQ(Shown(state)["rider"]["name"], "李四");
  EXPECT_EQ(Shown(state)["rider"]["latitude"], nullptr);
}

TEST(ShipmentAsks, TheAnswerIsToTheLatest) {
  ShipmentState state;
  state.Answer(true);
  EXPECT_EQ(Shown(state)["rider_asks"], nullptr);
  ShipmentFacts facts;
  facts.asks = RiderAsks{.platform_no = "1", .reason = "车坏了", .at = At(1)};
  state.Merge(facts);
  EXPECT_EQ(Shown(state)["rider_asks"]["answer"], nullptr);
  state.Answer(false);
  EXPECT_EQ(Shown(state)["rider_asks"]["answer"], "refused");
  EXPECT_EQ(state.open_ask(), nullptr);
  facts.asks->at = At(2);
  state.Merge(facts);
  EXPECT_EQ(Shown(state)["rider_asks"]["answer"], nullptr);
  EXPECT_NE(state.open_ask(), nullptr);
}

TEST(ShipmentJson, SaysWhatWasDecidedUntilTheCourierTells) {
  ShipmentState state;
  ShipmentIntent intent{.order = "meituan-1",
                        .store = "sh-001",
                        .consignment = {},
                        .plan = "{}",
                        .predecessor = "shp-1"};
  intent.consignment.receiver.name = "张三";
  intent.consignment.weight_g = 500;
  state.Create(intent);
  state.Choose({.platform = "dada",
                .connection = "dada-main",
                .quote = CourierQuote{
                    .fee = Fen(700), .distance_m = 1200, .deliver_at = At(60), .reference = {}}});
  auto shown = Shown(state);
  EXPECT_EQ(shown["platform"], "dada");
  EXPECT_EQ(shown["order"], "meituan-1");
  EXPECT_EQ(shown["platform_no"], nullptr);
  EXPECT_EQ(shown["receiver"]["name"], "张三");
  EXPECT_EQ(shown["predecessor"], "shp-1");
  EXPECT_EQ(shown["fee"], nullptr);
  EXPECT_EQ(shown["quote"]["fee"], 700);
  EXPECT_EQ(shown["distance_m"], 1200);
  EXPECT_EQ(shown["weight_g"], 500);
  EXPECT_EQ(shown["expected_at"], ToRfc3339(At(60)));
  EXPECT_FALSE(shown.contains("plan"));
  ShipmentLook look;
  look.platform_no = "2211220001";
  look.fee = Fen(800);
  look.distance_m = 1300;
  state.Merge(Told(look));
  shown = Shown(state);
  EXPECT_EQ(shown["platform_no"], "2211220001");
  EXPECT_EQ(shown["fee"], 800);
  EXPECT_EQ(shown["distance_m"], 1300);
}

TEST(ShipmentJson, ShowsEachStepOnceByTime) {
  const ShipmentState state =
      After({Node(2, ShipmentStatus::kInTransit, "b"), Node(1, ShipmentStatus::kPickedUp, "a"),
             Node(std::nullopt, ShipmentStatus::kPickedUp, "a")});
  std::vector<std::string> keys;
  const auto shown = Shown(state);
  for (const auto& step : shown["tracking"]) keys.push_back(step["key"]);
  EXPECT_THAT(keys, ElementsAre("a", "b"));
}

TEST(ShipmentJson, WaybillsAreASet) {
  ShipmentFacts facts;
  facts.waybills = {{.no = "SF2", .kind = WaybillKind::kChild}, {.no = "SF1"}, {.no = "SF1"}};
  ShipmentState state;
  state.Merge(facts);
  EXPECT_EQ(Shown(state)["waybills"], nlohmann::json::parse(R"([
      {"no": "SF1", "kind": "mother"}, {"no": "SF2", "kind": "child"}])"));
}

TEST(ShipmentCodec, RefusesWhatItNeverWrote) {
  ShipmentState state = After({Step(1, ShipmentStatus::kAssigned)});
  const std::string bytes = Bytes(state);
  EXPECT_FALSE(ShipmentState::Decode("").has_value());
  EXPECT_FALSE(ShipmentState::Decode("\x7f").has_value());
  for (std::size_t size = 1; size < bytes.size(); ++size) {
    EXPECT_FALSE(ShipmentState::Decode(bytes.substr(0, size)).has_value()) << size;
  }
  EXPECT_FALSE(ShipmentState::Decode(bytes + "x").has_value());
}

TEST(ShipmentDecisions, ComeBackFromTheirBytes) {
  ShipmentIntent intent{.order = "meituan-1",
                        .store = "sh-001",
                        .consignment = {},
                        .plan = R"({"policy":"cheapest"})",
                        .predecessor = {}};
  intent.consignment.goods = {{.name = "牛肉饭", .code = {}, .unit = "份", .amount = Fen(1500)}};
  intent.consignment.deliver_at = At(5);
  const ShipmentChoice choice{.platform = "dada",
                              .connection = "dada-main",
                              .quote = CourierQuote{.fee = Fen(700),
                                                    .distance_m = {},
                                                    .deliver_at = {},
                                                    .reference = "r-1",
                                                    .expires_at = At(180)}};
  const ShipmentFailure failure{.code = "2155", .message = "The balance is exhausted."};
  std::string bytes;
  Encode(bytes, intent);
  EXPECT_EQ(DecodeShipmentIntent(bytes).value(), intent);
  EXPECT_FALSE(DecodeShipmentIntent(bytes + "x").has_value());
  bytes.clear();
  Encode(bytes, choice);
  EXPECT_EQ(DecodeShipmentChoice(bytes).value(), choice);
  bytes.clear();
  Encode(bytes, failure);
  EXPECT_EQ(DecodeShipmentFailure(bytes).value(), failure);
  EXPECT_FALSE(DecodeShipmentFailure("").has_value());
}

ShipmentFacts WithWaybills(std::vector<TrackingNode> nodes, std::vector<Waybill> waybills) {
  ShipmentFacts facts = Told(std::move(nodes));
  facts.waybills = std::move(waybills);
  return facts;
}

TEST(Waybills, OfChildrenMoveNothing) {
  for (const WaybillKind kind : {WaybillKind::kChild, WaybillKind::kSignBack}) {
    ShipmentState state;
    state.Merge(WithWaybills({Node(1, ShipmentStatus::kInTransit, "SF1/30"),
                              Node(2, ShipmentStatus::kDelivered, "SF2/80")},
                             {{.no = "SF1", .kind = WaybillKind::kMother}}));
    EXPECT_EQ(state.status(), ShipmentStatus::kDelivered);
    state.Merge(WithWaybills({}, {{.no = "SF2", .kind = kind}}));
    EXPECT_EQ(state.status(), ShipmentStatus::kInTransit);
    EXPECT_THAT(Shown(state)["tracking"], SizeIs(2));
  }
}

TEST(Waybills, OfReturnsBringItBack) {
  const std::vector<Waybill> waybills{{.no = "SF1", .kind = WaybillKind::kMother},
                                      {.no = "SF9", .kind = WaybillKind::kReturn}};
  ShipmentState state;
  state.Merge(WithWaybills({Node(1, ShipmentStatus::kException, "SF1/70"),
                            Node(2, ShipmentStatus::kInTransit, "SF9/30")},
                           waybills));
  EXPECT_EQ(state.status(), ShipmentStatus::kReturning);
  state.Merge(Told({Node(3, ShipmentStatus::kDelivered, "SF9/80")}));
  EXPECT_EQ(state.status(), ShipmentStatus::kReturned);
  EXPECT_FALSE(state.live());
}

TEST(Steps, ThatOneCopyKnowsBetterMeanWhatItSays) {
  TrackingNode plain = Node(1, ShipmentStatus::kException, "SF1/33");
  TrackingNode knowing = Node(1, ShipmentStatus::kAwaitingPickup, "SF1/33");
  knowing.precedence = 1;
  for (const auto& nodes : {std::vector{plain, knowing}, std::vector{knowing, plain}}) {
    EXPECT_EQ(After(nodes).status(), ShipmentStatus::kAwaitingPickup);
  }
}

}  // namespace
}  // namespace weir::model::testing
