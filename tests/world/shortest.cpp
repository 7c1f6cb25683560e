// SPDX-License-Identifier: Apache-2.0
#include "tests/world/shortest.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <cstdlib>
#include <ranges>
#include <string_view>
#include <utility>

#include "tests/world/settings.hpp"

namespace weir::world {
namespace {

struct Kind {
  std::string_view name;
  bool Troubles::* on;
};

constexpr std::array kKinds = {
    Kind{"disk", &Troubles::full_disks}, Kind{"flush", &Troubles::failed_flushes},
    Kind{"clock", &Troubles::wrong_clocks}, Kind{"endpoint", &Troubles::bad_endpoints}};

/// The switches that are not at their first choice.
SwitchNames SwitchedOn(const WorldOptions& options) {
  SwitchNames names;
  const auto note = [&names](const Draws& draws) {
    for (const auto& [name, drawn] : draws.drawn()) {
      if (drawn.choice != 0) names.insert(name);
    }
  };
  for (const WorldPlatform* platform : ChoosePlatforms(options.platforms, options.seed)) {
    Draws draws(options.seed, platform->word, options.off);
    (void)platform->make(draws);
    (void)platform->connect(draws);
    note(draws);
  }
  for (const WorldCourier* courier : ChooseCouriers(options.couriers, options.seed)) {
    Draws draws(options.seed, courier->word, options.off);
    (void)courier->make(draws);
    (void)courier->connect(draws);
    note(draws);
  }
  Draws draws(options.seed, "merchant", options.off);
  (void)MerchantOptions(draws);
  note(draws);
  return names;
}

std::vector<std::string> WordsOf(const std::vector<const WorldCourier*>& couriers) {
  std::vector<std::string> words;
  for (const WorldCourier* courier : couriers) words.emplace_back(courier->word);
  return words;
}

bool Breaks(const WorldOptions& options) { return !World(options).Run().empty(); }

}  // namespace

WorldOptions FromEnvironment(WorldOptions options) {
  if (const char* seed = std::getenv("WEIR_WORLD_SEED")) options.seed = std::stoull(seed);
  if (const char* platforms = std::getenv("WEIR_WORLD_PLATFORMS")) {
    const std::string_view named = platforms;
    for (const WorldPlatform* platform : WorldPlatforms()) {
      if (named.find(platform->word) != named.npos) {
        options.platforms.emplace_back(platform->word);
      }
    }
  }
  if (const char* couriers = std::getenv("WEIR_WORLD_COURIERS")) {
    const std::string_view named = couriers;
    options.couriers.emplace();
    for (const WorldCourier* courier : WorldCouriers()) {
      if (named.find(courier->word) != named.npos) options.couriers->emplace_back(courier->word);
    }
  }
  if (const char* orders = std::getenv("WEIR_WORLD_ORDERS")) options.orders = std::stoi(orders);
  if (const char* crashes = std::getenv("WEIR_WORLD_CRASHES")) options.crashes = std::stoi(crashes);
  if (const char* troubles = std::getenv("WEIR_WORLD_TROUBLES")) {
    const std::string_view named = troubles;
    for (const Kind& kind : kKinds) {
      options.troubles.*kind.on = named.find(kind.name) != std::string_view::npos;
    }
  }
  if (const char* off = std::getenv("WEIR_WORLD_OFF")) {
    for (const auto name : std::views::split(std::string_view(off), ',')) {
      options.off.emplace(name.begin(), name.end());
    }
  }
  return options;
}

WorldOptions Shortest(WorldOptions failing) {
  const auto keep_if_broken = [&failing](const WorldOptions& less) {
    const bool broken = Breaks(less);
    if (broken) failing = less;
    return broken;
  };
  for (const Kind& kind : kKinds) {
    auto less = failing;
    if (std::exchange(less.troubles.*kind.on, false)) (void)keep_if_broken(less);
  }
  for (const WorldPlatform* platform : ChoosePlatforms(failing.platforms, failing.seed)) {
    auto less = failing;
    less.platforms = {std::string(platform->word)};
    if (keep_if_broken(less)) break;
  }
  for (const WorldCourier* courier : ChooseCouriers(failing.couriers, failing.seed)) {
    auto less = failing;
    less.couriers = WordsOf(ChooseCouriers(failing.couriers, failing.seed));
    std::erase(*less.couriers, courier->word);
    (void)keep_if_broken(less);
  }
  for (auto less = failing; less.crashes > 0;) {
    --less.crashes;
    if (!keep_if_broken(less)) break;
  }
  for (auto less = failing; less.orders > 1;) {
    less.orders /= 2;
    if (!keep_if_broken(less)) break;
  }
  for (const std::string& name : SwitchedOn(failing)) {
    auto less = failing;
    less.off.insert(name);
    (void)keep_if_broken(less);
  }
  return failing;
}

std::string Replay(const WorldOptions& options) {
  std::string troubles;
  for (const Kind& kind : kKinds) {
    if (options.troubles.*kind.on) troubles.append(troubles.empty() ? "" : ",").append(kind.name);
  }
  std::string platforms;
  for (const WorldPlatform* platform : ChoosePlatforms(options.platforms, options.seed)) {
    platforms.append(platforms.empty() ? "" : ",").append(platform->word);
  }
  return fmt::format(
      "WEIR_WORLD_SEED={} WEIR_WORLD_PLATFORMS='{}' WEIR_WORLD_COURIERS='{}' WEIR_WORLD_ORDERS={} "
      "WEIR_WORLD_CRASHES={} WEIR_WORLD_TROUBLES='{}' WEIR_WORLD_OFF='{}'",
      options.seed, platforms,
      fmt::join(WordsOf(ChooseCouriers(options.couriers, options.seed)), ","), options.orders,
      options.crashes, troubles, fmt::join(options.off, ","));
}

}  // namespace weir::world
