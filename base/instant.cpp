// SPDX-License-Identifier: Apache-2.0
#include "base/instant.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.hpp"

namespace weir {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;

constexpr Instant kEarliest = std::chrono::sys_days(std::chrono::January / 1 / 0);
constexpr Instant kLatest =
    std::chrono::sys_days(std::chrono::January / 1 / 10000) - milliseconds(1);

/// Reads a text of fixed fields from its front. What does not fit clears ok().
class FieldReader {
 public:
  explicit FieldReader(std::string_view text) : rest_(text) {}

  /// Exactly `width` digits.
  int Digits(std::size_t width) {
    int value = 0;
    for (std::size_t i = 0; i < width; ++i) {
      value = value * 10 + (rest_.empty() ? 0 : Digit(rest_.front()));
      Skip();
    }
    return value;
  }

  void Expect(std::string_view any_of) {
    if (!NextIs(any_of)) {
      ok_ = false;
    }
    Skip();
  }

  /// "" or '.' and 1 to 9 digits, cut to milliseconds.
  milliseconds Fraction() {
    if (!NextIs(".")) {
      return milliseconds(0);
    }
    Skip();
    int value = 0;
    int count = 0;
    for (; NextIs("0123456789"); ++count, Skip()) {
      value = count < 3 ? value * 10 + (rest_.front() - '0') : value;
    }
    if (count == 0 || count > 9) {
      ok_ = false;
    }
    for (; count < 3; ++count) {
      value *= 10;
    }
    return milliseconds(value);
  }

  /// "+08:00" and the like.
  minutes Offset() {
    const bool west = NextIs("-");
    Expect("+-");
    const int hours = Digits(2);
    Expect(":");
    const int rest = Digits(2);
    if (hours > 23 || rest > 59) {
      ok_ = false;
    }
    return minutes((west ? -1 : 1) * (hours * 60 + rest));
  }

  [[nodiscard]] bool NextIs(std::string_view any_of) const {
    return !rest_.empty() && any_of.contains(rest_.front());
  }
  [[nodiscard]] bool done() const { return ok_ && rest_.empty(); }
  void Refuse() { ok_ = false; }

 private:
  int Digit(char c) {
    if (c < '0' || c > '9') {
      ok_ = false;
      return 0;
    }
    return c - '0';
  }

  void Skip() {
    if (rest_.empty()) {
      ok_ = false;
    } else {
      rest_.remove_prefix(1);
    }
  }

  std::string_view rest_;
  bool ok_ = true;
};

/// "yyyy-MM-dd", one of `separators`, "HH:mm:ss" and perhaps decimals, as if in UTC.
Instant ReadDateTime(FieldReader& fields, std::string_view separators) {
  const int year = fields.Digits(4);
  fields.Expect("-");
  const int month = fields.Digits(2);
  fields.Expect("-");
  const int day = fields.Digits(2);
  fields.Expect(separators);
  const int hour = fields.Digits(2);
  fields.Expect(":");
  const int minute = fields.Digits(2);
  fields.Expect(":");
  const int second = fields.Digits(2);
  const milliseconds fraction = fields.Fraction();
  const std::chrono::year_month_day date(std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day)));
  if (!date.ok() || hour > 23 || minute > 59 || second > 59) {
    fields.Refuse();
    return {};
  }
  return std::chrono::sys_days(date) + std::chrono::hours(hour) + minutes(minute) +
         std::chrono::seconds(second) + fraction;
}

Result<Instant> Checked(const FieldReader& fields, Instant at) {
  if (!fields.done() || at < kEarliest || at > kLatest) {
    return Fail(ErrorKind::kMalformed, "A time is not in its documented format.");
  }
  return at;
}

void PutDigits(char* out, unsigned value, int width) {
  for (int i = width - 1; i >= 0; --i, value /= 10) {
    out[i] = static_cast<char>('0' + value % 10);
  }
}

}  // namespace

Result<Zone> Zone::Parse(std::string_view name) {
  static constexpr std::array<std::string_view, 9> kEast8 = {
      "Asia/Shanghai", "Asia/Chongqing", "Asia/Harbin", "Asia/Hong_Kong", "Asia/Macau",
      "Asia/Taipei",   "Asia/Singapore", "PRC",         "Hongkong"};
  if (std::ranges::find(kEast8, name) != kEast8.end()) {
    return China();
  }
  if (name == "UTC" || name == "Z" || name == "Etc/UTC") {
    return Zone();
  }
  FieldReader fields(name);
  const minutes offset = fields.Offset();
  if (!fields.done()) {
    return Fail(ErrorKind::kMalformed,
                "A time zone is neither Asia/Shanghai, UTC nor an offset like +08:00.");
  }
  return Zone(offset);
}

std::string ToRfc3339(Instant at) {
  std::string out;
  AppendRfc3339(out, at);
  return out;
}

void AppendRfc3339(std::string& out, Instant at) {
  // The format has four digits for the year; what lies beyond shows as the format's own end.
  at = std::clamp(at, kEarliest, kLatest);
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date(day);
  const auto since_midnight = static_cast<unsigned>((at - day).count());
  char text[] = "0000-00-00T00:00:00.000Z";
  PutDigits(text, static_cast<unsigned>(static_cast<int>(date.year())), 4);
  PutDigits(text + 5, static_cast<unsigned>(date.month()), 2);
  PutDigits(text + 8, static_cast<unsigned>(date.day()), 2);
  PutDigits(text + 11, since_midnight / 3'600'000, 2);
  PutDigits(text + 14, since_midnight / 60'000 % 60, 2);
  PutDigits(text + 17, since_midnight / 1000 % 60, 2);
  PutDigits(text + 20, since_midnight % 1000, 3);
  out.append(text, sizeof text - 1);
}

Result<Instant> ParseRfc3339(std::string_view text) {
  FieldReader fields(text);
  Instant at = ReadDateTime(fields, "Tt ");
  if (fields.NextIs("Zz")) {
    fields.Expect("Zz");
  } else {
    at -= fields.Offset();
  }
  return Checked(fields, at);
}

Result<Instant> ParseUnixSeconds(std::string_view text) {
  const std::optional<std::uint64_t> seconds = ParseUint(text);
  if (!seconds || text.size() > 11) {
    return Fail(ErrorKind::kMalformed, "A Unix time is not 1 to 11 digits.");
  }
  return Instant(std::chrono::seconds(static_cast<std::int64_t>(*seconds)));
}

Result<Instant> ParseLocalTime(std::string_view text, Zone zone) {
  FieldReader fields(text);
  const Instant at = ReadDateTime(fields, "T ") - zone.offset();
  return Checked(fields, at);
}

std::int64_t UnixSeconds(Instant at) {
  return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
}

}  // namespace weir
