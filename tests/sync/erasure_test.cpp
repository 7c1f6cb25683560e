// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <algorithm>

#include "sync/erasure_plan.hpp"
#include "sync/erasure_search.hpp"
#include "sync/requests.hpp"
#include "sync/residue.hpp"
#include "tests/model/order_builders.hpp"
#include "tests/model/order_stories.hpp"
#include "tests/sync/fold_scene.hpp"

namespace weir::sync::testing {
namespace {

using model::testing::At;
using model::testing::Bare;
using model::testing::CheckMany;
using model::testing::Digest;
using model::testing::FactsOf;
using model::testing::Stories;
using model::testing::Told;
using storage::EntryKind;
using storage::Position;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr const char* kOrder = "meituan-270123451";
constexpr const char* kNumber = "270123451";
constexpr const char* kOther = "270123452";
constexpr const char* kPhone = "13800000000";

/// A platform whose payloads say what they mean.
Mappers PlainMappers() {
  return {{"meituan", [](const mapping::Payload& payload) {
             auto mapped = DecodeResidue(payload.bytes);
             if (mapped) return *std::move(mapped);
             mapping::Mapped refused;
             refused.unmappable = {"malformed_payload", "not plain"};
             return refused;
           }}};
}

model::OrderFacts Placed(const char* number, const std::string& phone, int second = 0) {
  model::OrderFacts facts;
  facts.platform = "meituan";
  facts.platform_order_id = number;
  facts.snapshot = Bare(second);
  facts.snapshot->key.digest = Digest(static_cast<std::uint64_t>(second) + 1);
  facts.snapshot->customer.phone = phone;
  facts.snapshot->customer.name = "张三";
  facts.snapshot->totals.paid = model::testing::Fen(3200);
  return facts;
}

storage::NewEntry EntryOf(EntryKind kind, std::string payload) {
  return {.envelope = {.kind = kind,
                       .merchant = "demo",
                       .connection = "mt-main",
                       .platform = "meituan",
                       .dialect = {},
                       .topic = "order/paid",
                       .received_at = {}},
          .payload = std::move(payload)};
}

/// A fold whose entries can be read back and mapped again.
class Scene : public FoldScene {
 public:
  Position Append(storage::NewEntry entry, bool erased = false) {
    entry.attachment =
        MapEntry(mappers, {.envelope = entry.envelope, .payload = entry.payload, .erased = erased});
    const auto position = FoldScene::Append(std::move(entry));
    FoldAll();
    return position;
  }
  Position Tell(std::vector<model::OrderFacts> facts) {
    mapping::Mapped mapped;
    mapped.orders = std::move(facts);
    return Append(EntryOf(EntryKind::kPush, EncodeResidue(mapped)));
  }

  std::vector<storage::Entry> Entries() {
    return Must(Run(storage.Scan({.offset = 1}, 1000, 1 << 30)));
  }
  std::vector<storage::ChangeRow> Changes() {
    return Must(Run(storage.ReadChanges("demo", 0, 1000, {}))).changes;
  }
  std::optional<storage::RecordRow> Row(const std::string& id) {
    return Must(Run(storage.Read(storage::RecordKind::kOrder, "demo", id)));
  }

  ErasureTarget Find(std::initializer_list<const char*> orders, const std::string& phone = {}) {
    ErasureSearch search(storage, mappers, {.merchant = "demo"});
    for (const char* order : orders) search.AddOrder(order);
    if (!phone.empty()) search.AddPhone(phone);
    Must(Run(search.Run()));
    mentions = search.mentions();
    return search.target();
  }
  storage::Erasure Plan(const ErasureTarget& target) {
    return Must(Run(PlanErasure(storage, mappers, target)));
  }

