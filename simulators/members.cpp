// SPDX-License-Identifier: Apache-2.0
#include "simulators/members.hpp"

#include <charconv>
#include <cmath>

#include "base/text.hpp"

namespace weir::simulators {
namespace {

constexpr double kMost = 1e12;

std::optional<double> NumberOf(const nlohmann::json& value) {
  if (value.is_number()) {
    return value.get<double>();
  }
  if (!value.is_string()) {
    return std::nullopt;
  }
  const auto& text = value.get_ref<const std::string&>();
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && stop == end ? std::optional(number) : std::nullopt;
}

}  // namespace

std::string TextIn(const nlohmann::json& object, std::string_view name) {
  const auto found = object.find(name);
  if (found == object.end()) {
    return {};
  }
  if (found->is_string()) {
    return found->get<std::string>();
  }
  return found->is_number_integer() ? found->dump() : std::string();
}

std::optional<std::int64_t> IntIn(const nlohmann::json& object, std::string_view name) {
  return ParseInt(TextIn(object, name));
}

std::optional<std::int64_t> ScaledIn(const nlohmann::json& object, std::string_view name,
                                     std::int64_t scale) {
  const auto found = object.find(name);
  const auto number = found == object.end() ? std::nullopt : NumberOf(*found);
  // Not "greater than": NaN is refused, too.
  if (!number || !(std::abs(*number * static_cast<double>(scale)) <= kMost)) {
    return std::nullopt;
  }
  return std::llround(*number * static_cast<double>(scale));
}

}  // namespace weir::simulators
