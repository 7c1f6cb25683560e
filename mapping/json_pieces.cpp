// SPDX-License-Identifier: Apache-2.0
#include "mapping/json_pieces.hpp"

#include <algorithm>

namespace weir::mapping {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

/// Takes values off a text, from its front.
class Pieces {
 public:
  explicit Pieces(std::string_view rest) : rest_(rest) { SkipBlanks(); }

  bool Take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    SkipBlanks();
    return true;
  }

  /// Any value, without the blanks around it; empty at the end.
  std::string_view Value() {
    const std::string_view before = rest_;
    std::size_t depth = 0;
    do {
      const char c = rest_.empty() ? '\0' : rest_.front();
      if (c == '"') {
        SkipText();
      } else if (c == '{' || c == '[') {
        ++depth;
        rest_.remove_prefix(1);
      } else if ((c == '}' || c == ']') && depth > 0) {
        --depth;
        rest_.remove_prefix(1);
      } else if (depth > 0 && (c == ',' || c == ':')) {
        rest_.remove_prefix(1);
      } else {
        SkipWord();
      }
      if (depth > 0) SkipBlanks();
    } while (depth > 0 && !rest_.empty());
    const std::string_view value = before.substr(0, before.size() - rest_.size());
    SkipBlanks();
    return value;
  }

 private:
  void SkipBlanks() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(kBlanks), rest_.size()));
  }
  void SkipText() {
    std::size_t at = 1;
    while (at < rest_.size() && rest_[at] != '"') at += rest_[at] == '\\' ? 2 : 1;
    rest_.remove_prefix(std::min(at + 1, rest_.size()));
  }
  /// A number or a literal.
  void SkipWord() {
    rest_.remove_prefix(std::min(rest_.find_first_of(" \t\r\n,:]}\"{["), rest_.size()));
  }

  std::string_view rest_;
};

}  // namespace

std::string_view PieceOf(std::string_view json, std::string_view member) {
  Pieces pieces(json);
  if (!pieces.Take('{')) return {};
  do {
    const std::string_view name = pieces.Value();
    if (!name.starts_with('"') || !pieces.Take(':')) return {};
    const std::string_view value = pieces.Value();
    if (name.substr(1, name.size() - 2) == member) return value;
  } while (pieces.Take(','));
  return {};
}

std::vector<std::string_view> ElementsOf(std::string_view json, std::string_view member) {
  std::vector<std::string_view> elements;
  Pieces pieces(PieceOf(json, member));
  if (!pieces.Take('[')) return elements;
  do {
    const std::string_view element = pieces.Value();
    if (element.empty()) break;
    elements.push_back(element);
  } while (pieces.Take(','));
  return elements;
}

}  // namespace weir::mapping
