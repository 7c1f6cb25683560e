// SPDX-License-Identifier: Apache-2.0
#include "tests/world/draws.hpp"

#include <numeric>
#include <stdexcept>
#include <utility>

namespace weir::world {
namespace {

// Each owner draws for itself: one platform's switches say nothing of another's.
std::uint64_t SeedOf(std::uint64_t seed, std::string_view owner) {
  return std::accumulate(owner.begin(), owner.end(), seed, [](std::uint64_t sum, char letter) {
    return sum * 31 + static_cast<unsigned char>(letter);
  });
}

}  // namespace

Draws::Draws(std::uint64_t seed, std::string_view owner, SwitchNames off)
    : seed_(seed), owner_(owner), off_(std::move(off)), random_(SeedOf(seed, owner)) {}

std::size_t Draws::Choose(std::string_view name, std::size_t choices) {
  std::string full = owner_ + '.' + std::string(name);
  std::size_t choice = random_.Below(choices);
  if (off_.contains(full)) choice = 0;
  if (!drawn_.emplace(full, Drawn{choice, choices}).second) {
    throw std::logic_error("two switches are called " + full);
  }
  return choice;
}

}  // namespace weir::world
