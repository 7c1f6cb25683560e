// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <span>

#include "base/random.hpp"

namespace weir {

/// The same sequence for the same seed, on every machine; for tests and simulated worlds, never for
/// secrets.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed);
  void Fill(std::span<std::byte> out) override;

 private:
  std::uint64_t Next();

  std::mutex mutex_;
  std::array<std::uint64_t, 4> state_;
};

}  // namespace weir
