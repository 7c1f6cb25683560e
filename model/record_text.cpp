// SPDX-License-Identifier: Apache-2.0
#include "model/record_text.hpp"

#include <cstddef>

namespace weir::model {
namespace {

/// Where the string that begins at `at` ends: behind its closing quote.
std::size_t EndOfString(std::string_view json, std::size_t at) {
  for (++at; at < json.size() && json[at] != '"'; ++at) {
    if (json[at] == '\\') ++at;
  }
  return at < json.size() ? at + 1 : json.size();
}

}  // namespace

std::string_view RecordText(std::string_view json, std::string_view name) {
  std::size_t depth = 0;
  bool at_name = false;
  for (std::size_t at = 0; at < json.size();) {
    const char c = json[at];
    if (c != '"') {
      if (c == '{' || c == '[') ++depth;
      if (c == '}' || c == ']') --depth;
      at_name = depth == 1 && (c == '{' || c == ',');
      ++at;
      continue;
    }
    const std::size_t end = EndOfString(json, at);
    const bool found =
        at_name && json.substr(at + 1, end - at - 2) == name && json.substr(end).starts_with(":");
    if (found) {
      const std::size_t value = end + 1;
      if (!json.substr(value).starts_with("\"")) return {};
      return json.substr(value + 1, EndOfString(json, value) - value - 2);
    }
    at_name = false;
    at = end;
  }
  return {};
}

}  // namespace weir::model
