// SPDX-License-Identifier: Apache-2.0
#include "tests/world/world.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <string>

#include "mapping/meituan/map.hpp"
#include "tests/world/shortest.hpp"

namespace weir::world {
namespace {

// Sanitizers make a seed several times dearer; they look for other things than luck.
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr std::uint64_t kSeeds = 20;
#else
constexpr std::uint64_t kSeeds = 150;
#endif

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

void ExpectKept(const WorldOptions& options) {
  const auto broken = World(options).Run();
  if (broken.empty()) return;
  // To look for a shorter one takes many more worlds.
  std::cerr << "seed " << options.seed << " breaks\n" << Join(broken);
  FAIL() << Replay(Shortest(options)) << " is the shortest replay of\n" << Join(broken);
}

std::uint64_t NumberFrom(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);
  return text == nullptr ? otherwise : std::stoull(text);
}

// WEIR_WORLD_SEED=17 runs that seed alone; WEIR_WORLD_SEEDS=10000 runs up to that one, from
// WEIR_WORLD_FIRST on; with WEIR_WORLD_PLATFORMS='meituan eleme' each with these, likewise with
// WEIR_WORLD_COURIERS='dada'.
TEST(World, KeepsItsPromisesInEverySeed) {
  if (std::getenv("WEIR_WORLD_SEED") != nullptr) return ExpectKept(FromEnvironment({}));
  const std::uint64_t last = NumberFrom("WEIR_WORLD_SEEDS", kSeeds);
  for (std::uint64_t seed = NumberFrom("WEIR_WORLD_FIRST", 1); seed <= last && !HasFatalFailure();
       ++seed) {
    WorldOptions options = FromEnvironment({});
    options.seed = seed;
    ExpectKept(options);
  }
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

// Reads the same payload differently from one time to the next.
mapping::Mapped ForgetNowAndThen(const mapping::Payload& payload) {
  static int calls = 0;
  mapping::Mapped mapped = mapping::meituan::Map(payload);
  if (++calls % 3 == 0) mapped.orders.clear();
  return mapped;
}

TEST(World, CatchesAnswersBeforeTheFlush) {
  EXPECT_GT(CountBroken({.crashes = 6, .bugs = {.flush_lies = true}}, 10), 0U);
}

TEST(World, CatchesABrokenMerge) {
  const sync::Mappers mappers = {{"meituan", IgnoreLateFacts}};
  EXPECT_GT(CountBroken({.platforms = {"meituan"}, .crashes = 0, .bugs = {.mappers = &mappers}}, 5),
            0U);
}

TEST(World, CatchesABrokenDedupe) {
  EXPECT_GT(
      CountBroken({.platforms = {"meituan"}, .crashes = 0, .bugs = {.dedupe_drops = true}}, 5), 0U);
}

TEST(World, CatchesAFoldThatIsNotDeterministic) {
  const sync::Mappers mappers = {{"meituan", ForgetNowAndThen}};
  EXPECT_GT(CountBroken({.platforms = {"meituan"}, .crashes = 0, .bugs = {.mappers = &mappers}}, 5),
            0U);
}

TEST(World, CatchesACallbackThatIsNotRetried) {
  EXPECT_GT(CountBroken({.crashes = 0, .bugs = {.delivery = DeliveryBug::kNoRetry}}, 5), 0U);
}

TEST(World, CatchesABreakerThatDrops) {
  EXPECT_GT(CountBroken({.crashes = 0, .bugs = {.delivery = DeliveryBug::kBreakerDrops}}, 5), 0U);
}

}  // namespace
}  // namespace weir::world
