// SPDX-License-Identifier: Apache-2.0
#include "mapping/field_reader.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "mapping/decimal.hpp"

namespace weir::mapping {
namespace {

template <typename T>
std::optional<T> Optional(Result<T> result) {
  return result ? std::optional<T>(std::move(*result)) : std::nullopt;
}

}  // namespace

template <typename T>
std::optional<T> FieldReader::Checked(std::string_view name, const Value& value,
                                      std::optional<T> read) {
  if (!read && !value.empty()) {
    Malformed(name);
  }
  return read;
}

std::optional<Money> FieldReader::Yuan(std::string_view name, const Value& value) {
  return value.empty() ? std::nullopt
                       : Checked(name, value, Optional(Money::ParseYuan(value.text())));
}

std::optional<Money> FieldReader::Fen(std::string_view name, const Value& value) {
  return value.empty() ? std::nullopt
                       : Checked(name, value, Optional(Money::ParseFen(value.text())));
}

std::optional<std::int64_t> FieldReader::Integer(std::string_view name, const Value& value) {
  std::string_view text = value.text();
  if (const std::size_t point = text.find('.');
      point != std::string_view::npos && point + 1 < text.size() &&
      text.find_first_not_of('0', point + 1) == std::string_view::npos) {
    text = text.substr(0, point);
  }
  return Checked(name, value, ParseInt(text));
}

template <typename Unit>
std::optional<Instant> FieldReader::Since1970(std::string_view name, const Value& value) {
  const auto count = Integer(name, value);
  if (!count || *count == 0) {
    return std::nullopt;
  }
  // Eleven digits of seconds, as ParseUnixSeconds takes: until the year 5138.
  constexpr std::int64_t kEnd = 100'000'000'000;
  if (*count < 0 || *count >= kEnd * (std::chrono::seconds(1) / Unit(1))) {
    Malformed(name);
    return std::nullopt;
  }
  return Instant(Unit(*count));
}

std::optional<Instant> FieldReader::Seconds(std::string_view name, const Value& value) {
  return Since1970<std::chrono::seconds>(name, value);
}

std::optional<Instant> FieldReader::Milliseconds(std::string_view name, const Value& value) {
  return Since1970<std::chrono::milliseconds>(name, value);
}

std::optional<Instant> FieldReader::LocalTime(std::string_view name, const Value& value,
                                              Zone zone) {
  return value.empty() ? std::nullopt
                       : Checked(name, value, Optional(ParseLocalTime(value.text(), zone)));
}

std::optional<std::string> FieldReader::Quantity(std::string_view name, const Value& value) {
  return Checked(name, value, ParseQuantity(value.text()));
}

std::optional<Structure> FieldReader::Array(std::string_view name, const Value& value) {
  return Opened(name, value, true);
}

std::optional<Structure> FieldReader::Object(std::string_view name, const Value& value) {
  return Opened(name, value, false);
}

std::optional<Structure> FieldReader::Opened(std::string_view name, const Value& value,
                                             bool array) {
  auto structure = Optional(Structure::Open(value));
  if (!structure) {
    Malformed(name);
    return std::nullopt;
  }
  const Value& root = structure->root();
  if (array ? root.is_array() : root.is_object()) {
    return structure;
  }
  if (!root.empty()) {
    Malformed(name);
  }
  return std::nullopt;
}

void FieldReader::Malformed(std::string_view name) {
  model::Issue issue{.code = "malformed_field", .detail = std::string(name)};
  if (std::ranges::find(issues_, issue) == issues_.end()) {
    issues_.push_back(std::move(issue));
  }
}

}  // namespace weir::mapping
