// SPDX-License-Identifier: Apache-2.0
#include "simulators/form.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace weir::simulators {

const std::string* Find(const Fields& fields, std::string_view name) {
  const auto found = std::ranges::find(
      fields, name, [](const auto& field) -> std::string_view { return field.first; });
  return found == fields.end() ? nullptr : &found->second;
}

std::string FormEncode(std::string_view text) {
  std::string encoded;
  encoded.reserve(text.size());
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find(' ', start), text.size());
    encoded += PercentEncode(text.substr(start, end - start));
    if (end < text.size()) {
      encoded += '+';
    }
    start = end + 1;
  }
  return encoded;
}

std::optional<Fields> ParseForm(std::string_view text) {
  Fields fields;
  while (!text.empty()) {
    const std::string_view piece = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(piece.size() + 1, text.size()));
    if (piece.empty()) {
      continue;
    }
    const std::string_view name = piece.substr(0, piece.find('='));
    const std::string_view value = piece.substr(std::min(name.size() + 1, piece.size()));
    auto& field = fields.emplace_back();
    if (!AppendPercentDecoded(field.first, name, true) ||
        !AppendPercentDecoded(field.second, value, true)) {
      return std::nullopt;
    }
  }
  return fields;
}

void Tamper(Fields& fields, std::size_t which) {
  std::string& value = fields[which % fields.size()].second;
  if (value.empty()) {
    value = "1";
  } else {
    value.back() = value.back() == '0' ? '1' : '0';
  }
}

}  // namespace weir::simulators
