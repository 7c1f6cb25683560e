// SPDX-License-Identifier: Apache-2.0
#include "base/seeded_random.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace weir {

SeededRandom::SeededRandom(std::uint64_t seed) {
  // SplitMix64, as the authors of xoshiro ask: close seeds give unlike states, none of them zero.
  for (std::uint64_t& word : state_) {
    seed += 0x9E3779B97F4A7C15;
    std::uint64_t mixed = seed;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
    word = mixed ^ (mixed >> 31);
  }
}

void SeededRandom::Fill(std::span<std::byte> out) {
  const std::scoped_lock lock(mutex_);
  while (!out.empty()) {
    const std::uint64_t value = Next();
    const std::size_t size = std::min(out.size(), sizeof value);
    std::memcpy(out.data(), &value, size);
    out = out.subspan(size);
  }
}

// xoshiro256**.
std::uint64_t SeededRandom::Next() {
  const std::uint64_t value = std::rotl(state_[1] * 5, 7) * 9;
  const std::uint64_t shifted = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = std::rotl(state_[3], 45);
  return value;
}

}  // namespace weir
