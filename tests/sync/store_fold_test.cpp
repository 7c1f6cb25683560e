// SPDX-License-Identifier: Apache-2.0
#include "sync/store_fold.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <random>

#include "sync/shop_links.hpp"
#include "tests/sync/fold_scene.hpp"

namespace weir::sync::testing {
namespace {

using model::Source;
using model::StoreAspect;
using nlohmann::json;
using ::testing::ElementsAre;

Instant At(int second) { return Instant(std::chrono::seconds(1'700'000'000 + second)); }

model::StoreFact Told(StoreAspect aspect, std::string state, int second,
                      Source source = Source::kPush) {
  return {.aspect = aspect,
          .source = source,
          .platform_shop = "shop_001",
          .state = std::move(state),
          .cause = source == Source::kPush ? "merchant" : "",
          .reason = {},
          .at = At(second),
          .sent_at = {},
          .digest = {.high = 0, .low = static_cast<std::uint64_t>(second)}};
}

model::StoreProfile Profile(std::string name, int second) {
  return {.platform_shop = "shop_001",
          .key = {.updated_at = {},
                  .asked_at = At(second),
                  .digest = {.high = 1, .low = static_cast<std::uint64_t>(second)}},
          .name = std::move(name),
          .address = {},
          .phone = {},
          .hours = {},
          .latitude = {},
          .longitude = {},
          .extra = {}};
}

class StoreFoldTest : public ::testing::Test {
 protected:
  void Tell(std::vector<model::StoreFact> facts, std::vector<model::StoreProfile> profiles = {}) {
    auto mapped = std::make_shared<mapping::Mapped>();
    mapped->stores = std::move(facts);
    mapped->profiles = std::move(profiles);
    scene_.Append({.envelope = {.kind = storage::EntryKind::kPush,
                                .merchant = "demo",
                                .connection = "mt-main",
                                .platform = "meituan",
                                .dialect = {},
                                .topic = "shop/status",
                                .received_at = scene_.clock.Now()},
                   .payload = "p",
                   .attachment = std::move(mapped)});
    scene_.FoldAll();
  }
  void Link() {
    scene_.Declare(StoreSetting{.id = "sh-001", .name = "店", .code = "C"});
    scene_.Declare(setting_);
    scene_.FoldAll();
  }
  json Link1() {
    const auto found = scene_.Must(
        scene_.Run(scene_.storage.ReadPublished(storage::RecordKind::kStore, "demo", "sh-001")));
    return found ? json::parse(found->json)["links"][0] : json();
  }
  std::vector<std::string> Changes() {
    const auto page = scene_.Must(scene_.Run(scene_.storage.ReadChanges("demo", 0, 100, {})));
    std::vector<std::string> types;
    for (const auto& change : page.changes) types.push_back(change.type);
    return types;
  }

  const ConnectionSetting setting_{.id = "mt-main",
                                   .platform = "meituan",
                                   .stores = {{"shop_001", "sh-001"}},
                                   .accept_within = {}};
  FoldScene scene_;
};

TEST_F(StoreFoldTest, EachAspectStandsForItself) {
  Link();
  Tell({Told(StoreAspect::kBusiness, "resting", 1)});
  Tell({Told(StoreAspect::kListing, "offline", 2)});
  EXPECT_EQ(Link1()["state"], "offline");
  Tell({Told(StoreAspect::kListing, "online", 3)});
  EXPECT_EQ(Link1()["state"], "resting");
  EXPECT_EQ(Link1()["states"]["listing"]["state"], "online");
  EXPECT_EQ(Link1()["states"]["business"]["cause"], "merchant");
}

TEST_F(StoreFoldTest, ALaterReadWinsAndAPushThatAgreesTellsWhy) {
  Link();
  Tell({Told(StoreAspect::kBusiness, "resting", 1)});
  Tell({Told(StoreAspect::kBusiness, "resting", 2, Source::kPull)});
  EXPECT_EQ(Link1()["cause"], "merchant");
  EXPECT_THAT(Changes(), ElementsAre("store.status_changed"));
  Tell({Told(StoreAspect::kBusiness, "open", 3, Source::kPull)});
  EXPECT_EQ(Link1()["state"], "open");
}

TEST_F(StoreFoldTest, AnotherProfileIsAnUpdate) {
  Link();
  Tell({Told(StoreAspect::kBusiness, "open", 1)}, {Profile("旧", 1)});
  Tell({}, {Profile("新", 2)});
  EXPECT_EQ(Link1()["profile"]["name"], "新");
  EXPECT_THAT(Changes(), ElementsAre("store.status_changed", "store.updated"));
}

TEST_F(StoreFoldTest, WhatWasToldBeforeTheLinkIsTheStoresAfterIt) {
  ConnectionSetting unlinked = setting_;
  unlinked.stores.clear();
  scene_.Declare(unlinked);
  Tell({Told(StoreAspect::kBusiness, "resting", 1)});
  EXPECT_EQ(Link1(), nullptr);
  Link();
  EXPECT_EQ(Link1()["state"], "resting");
}

TEST_F(StoreFoldTest, KnowsTheProfileItHolds) {
  Link();
  Tell({}, {Profile("店", 1)});
  const auto known = [&](std::uint64_t low) {
    return scene_.Must(scene_.Run(
        IsShopKnown(scene_.storage, "demo", setting_, "shop_001", {.high = 1, .low = low})));
  };
  EXPECT_TRUE(known(1));
  EXPECT_FALSE(known(2));
}

TEST(ShopLinksTest, UpgradeWhatTheFoldBeforeKept) {
  const json old = {{"connection", "mt-main"},
                    {"platform", "meituan"},
                    {"platform_shop", "shop_001"},
                    {"state", "offline"},
                    {"cause", "platform"},
                    {"reason", "r"},
                    {"at", "2026-11-22T03:00:00.000Z"},
                    {"order", {1, 2, 3}}};
  const json shown = ShownLink(UpgradedLink(old));
  EXPECT_EQ(shown["state"], "offline");
  EXPECT_EQ(shown["states"]["listing"]["cause"], "platform");
  EXPECT_EQ(UpgradedLink(UpgradedLink(old)), UpgradedLink(old));
}

RC_GTEST_PROP(ShopLinksTest, NeitherOrderNorRepetitionMatters, ()) {
  const ConnectionSetting setting{
      .id = "mt-main", .platform = "meituan", .stores = {}, .accept_within = {}};
  std::vector<json> told;
  for (int i = *rc::gen::inRange(1, 8); i > 0; --i) {
    ShopLinks links(setting);
    const auto source = *rc::gen::arbitrary<bool>() ? Source::kPush : Source::kPull;
    links.Add(Told(*rc::gen::arbitrary<bool>() ? StoreAspect::kBusiness : StoreAspect::kListing,
                   *rc::gen::arbitrary<bool>() ? "open" : "offline", 2 * i, source));
    if (*rc::gen::arbitrary<bool>()) links.Add(Profile("p", *rc::gen::inRange(0, 3)));
    told.push_back(links.Take().at("shop_001"));
  }
  auto again = told;
  again.insert(again.end(), told.begin(), told.end());
  std::ranges::shuffle(again, std::mt19937(*rc::gen::arbitrary<std::uint32_t>()));
  json a;
  for (const json& link : told) JoinLink(a, link);
  json b;
  for (const json& link : again) JoinLink(b, link);
  RC_ASSERT(a.dump() == b.dump());
  RC_ASSERT(ShownLink(a).dump() == ShownLink(b).dump());
}

}  // namespace
}  // namespace weir::sync::testing
