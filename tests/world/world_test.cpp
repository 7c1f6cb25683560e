// SPDX-License-Identifier: Apache-2.0
#include "tests/world/world.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "mapping/meituan/map.hpp"

namespace weir::world {
namespace {

// Sanitizers make a seed several times dearer; they look for other things than luck.
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr std::uint64_t kSeeds = 40;
#else
constexpr std::uint64_t kSeeds = 200;
#endif

// WEIR_WORLD_SEED=17 runs that seed alone; WEIR_WORLD_SEEDS=1000 runs more of them.
std::uint64_t FromEnvironment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::stoull(text);
}

std::string Join(const std::vector<std::string>& broken) {
  std::string all;
  for (const std::string& line : broken) all += line + "\n";
  return all;
}

// How many of the first `seeds` seeds break a promise.
std::uint64_t CountBroken(WorldOptions options, std::uint64_t seeds) {
  std::uint64_t broken = 0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    options.seed = seed;
    if (!World(options).Run().empty()) ++broken;
  }
  return broken;
}

TEST(World, KeepsItsPromisesInEverySeed) {
  const std::uint64_t alone = FromEnvironment("WEIR_WORLD_SEED", 0);
  const std::uint64_t first = alone != 0 ? alone : 1;
  const std::uint64_t last = alone != 0 ? alone : FromEnvironment("WEIR_WORLD_SEEDS", kSeeds);
  for (std::uint64_t seed = first; seed <= last; ++seed) {
    const auto broken = World({.seed = seed}).Run();
    ASSERT_TRUE(broken.empty()) << "WEIR_WORLD_SEED=" << seed << " replays this\n" << Join(broken);
  }
}

TEST(World, CatchesAnswersBeforeTheFlush) {
  EXPECT_GT(CountBroken({.orders = 12, .crashes = 6, .lying_flush = true}, 10), 0U);
}

// A merge that ignores what comes late, as a gateway would that takes the newest message for the
// truth: facts older than the last retry never reach the record.
mapping::Mapped IgnoreLateFacts(const mapping::Payload& payload) {
  mapping::Mapped mapped = mapping::meituan::Map(payload);
  for (model::OrderFacts& facts : mapped.orders) {
    std::erase_if(facts.statuses, [&payload](const model::StatusFact& fact) {
      const Instant at = fact.at.value_or(fact.sent_at.value_or(payload.received_at));
      return payload.received_at - at > std::chrono::seconds(30);
    });
  }
  return mapped;
}

TEST(World, CatchesABrokenMerge) {
  const sync::Mappers mappers = {{"meituan", IgnoreLateFacts}};
  EXPECT_GT(CountBroken({.orders = 12, .crashes = 0, .mappers = &mappers}, 5), 0U);
}

}  // namespace
}  // namespace weir::world
