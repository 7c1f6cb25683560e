// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <set>
#include <string>

#include "tests/world/couriers.hpp"
#include "tests/world/platforms.hpp"
#include "tests/world/settings.hpp"
#include "tests/world/shortest.hpp"

namespace weir::world {
namespace {

constexpr std::uint64_t kSeeds = 100;

/// What the seeds choose of each switch that `draw` draws for `owner`.
template <typename Draw>
void ExpectAllReached(std::string_view owner, const Draw& draw) {
  std::map<std::string, std::set<std::size_t>> reached;
  std::map<std::string, Draws::Drawn> last;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    Draws draws(seed, owner);
    draw(draws);
    last = draws.drawn();
    for (const auto& [name, drawn] : last) reached[name].insert(drawn.choice);
  }
  EXPECT_FALSE(last.empty()) << owner;
  for (const auto& [name, drawn] : last) {
    EXPECT_GT(drawn.choices, 1U) << name;
    EXPECT_EQ(reached[name].size(), drawn.choices) << name;
  }
}

TEST(Switches, OfEveryPlatformAreReached) {
  for (const WorldPlatform* platform : WorldPlatforms()) {
    ExpectAllReached(platform->word, [&](Draws& draws) {
      (void)platform->make(draws);
      (void)platform->connect(draws);
    });
  }
}

TEST(Switches, OfEveryCourierAreReached) {
  for (const WorldCourier* courier : WorldCouriers()) {
    ExpectAllReached(courier->word, [&](Draws& draws) {
      (void)courier->make(draws);
      (void)courier->connect(draws);
    });
  }
}

TEST(Switches, OfTheMerchantAreReached) {
  ExpectAllReached("merchant", [](Draws& draws) { (void)MerchantOptions(draws); });
}

TEST(Switches, GoOffAlone) {
  const auto draw = [](const SwitchNames& off) {
    Draws draws(7, "merchant", off);
    (void)MerchantOptions(draws);
    return draws.drawn();
  };
  const auto all = draw({});
  for (const auto& [name, drawn] : all) {
    for (const auto& [other, left] : draw({name})) {
      EXPECT_EQ(left.choice, other == name ? 0 : all.at(other).choice) << name << ' ' << other;
    }
  }
}

TEST(Switches, AreReplayedAsTheyWere) {
  ::setenv("WEIR_WORLD_OFF", "eleme.lean,meituan.pickup", 1);
  const WorldOptions options = FromEnvironment({});
  ::unsetenv("WEIR_WORLD_OFF");
  EXPECT_EQ(options.off, (SwitchNames{"eleme.lean", "meituan.pickup"}));
  EXPECT_THAT(Replay(options), testing::HasSubstr("WEIR_WORLD_OFF='eleme.lean,meituan.pickup'"));
}

}  // namespace
}  // namespace weir::world