  const Mappers mappers = PlainMappers();
  std::map<std::string, Position> mentions;
};

/// The journal of `scene` after the erasure, folded anew.
void Refold(Scene& scene, const storage::Erasure& erasure, Scene& again) {
  for (const storage::Entry& entry : scene.Entries()) {
    const auto residue = erasure.residues.find(entry.position);
    const bool erased = residue != erasure.residues.end();
    again.Append({.envelope = entry.envelope, .payload = erased ? residue->second : entry.payload},
                 erased);
  }
}

/// The feed as the erasure leaves it.
std::vector<storage::ChangeRow> FeedAfter(Scene& scene, const storage::Erasure& erasure) {
  auto feed = scene.Changes();
  for (storage::ChangeRow& change : feed) {
    const auto other = std::ranges::find(erasure.changes, change.seq, &storage::ChangeRow::seq);
    if (other != erasure.changes.end()) change = *other;
  }
  return feed;
}

std::string TextOf(const storage::ChangeRow& change) {
  return change.Id() + " " + change.type + " " + std::to_string(change.version) + " " + change.data;
}

std::string TextOf(const std::vector<storage::ChangeRow>& feed) {
  std::string text;
  for (const auto& change : feed) text += TextOf(change) + "\n";
  return text;
}

void ExpectSameRow(const storage::RecordRow& planned, const storage::RecordRow& folded) {
  EXPECT_EQ(planned.version, folded.version);
  EXPECT_EQ(planned.published_seq, folded.published_seq);
  EXPECT_EQ(planned.trail, folded.trail);
  EXPECT_EQ(planned.columns.status, folded.columns.status);
  EXPECT_EQ(planned.columns.display, folded.columns.display);
  EXPECT_EQ(planned.columns.store, folded.columns.store);
  EXPECT_EQ(planned.columns.updated_at, folded.columns.updated_at);
  EXPECT_EQ(planned.columns.sorted_at, folded.columns.sorted_at);
  EXPECT_TRUE(planned.state == folded.state);
}

/// Erases the order of a scene in thought, and folds what is left.
void ExpectFoldsToWhatIsPlanned(Scene& scene) {
  const auto erasure = scene.Plan(scene.Find({kOrder}));
  Scene again;
  Refold(scene, erasure, again);
  EXPECT_EQ(TextOf(again.Changes()), TextOf(FeedAfter(scene, erasure)));
  for (const auto& planned : erasure.records) {
    const auto folded = again.Row(planned.id);
    ASSERT_TRUE(folded);
    ExpectSameRow(planned, *folded);
  }
}

TEST(ErasureTest, AnErasedStoryFoldsToWhatIsPlanned) {
  CheckMany(300, [] {
    Scene scene;
    std::uint64_t number = 0;
    for (const Told& told : *Stories()) {
      auto facts = FactsOf(told);
      facts.platform = "meituan";
      facts.platform_order_id = told[7] % 4 == 3 ? kOther : kNumber;
      facts.platform_display_id.clear();
      ++number;
      if (facts.snapshot) facts.snapshot->key.digest = Digest(number);
      if (facts.extra) facts.extra->key.digest = Digest(number);
      for (auto& fact : facts.refunds) fact.digest = Digest(number);
      scene.Tell({facts});
      // Senders repeat themselves.
      if (told[6] % 4 == 0) scene.Tell({std::move(facts)});
    }
    if (!scene.Row(kOrder)) RC_DISCARD("nothing was told of the order");
    ExpectFoldsToWhatIsPlanned(scene);
    RC_ASSERT(!::testing::Test::HasFailure());
  });
}

TEST(ErasureTest, AVersionThatOnlyThePhoneMadeStays) {
  Scene scene;
  scene.Tell({Placed(kNumber, "138****0000", 1)});
  scene.Tell({Placed(kNumber, kPhone, 2)});
  ASSERT_EQ(scene.Row(kOrder)->version, 2U);
  ExpectFoldsToWhatIsPlanned(scene);
}

TEST(ErasureTest, AVersionBeforeTheFirstChangeStaysToo) {
  Scene scene;
  model::OrderFacts facts{.platform = "meituan", .platform_order_id = kNumber};
  for (const char* members : {R"({"a":"1"})", R"({"a":"2"})"}) {
    facts.extra = model::ExtraFact{.event = "urged", .members = members};
    scene.Tell({facts});
  }
  scene.Tell({Placed(kNumber, kPhone)});
  ASSERT_EQ(scene.Changes().front().version, 3U);
  ExpectFoldsToWhatIsPlanned(scene);
}

TEST(ErasureTest, NothingOfTheCustomerIsLeft) {
  Scene scene;
  scene.Tell({Placed(kNumber, kPhone), Placed(kOther, "13900000000")});
  const auto erasure = scene.Plan(scene.Find({kOrder}));
  ASSERT_THAT(erasure.residues, SizeIs(1));
  const auto& residue = erasure.residues.begin()->second;
  EXPECT_THAT(residue, Not(HasSubstr(kPhone)));
  EXPECT_THAT(residue, HasSubstr("13900000000")) << "another customer's stays";
  ASSERT_THAT(erasure.changes, SizeIs(1));
  EXPECT_THAT(erasure.changes.front().data, Not(HasSubstr(kPhone)));
  ASSERT_THAT(erasure.records, SizeIs(1));
  EXPECT_THAT(erasure.records.front().state, Not(HasSubstr(kPhone)));
  ExpectFoldsToWhatIsPlanned(scene);
}

TEST(ErasureTest, PlannedOnceMoreItIsTheSame) {
  Scene scene;
  scene.Tell({Placed(kNumber, "138****0000", 1)});
  scene.Tell({Placed(kNumber, kPhone, 2)});
  const auto erasure = scene.Plan(scene.Find({kOrder}));
  Scene again;
  Refold(scene, erasure, again);
  EXPECT_EQ(TextOf(again.Plan(again.Find({kOrder})).changes), TextOf(erasure.changes));
}

TEST(ErasureTest, WhatComesLaterIsErasedByTheFold) {
  Scene scene;
  scene.Tell({Placed(kNumber, kPhone, 1)});
  Scene again;
  Refold(scene, scene.Plan(scene.Find({kOrder})), again);
  auto later = Placed(kNumber, kPhone, 2);
  later.snapshot->totals.paid = model::testing::Fen(3100);
  again.Tell({std::move(later)});
  const auto order = again.Order(kNumber);
  EXPECT_EQ(order["customer"]["phone"], "");
  EXPECT_EQ(order["totals"]["paid"], 3100);
  EXPECT_EQ(order["issues"][0]["code"], "erased");
}

TEST(ErasureTest, WhatIsNotFoldedYetIsErasedWhenItIs) {
  Scene scene;
  scene.Tell({Placed(kNumber, kPhone, 1)});
  mapping::Mapped mapped;
  mapped.orders = {Placed(kNumber, "13800000001", 2)};
  scene.FoldScene::Append(EntryOf(EntryKind::kPush, EncodeResidue(mapped)));
  const auto erasure = scene.Plan(scene.Find({kOrder}));
  ASSERT_THAT(erasure.residues, SizeIs(2));
  const auto left = DecodeResidue(erasure.residues.rbegin()->second);
  ASSERT_TRUE(left);
  EXPECT_FALSE(left->orders.front().effect);
  EXPECT_EQ(left->orders.front().snapshot->customer.phone, "");
}

TEST(ErasureTest, ARedriveIsErasedInsideAndStillReleasesWhatItCarried) {
  Scene scene;
  mapping::Mapped mapped;
  mapped.orders = {Placed(kNumber, kPhone)};
  const auto carried = EntryOf(EntryKind::kPush, EncodeResidue(mapped));
  scene.Append(EntryOf(EntryKind::kRedrive, EncodeRedriven({.position = {.offset = 7},
                                                            .envelope = carried.envelope,
                                                            .payload = carried.payload})));
  const auto erasure = scene.Plan(scene.Find({kOrder}));
  ASSERT_THAT(erasure.residues, SizeIs(1));
  const auto left = DecodeRedriven(erasure.residues.begin()->second);
  ASSERT_TRUE(left);
  EXPECT_EQ(left->position.offset, 7U);
  EXPECT_THAT(left->payload, Not(HasSubstr(kPhone)));
  ExpectFoldsToWhatIsPlanned(scene);
}

TEST(ErasureTest, WhatCannotBeMappedKeepsItsReason) {
  Scene scene;
  scene.Tell({Placed(kNumber, kPhone)});
  const auto parked =
      scene.Append(EntryOf(EntryKind::kPush, std::string("order ") + kNumber + " of " + kPhone));
  const auto erasure = scene.Plan(scene.Find({kOrder}));
  ASSERT_TRUE(erasure.residues.contains(parked));
  const auto left = DecodeResidue(erasure.residues.at(parked));
  ASSERT_TRUE(left && left->unmappable);
  EXPECT_EQ(left->unmappable->reason, "malformed_payload");
  EXPECT_THAT(erasure.residues.at(parked), Not(HasSubstr(kPhone)));
}

TEST(ErasureTest, AnAnswerThatQuotesTheOrderLosesItsBody) {
  Scene scene;
  scene.Tell({Placed(kNumber, kPhone)});
  const auto outcome = EncodeOutcome({.offset = 1}, {.body = std::string(kNumber) + " " + kPhone});
  const auto at = scene.Append(
      {.envelope = {.kind = EntryKind::kRequest, .merchant = "demo"}, .payload = outcome});
  const auto erasure = scene.Plan(scene.Find({kOrder}));
  EXPECT_THAT(erasure.residues.at(at), Not(HasSubstr(kPhone)));
  ASSERT_THAT(erasure.works, SizeIs(1));
  EXPECT_EQ(erasure.works.front().detail, erasure.residues.at(at));
}

TEST(ErasureSearchTest, APhoneNumberFindsEveryOrderOfItsCustomer) {
  Scene scene;
  scene.Tell({Placed("270123451", kPhone)});
  scene.Tell({Placed("270123452", "+86 138-0000-0000")});
  scene.Tell({Placed("270123453", "13900000000")});
  scene.Tell({Placed("270123454", kPhone, 1)});
  scene.Tell({Placed("270123454", "13900000000", 2)});  // another number took its place
  const auto target = scene.Find({}, kPhone);
  EXPECT_THAT(target.orders,
              ElementsAre("meituan-270123451", "meituan-270123452", "meituan-270123454"));
  EXPECT_THAT(target.entries, ElementsAre(Position{.offset = 1}, Position{.offset = 2},
                                          Position{.offset = 4}, Position{.offset = 5}));
}

TEST(ErasureSearchTest, WhoeverElseNamesThePhoneIsTold) {
  Scene scene;
  scene.Tell({Placed(kNumber, kPhone)});
  auto other = Placed(kOther, "13900000000");
  other.snapshot->remark = std::string("or call ") + kPhone;
  scene.Tell({std::move(other)});
  EXPECT_THAT(scene.Find({}, kPhone).orders, ElementsAre(kOrder));
  EXPECT_THAT(scene.mentions,
              ElementsAre(std::pair(std::string("meituan-") + kOther, Position{.offset = 2})));
}

TEST(ErasureSearchTest, AShortNumberFindsItsOrdersEntriesAndNoOthers) {
  Scene scene;
  scene.Tell({Placed("27", kPhone)});
  scene.Tell({Placed("28", kPhone)});
  scene.Tell({Placed("27", kPhone)});  // did nothing
  scene.Append(EntryOf(EntryKind::kPush, "27 of something"));
  EXPECT_THAT(scene.Find({"meituan-27"}).entries,
              ElementsAre(Position{.offset = 1}, Position{.offset = 3}));
}

TEST(ErasureSearchTest, OtherMerchantsAreNotLookedAt) {
  Scene scene;
  auto entry = EntryOf(EntryKind::kPush, "");
  mapping::Mapped mapped;
  mapped.orders = {Placed(kNumber, kPhone)};
  entry.payload = EncodeResidue(mapped);
  entry.envelope.merchant = "other";
  scene.Append(std::move(entry));
  EXPECT_THAT(scene.Find({}, kPhone).orders, IsEmpty());
}

TEST(ErasureSearchTest, AnUnknownOrderIsNamed) {
  Scene scene;
  ErasureSearch search(scene.storage, scene.mappers, {.merchant = "demo"});
  search.AddOrder(kOrder);
  const auto run = scene.Run(search.Run());
  ASSERT_FALSE(run);
  EXPECT_EQ(run.error().kind, ErrorKind::kNotFound);
  EXPECT_THAT(run.error().message, HasSubstr(kOrder));
}

TEST(ErasureSearchTest, ATargetIsNotedDownAndRead) {
  const ErasureTarget target{.merchant = "demo",
                             .orders = {"meituan-1", "meituan-2"},
                             .entries = {{.offset = 3}, {.offset = 4}},
                             .refusals = {7}};
  EXPECT_EQ(DecodeTarget(EncodeTarget(target)).value(), target);
  for (const char* text :
       {"", "{}", R"({"merchant":"m","orders":[],"entries":["x"],"refusals":[]})"}) {
    EXPECT_FALSE(DecodeTarget(text)) << text;
  }
}

TEST(ErasureSearchTest, PhonesAreReadInManyWays) {
  for (const char* text : {"13800000000", "+86 13800000000", "86-138-0000-0000"}) {
    EXPECT_EQ(PlainPhone(text), kPhone) << text;
  }
  for (const char* text : {"", "12345", "138****0000", "call me"}) EXPECT_EQ(PlainPhone(text), "");
}

TEST(ResidueTest, ComesBackOrIsRefused) {
  mapping::Mapped mapped;
  mapped.orders = {Placed(kNumber, kPhone)};
  mapped.stores = {{.platform_shop = "shop_001", .state = "open"}};
  mapped.unmappable = {.reason = "reason", .detail = "detail", .in_part = true};
  const auto bytes = EncodeResidue(mapped);
  const auto read = DecodeResidue(bytes);
  ASSERT_TRUE(read);
  EXPECT_EQ(EncodeResidue(*read), bytes);
  EXPECT_EQ(read->unmappable->detail, "detail");
  EXPECT_TRUE(read->unmappable->in_part);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(DecodeResidue(bytes.substr(0, size))) << size;
  }
  EXPECT_FALSE(DecodeResidue(bytes + "x"));
}

}  // namespace
}  // namespace weir::sync::testing
