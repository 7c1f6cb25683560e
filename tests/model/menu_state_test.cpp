// SPDX-License-Identifier: Apache-2.0
#include "model/menu_state.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>

#include "tests/model/order_builders.hpp"
#include "tests/model/order_stories.hpp"

namespace weir::model::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

MenuItem Sold(std::string id, std::int64_t fen) {
  MenuItem item;
  item.id = id;
  item.name = "牛肉饭";
  item.specs.push_back(
      {.platform_sku = id + "-L", .name = "大份", .merchant_code = {}, .price = Fen(fen)});
  return item;
}

MenuFacts Observed(int asked, std::vector<MenuItem> items) {
  return {.platform = "meituan",
          .platform_shop = "shop_001",
          .key = {.updated_at = {},
                  .asked_at = At(asked),
                  .digest = Digest(static_cast<std::uint64_t>(asked + 10))},
          .categories = {{.id = "主食", .name = "主食", .parent = {}, .sort = 1}},
          .items = std::move(items),
          .issues = {}};
}

std::string Bytes(const MenuState& state) {
  std::string bytes;
  state.Encode(bytes);
  return bytes;
}

TEST(MenuMerge, NeitherOrderNorRepetitionMatters) {
  CheckMany(2'000, [] {
    std::vector<MenuFacts> story;
    for (int i = *rc::gen::inRange(0, 6); i > 0; --i) {
      const int asked = *rc::gen::inRange(0, 4);
      story.push_back(Observed(asked, {Sold("F" + std::to_string(asked), asked)}));
    }
    auto again = story;
    again.insert(again.end(), story.begin(), story.end());
    std::ranges::shuffle(again, std::mt19937(*rc::gen::arbitrary<std::uint32_t>()));
    MenuState a;
    for (const MenuFacts& facts : story) a.Merge(facts);
    MenuState b;
    for (const MenuFacts& facts : again) b.Merge(facts);
    RC_ASSERT(Bytes(a) == Bytes(b));
    const auto loaded = MenuState::Decode(Bytes(a));
    RC_ASSERT(loaded.has_value());
    RC_ASSERT(*loaded == a);
  });
}

TEST(MenuMerge, TheNewestObservationWinsWhole) {
  MenuState state;
  EXPECT_TRUE(state.Merge(Observed(2, {Sold("F2", 1500)})));
  EXPECT_FALSE(state.Merge(Observed(1, {Sold("F1", 1500)})));
  ASSERT_THAT(state.items(), SizeIs(1));
  EXPECT_EQ(state.items()[0].id, "F2");
  EXPECT_TRUE(state.Shows(Digest(12)));
}

TEST(MenuMerge, AnItemToldTwiceCountsOnce) {
  MenuState state;
  state.Merge(Observed(1, {Sold("F1", 1500), Sold("F1", 1600)}));
  ASSERT_THAT(state.items(), SizeIs(1));
  EXPECT_EQ(nlohmann::json::parse(state.items()[0].json)["specs"][0]["price"], 1500);
}

TEST(MenuChangesTest, NameWhatChanged) {
  MenuState before;
  before.Merge(Observed(1, {Sold("F1", 1500), Sold("F2", 1500), Sold("F3", 1500)}));
  MenuState after = before;
  after.Merge(Observed(2, {Sold("F1", 1500), Sold("F2", 1800), Sold("F4", 900)}));
  const MenuChanges changes = after.ChangesSince(before);
  EXPECT_THAT(changes.added, ElementsAre("F4"));
  EXPECT_THAT(changes.removed, ElementsAre("F3"));
  EXPECT_THAT(changes.changed, ElementsAre("F2"));
  EXPECT_NE(before.items_sum(), after.items_sum());
}

TEST(MenuChangesTest, NameNoMoreThanAReaderWants) {
  MenuChanges changes;
  for (std::size_t i = 0; i <= kMostNamedItems; ++i) changes.added.push_back(std::to_string(i));
  std::string out = "{";
  AppendMenuChanges(out, changes);
  const auto shown = nlohmann::json::parse(out + "}")["changes"];
  EXPECT_THAT(shown["added"], SizeIs(kMostNamedItems));
  EXPECT_THAT(shown["removed"], IsEmpty());
  EXPECT_EQ(shown["more"], true);
}

TEST(MenuJson, TheHeadCarriesNoItems) {
  MenuState state;
  state.Merge(Observed(1, {Sold("F1", 1500)}));
  std::string out = "{";
  state.AppendBody(out, "meituan", "mt-main", "");
  out.push_back(',');
  state.AppendTail(out, "");
  const auto shown = nlohmann::json::parse(out + "}");
  EXPECT_EQ(shown["item_count"], 1);
  EXPECT_FALSE(shown.contains("items"));
  EXPECT_EQ(shown["store"], nullptr);
  EXPECT_EQ(shown["categories"][0]["name"], "主食");
  EXPECT_EQ(shown["issues"][0]["code"], "unmapped_store");
}

TEST(MenuCodec, TakesNoOtherBytes) {
  MenuState state;
  state.Merge(Observed(1, {Sold("F1", 1500)}));
  const std::string bytes = Bytes(state);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(MenuState::Decode(std::string_view(bytes).substr(0, size))) << size;
  }
}

}  // namespace
}  // namespace weir::model::testing
