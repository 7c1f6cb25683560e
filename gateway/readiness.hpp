// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace weir::gateway {

/// How ready the gateway is, for /readyz and in front of every call.
struct Readiness {
  bool ready = false;
  /// "starting" until the fold has first reached the journal's end, whatever else holds; then
  /// "ready", "draining", "behind", "disk_full" or "disk_failing".
  std::string_view status = "starting";
  std::uint64_t lag_entries = 0;
  std::uint64_t lag_ms = 0;

  /// Before the fold has reached the journal's end nothing is shown: what a reader saw could not
  /// be taken back.
  [[nodiscard]] bool may_read() const { return status != "starting"; }
  [[nodiscard]] bool may_write() const {
    return may_read() && status != "disk_full" && status != "disk_failing";
  }
  [[nodiscard]] bool leaving() const { return status == "draining"; }
};

/// Asked anew for every call, from any thread.
using ReadinessNow = std::function<Readiness()>;

}  // namespace weir::gateway
