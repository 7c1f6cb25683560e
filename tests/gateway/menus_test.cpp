// SPDX-License-Identifier: Apache-2.0
#include "base/binary.hpp"
#include "model/menu_state.hpp"
#include "sync/menu_fold.hpp"
#include "tests/gateway/records_fixture.hpp"

namespace weir::gateway::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

class MenusTest : public RecordsTest {
 protected:
  MenusTest() {
    Declare(sync::ConnectionSetting{.id = "mt-main",
                                    .platform = "meituan",
                                    .stores = {{"shop_001", "sh-001"}},
                                    .accept_within = {}});
  }

  /// A menu of so many items, as the fold leaves it.
  void Observe(std::size_t count) {
    model::MenuFacts facts;
    facts.platform = "meituan";
    facts.platform_shop = "shop_001";
    facts.key.asked_at = Instant(std::chrono::seconds(++observed_));
    for (std::size_t i = 0; i < count; ++i) {
      model::MenuItem item;
      item.id = "F" + std::to_string(i);
      item.name = "饭";
      item.extra = R"({"secret":"x"})";
      facts.items.push_back(std::move(item));
    }
    model::MenuState menu;
    menu.Merge(std::move(facts));
    std::string encoded;
    menu.Encode(encoded);
    std::string state;
    BinaryWriter writer(state);
    writer.U8(1);
    writer.SignedVarint(0);
    writer.Text("");
    writer.U64(0);
    writer.Text(encoded);
    json head = Example("Menu");
    head["item_count"] = count;
    Put(storage::RecordKind::kMenu, sync::MenuId("mt-main", "shop_001"),
        {.store = "sh-001", .platform = "meituan"}, head, std::move(state));
  }
  static std::vector<std::string> Ids(const json& menu) {
    std::vector<std::string> ids;
    for (const json& item : menu["items"]) ids.push_back(item["id"]);
    return ids;
  }

  int observed_ = 0;
};

TEST_F(MenusTest, AreListedWithoutTheirItems) {
  Observe(3);
  const json page = Get("/v1/menus?store=sh-001");
  ASSERT_THAT(page["data"], SizeIs(1));
  EXPECT_EQ(page["data"][0]["item_count"], 3);
  EXPECT_FALSE(page["data"][0].contains("items"));
  EXPECT_THAT(Get("/v1/menus?store=sh-002")["data"], SizeIs(0));
}

TEST_F(MenusTest, OneIsReadPageByPage) {
  Observe(3);
  const json first = Get("/v1/menus/sh-001/mt-main?limit=2");
  EXPECT_THAT(Ids(first), ElementsAre("F0", "F1"));
  const json second =
      Get("/v1/menus/sh-001/mt-main?cursor=" + first["next_cursor"].get<std::string>());
  EXPECT_THAT(Ids(second), ElementsAre("F2"));
  EXPECT_EQ(second["next_cursor"], nullptr);
  EXPECT_EQ(second["observed_at"], first["observed_at"]);
}

TEST_F(MenusTest, ThreeThousandItemsComeInPages) {
  Observe(3000);
  std::size_t items = 0;
  std::string cursor;
  do {
    const json page = Get("/v1/menus/sh-001/mt-main?limit=500" +
                          (cursor.empty() ? std::string() : "&cursor=" + cursor));
    items += page["items"].size();
    cursor = page["next_cursor"].is_null() ? "" : page["next_cursor"].get<std::string>();
  } while (!cursor.empty());
  EXPECT_EQ(items, 3000U);
}

TEST_F(MenusTest, APageOfAMenuThatHasChangedIsGone) {
  Observe(3);
  const std::string cursor = Get("/v1/menus/sh-001/mt-main?limit=2")["next_cursor"];
  Observe(4);
  EXPECT_EQ(Refusal("/v1/menus/sh-001/mt-main?cursor=" + cursor), "410 cursor_expired");
}

TEST_F(MenusTest, WhatNobodyHasReadIsNotThere) {
  EXPECT_EQ(Refusal("/v1/menus/sh-001/mt-main"), "404 not_found");
  Observe(1);
  EXPECT_EQ(Refusal("/v1/menus/sh-002/mt-main"), "404 not_found");
  EXPECT_EQ(Refusal("/v1/menus/sh-001/mt-second"), "404 not_found");
  EXPECT_EQ(Refusal("/v1/menus/sh-001/mt-main?cursor=ff"), "400 invalid_parameter");
}

TEST_F(MenusTest, HideWhatNobodyHasClassified) {
  Observe(1);
  EXPECT_EQ(Get("/v1/menus/sh-001/mt-main")["items"][0]["extra"]["secret"], "x");
  EXPECT_EQ(Get("/v1/menus/sh-001/mt-main", "read")["items"][0]["extra"], json::object());
}

}  // namespace
}  // namespace weir::gateway::testing
