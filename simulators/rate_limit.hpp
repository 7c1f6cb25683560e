// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "base/instant.hpp"

namespace weir::simulators {

/// Counts calls per key within each second of the clock, as platforms limit an interface.
class RateLimit {
 public:
  /// `per_second` 0: no limit.
  explicit RateLimit(unsigned per_second) : per_second_(per_second) {}

  /// Counts one call; false when it is over the limit of this second. Keys come from a closed list:
  /// each is remembered.
  [[nodiscard]] bool Admit(const std::string& key, Instant now);

 private:
  struct Window {
    std::int64_t second = 0;
    unsigned calls = 0;
  };

  unsigned per_second_;
  std::map<std::string, Window> windows_;
};

}  // namespace weir::simulators
