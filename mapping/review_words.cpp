// SPDX-License-Identifier: Apache-2.0
#include "mapping/review_words.hpp"

#include <algorithm>

namespace weir::mapping {
namespace {

constexpr std::size_t kMostTexts = 256;
constexpr std::string_view kFullWidthComma = "\xEF\xBC\x8C";

void Append(std::vector<std::string>& texts, std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  if (!text.empty() && texts.size() < kMostTexts) texts.emplace_back(text);
}

void AppendParts(std::vector<std::string>& texts, std::string_view text) {
  while (!text.empty()) {
    const std::size_t plain = text.find(',');
    const std::size_t wide = text.find(kFullWidthComma);
    const std::size_t end = std::min({plain, wide, text.size()});
    Append(texts, text.substr(0, end));
    text.remove_prefix(std::min(text.size(), end + (end == wide ? kFullWidthComma.size() : 1)));
  }
}

}  // namespace

std::optional<model::Score> Stars(FieldReader& reader, std::string_view name, const Value& value) {
  constexpr std::int64_t kMostStars = 5;
  const auto stars = reader.Integer(name, value);
  if (!stars || *stars == 0) return std::nullopt;
  if (*stars < 0 || *stars > kMostStars) {
    reader.Malformed(name);
    return std::nullopt;
  }
  return static_cast<model::Score>(*stars * model::kWorstScore);
}

std::optional<std::vector<std::string>> TextList(const Value& value) {
  if (value.empty() || value.is_object()) return std::nullopt;
  std::vector<std::string> texts;
  if (value.is_array()) {
    for (const simdjson::dom::element one : value.array()) Append(texts, Value(one).text());
  } else {
    AppendParts(texts, value.text());
  }
  return texts;
}

}  // namespace weir::mapping
