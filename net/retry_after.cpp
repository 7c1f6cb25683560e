// SPDX-License-Identifier: Apache-2.0
#include "net/retry_after.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.hpp"

namespace weir::net {
namespace {

// Longer pauses are nobody's intention; it also keeps durations far from overflow.
constexpr std::uint64_t kLongest = 7 * 24 * 3600;

/// "Sun, 06 Nov 1994 08:49:37 GMT", the one form senders may write.
std::optional<Instant> ParseHttpDate(std::string_view text) {
  constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  constexpr std::size_t kLength = 29;
  if (text.size() != kLength || !text.ends_with(" GMT") || text.substr(3, 2) != ", ") {
    return std::nullopt;
  }
  const auto month = std::ranges::find(kMonths, text.substr(8, 3));
  if (month == kMonths.end()) {
    return std::nullopt;
  }
  std::string iso(text.substr(12, 4));
  const auto number = static_cast<int>(month - kMonths.begin()) + 1;
  iso.append(number < 10 ? "-0" : "-").append(std::to_string(number));
  iso.append("-").append(text.substr(5, 2)).append("T").append(text.substr(17, 8)).append("Z");
  const auto parsed = ParseRfc3339(iso);
  return parsed ? std::optional(*parsed) : std::nullopt;
}

}  // namespace

std::optional<std::chrono::seconds> RetryAfter(const Response& response, Instant now) {
  const std::string_view text = response.headers.Find("Retry-After");
  if (const auto number = ParseUint(text)) {
    return std::chrono::seconds(std::min(*number, kLongest));
  }
  if (const auto date = ParseHttpDate(text)) {
    const auto pause = std::chrono::ceil<std::chrono::seconds>(*date - now);
    return std::clamp(pause, std::chrono::seconds(0), std::chrono::seconds(kLongest));
  }
  return std::nullopt;
}

}  // namespace weir::net
