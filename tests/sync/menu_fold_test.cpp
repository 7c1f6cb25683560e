// SPDX-License-Identifier: Apache-2.0
#include "sync/menu_fold.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sync/fold_scene.hpp"

namespace weir::sync::testing {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class MenuFoldTest : public ::testing::Test {
 protected:
  void Observe(int asked, const std::vector<std::string>& ids, const std::string& name = "饭") {
    model::MenuFacts facts;
    facts.platform = "meituan";
    facts.platform_shop = "shop_001";
    facts.key.asked_at = Instant(std::chrono::seconds(asked));
    facts.key.digest = {.high = 0, .low = static_cast<std::uint64_t>(asked)};
    for (const std::string& id : ids) {
      model::MenuItem item;
      item.id = id;
      item.name = name;
      facts.items.push_back(std::move(item));
    }
    auto mapped = std::make_shared<mapping::Mapped>();
    mapped->menus.push_back(std::move(facts));
    scene_.Append({.envelope = {.kind = storage::EntryKind::kPulled,
                                .merchant = "demo",
                                .connection = "mt-main",
                                .platform = "meituan",
                                .dialect = "pages",
                                .topic = "menu",
                                .received_at = scene_.clock.Now()},
                   .payload = "p",
                   .attachment = std::move(mapped)});
    scene_.FoldAll();
  }
  json Head() {
    const auto found = scene_.Must(scene_.Run(scene_.storage.ReadPublished(
        storage::RecordKind::kMenu, "demo", MenuId("mt-main", "shop_001"))));
    return found ? json::parse(found->json) : json();
  }
  std::size_t ChangeCount() {
    return scene_.Must(scene_.Run(scene_.storage.ReadChanges("demo", 0, 100, {}))).changes.size();
  }

  FoldScene scene_;
};

TEST_F(MenuFoldTest, AChangeNamesWhatChanged) {
  Observe(1, {"F1", "F2"});
  EXPECT_THAT(Head()["changes"]["added"], ElementsAre("F1", "F2"));
  Observe(2, {"F2", "F3"});
  EXPECT_THAT(Head()["changes"]["added"], ElementsAre("F3"));
  EXPECT_THAT(Head()["changes"]["removed"], ElementsAre("F1"));
  EXPECT_THAT(Head()["changes"]["changed"], IsEmpty());
  EXPECT_EQ(Head()["item_count"], 2);
  EXPECT_EQ(Head()["version"], 2);
  EXPECT_FALSE(Head().contains("items"));
}

TEST_F(MenuFoldTest, AnEarlierReadChangesNothing) {
  Observe(2, {"F1"});
  Observe(1, {"F2"});
  EXPECT_EQ(ChangeCount(), 1U);
  EXPECT_EQ(Head()["observed_at"], "1970-01-01T00:00:02.000Z");
}

TEST_F(MenuFoldTest, TheItemsStandInTheState) {
  Observe(1, {"F1", "F2"});
  auto row = scene_.Must(scene_.Run(
      scene_.storage.Read(storage::RecordKind::kMenu, "demo", MenuId("mt-main", "shop_001"))));
  ASSERT_TRUE(row);
  const auto menu = MenuOf(*std::move(row));
  ASSERT_TRUE(menu);
  ASSERT_THAT(menu->items(), SizeIs(2));
  EXPECT_EQ(json::parse(menu->items()[1].json)["id"], "F2");
}

TEST_F(MenuFoldTest, AnUnlinkedShopIsAnIssueUntilItIsLinked) {
  Observe(1, {"F1"});
  EXPECT_EQ(Head()["issues"][0]["code"], "unmapped_store");
  scene_.Declare(ConnectionSetting{.id = "mt-main",
                                   .platform = "meituan",
                                   .stores = {{"shop_001", "sh-001"}},
                                   .accept_within = {}});
  scene_.FoldAll();
  EXPECT_EQ(Head()["store"], "sh-001");
  EXPECT_THAT(Head()["changes"]["added"], IsEmpty());
}

}  // namespace
}  // namespace weir::sync::testing
