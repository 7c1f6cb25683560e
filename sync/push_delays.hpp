// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/instant.hpp"

namespace weir::sync {

/// How late a connection's pushes of the last ten minutes came, the last 512 of them at most: our
/// clock at their receipt minus the time of sending that they carry. Lock-free; a reader may miss
/// what is being written.
///
/// A way adds to what the clocks differ by and never takes from it: the least is the measure of the
/// clocks' difference that one late push cannot spoil.
class PushDelays {
 public:
  static constexpr std::size_t kMost = 512;
  static constexpr std::chrono::minutes kKept{10};

  void Note(Instant sent_at, Instant received_at) noexcept;

  /// Negative where the sender's clock is ahead of ours.
  struct Summary {
    std::chrono::milliseconds least{0};
    std::chrono::milliseconds p50{0};
    std::chrono::milliseconds p99{0};
    friend bool operator==(const Summary&, const Summary&) = default;
  };
  /// Nothing when no push came of late.
  [[nodiscard]] std::optional<Summary> Summarise(Instant now) const;

 private:
  /// The receipt in Unix seconds above the delay in milliseconds, cut to 32 bits; 0: none.
  std::array<std::atomic<std::uint64_t>, kMost> noted_{};
  std::atomic<std::size_t> next_{0};
};

}  // namespace weir::sync
