// SPDX-License-Identifier: Apache-2.0
#include "simulators/rate_limit.hpp"

namespace weir::simulators {

bool RateLimit::Admit(const std::string& key, Instant now) {
  if (per_second_ == 0) {
    return true;
  }
  Window& window = windows_[key];
  const std::int64_t second = UnixSeconds(now);
  if (window.second != second) {
    window = {.second = second, .calls = 0};
  }
  return ++window.calls <= per_second_;
}

}  // namespace weir::simulators
