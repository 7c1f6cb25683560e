// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

#include "base/instant.hpp"

namespace weir {

/// What time it is. Injected everywhere; only app makes the real one.
/// Implementations are callable from any thread.
class Clock {
 public:
  virtual ~Clock() = default;

  /// Wall-clock time; may jump either way.
  [[nodiscard]] virtual Instant Now() const = 0;

  /// Never goes back; its zero means nothing. For durations and time-outs.
  [[nodiscard]] virtual std::chrono::nanoseconds Monotonic() const = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Instant Now() const override;
  [[nodiscard]] std::chrono::nanoseconds Monotonic() const override;
};

}  // namespace weir
