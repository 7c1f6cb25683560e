// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "mapping/json.hpp"

namespace weir::mapping {

/// Members of an envelope, an object whose largest part is a text that holds the rest of a message.
/// What JsonDocument does for the sake of numbers costs as much there as all else that reads it.
///
/// What it gives lives until this thread reads another envelope.
class Envelope {
 public:
  static constexpr std::size_t kMostMembers = 8;

  /// Reads `names`, at most kMostMembers. False when the body must be read as a JsonDocument: it is
  /// no object, is large, has broken UTF-8, or one of them is a number that does not tell how it is
  /// written (1.0, 1e3, -0).
  [[nodiscard]] bool Read(std::string_view body, std::span<const std::string_view> names);
  /// The same of an object that was read as a JsonDocument.
  void Take(const simdjson::dom::object& object, std::span<const std::string_view> names);

  /// Text without its quotes and escapes, a number as it is written; empty for what is missing, and
  /// for arrays and objects.
  [[nodiscard]] std::string_view text(std::size_t place) const { return texts_.at(place); }

 private:
  static constexpr std::size_t kMostDigits = 20;
  using Digits = std::array<char, kMostDigits>;

  [[nodiscard]] bool TakeEach(const simdjson::dom::object& object,
                              std::span<const std::string_view> names);

  std::array<std::string_view, kMostMembers> texts_{};
  std::array<Digits, kMostMembers> digits_;
};

}  // namespace weir::mapping
