// SPDX-License-Identifier: Apache-2.0
#include "mapping/meituan/stores.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/mapping/meituan/samples.hpp"

namespace weir::mapping::meituan {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

nlohmann::json Shop() {
  return {{"app_poi_code", "shop_001"},
          {"name", "示例店"},
          {"address", "示例路1号"},
          {"phone", "02100000000"},
          {"latitude", 31.230416},
          {"longitude", 121.473701},
          {"open_level", 1},
          {"is_online", 1},
          {"shipping_time", "7:00-9:00"},
          {"shipping_fee", 5},
          {"third_tag_name", "快餐"}};
}

Mapped MapRead(const nlohmann::json& shop) { return MapAnswer(shop.dump(), "poi/mget"); }

TEST(Shops, TellTheirProfile) {
  const Mapped mapped = MapRead(Shop());
  ASSERT_THAT(mapped.profiles, SizeIs(1));
  const model::StoreProfile& profile = mapped.profiles[0];
  EXPECT_EQ(profile.platform_shop, "shop_001");
  EXPECT_EQ(profile.name, "示例店");
  EXPECT_EQ(profile.address, "示例路1号");
  EXPECT_EQ(profile.hours, "7:00-9:00");
  EXPECT_EQ(profile.latitude, "31.230416");
  EXPECT_EQ(nlohmann::json::parse(profile.extra),
            nlohmann::json::parse(R"({"shipping_fee":"5","third_tag_name":"快餐"})"));
}

TEST(Shops, TellEachAspectOfTheirState) {
  const Mapped mapped = MapRead(Shop());
  ASSERT_THAT(mapped.stores, SizeIs(2));
  EXPECT_EQ(mapped.stores[0].aspect, model::StoreAspect::kBusiness);
  EXPECT_EQ(mapped.stores[0].state, "open");
  EXPECT_EQ(mapped.stores[0].source, model::Source::kPull);
  EXPECT_EQ(mapped.stores[0].sent_at, At(kAskedAt));
  EXPECT_EQ(mapped.stores[1].aspect, model::StoreAspect::kListing);
  EXPECT_EQ(mapped.stores[1].state, "online");
}

TEST(Shops, KeepACodeThatNobodyKnowsRaw) {
  auto shop = Shop();
  shop["open_level"] = 9;
  EXPECT_EQ(MapRead(shop).stores.at(0).state, "9");
}

TEST(Shops, WithoutACodeCannotBeMapped) {
  const Mapped mapped = MapRead({{"name", "x"}});
  EXPECT_EQ(mapped.unmappable.value().reason, "missing_subject");
  EXPECT_THAT(mapped.profiles, IsEmpty());
}

TEST(Shops, APushNamesItsAspect) {
  const auto state = [](const char* code) {
    auto fields = ReadSample("poi_status").fields;
    fields["poi_status"] = code;
    return MapPush(fields, "shop/status").stores.at(0);
  };
  EXPECT_EQ(state("120").aspect, model::StoreAspect::kBusiness);
  EXPECT_EQ(state("19").aspect, model::StoreAspect::kListing);
  EXPECT_EQ(state("77").aspect, model::StoreAspect::kOther);
  EXPECT_EQ(state("77").state, "77");
}

}  // namespace
}  // namespace weir::mapping::meituan
