// SPDX-License-Identifier: Apache-2.0
#include "base/random.hpp"

#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <stdexcept>

namespace weir {

std::uint64_t Random::Below(std::uint64_t bound) {
  // Values under 2^64 mod bound are drawn again, so that each remainder is equally likely.
  const std::uint64_t skipped = (~bound + 1) % bound;
  while (true) {
    std::array<std::byte, sizeof(std::uint64_t)> bytes;
    Fill(bytes);
    std::uint64_t value = 0;
    std::memcpy(&value, bytes.data(), sizeof value);
    if (value >= skipped) {
      return value % bound;
    }
  }
}

std::chrono::nanoseconds WithJitter(std::chrono::nanoseconds duration, Random& random) {
  const auto percent = static_cast<std::int64_t>(80 + random.Below(41));
  return duration * percent / 100;
}

void SystemRandom::Fill(std::span<std::byte> out) {
  constexpr std::size_t kMostAtOnce = 1 << 20;
  while (!out.empty()) {
    const std::size_t size = std::min(out.size(), kMostAtOnce);
    if (RAND_bytes(reinterpret_cast<unsigned char*>(out.data()), static_cast<int>(size)) != 1) {
      throw std::runtime_error("the random number generator gives no bytes");
    }
    out = out.subspan(size);
  }
}

}  // namespace weir
