// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>

namespace weir {

/// Chance, injected. Implementations are callable from any thread.
class Random {
 public:
  virtual ~Random() = default;

  /// Fills `out` with unpredictable bytes (a fake: with its seed's sequence).
  virtual void Fill(std::span<std::byte> out) = 0;

  /// Uniform in [0, bound); `bound` > 0.
  [[nodiscard]] std::uint64_t Below(std::uint64_t bound);
};

/// `duration` made up to a fifth shorter or longer, so that those who wait together do not come
/// back together.
[[nodiscard]] std::chrono::nanoseconds WithJitter(std::chrono::nanoseconds duration,
                                                  Random& random);

/// The operating system's generator (OpenSSL's RAND_bytes); fit for nonces and secrets.
class SystemRandom final : public Random {
 public:
  void Fill(std::span<std::byte> out) override;
};

}  // namespace weir
