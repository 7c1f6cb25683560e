// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace weir {

/// A moment in UTC, to the millisecond. The only time type that crosses a module's edge.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

/// A zone without daylight saving, as all zones of the platforms are: an offset east of UTC.
class Zone {
 public:
  constexpr Zone() = default;

  /// Accepts "Asia/Shanghai" (and its siblings of UTC+8), "UTC", "Z" and "+08:00" forms.
  [[nodiscard]] static Result<Zone> Parse(std::string_view name);
  static constexpr Zone China() { return Zone(std::chrono::minutes(480)); }

  [[nodiscard]] constexpr std::chrono::minutes offset() const { return offset_; }

 private:
  explicit constexpr Zone(std::chrono::minutes offset) : offset_(offset) {}
  std::chrono::minutes offset_{0};
};

/// "2026-11-22T03:00:00.000Z".
[[nodiscard]] std::string ToRfc3339(Instant at);
void AppendRfc3339(std::string& out, Instant at);

/// RFC 3339 with any offset and 0-9 decimals (cut to milliseconds).
[[nodiscard]] Result<Instant> ParseRfc3339(std::string_view text);

/// Unix seconds as text, 1 to 11 digits ("1700000000"). kMalformed otherwise.
[[nodiscard]] Result<Instant> ParseUnixSeconds(std::string_view text);

/// A platform's local time, "yyyy-MM-dd HH:mm:ss" (or with 'T', or with milliseconds), in `zone`.
[[nodiscard]] Result<Instant> ParseLocalTime(std::string_view text, Zone zone);

/// Whole seconds since 1970, floored.
[[nodiscard]] std::int64_t UnixSeconds(Instant at);

}  // namespace weir
