// SPDX-License-Identifier: Apache-2.0
#include "simulators/eleme/signature.hpp"

#include <algorithm>
#include <cstddef>
#include <nlohmann/json.hpp>

#include "base/digest.hpp"
#include "base/text.hpp"

namespace weir::simulators::eleme {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

std::string_view Trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == text.npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(kBlanks) + 1 - first);
}

/// Where the value at the start of valid JSON `text` ends: before a comma or bracket of the level
/// it stands on.
std::size_t EndOfValue(std::string_view text) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      i += c == '\\' ? 1 : 0;
      quoted = c != '"';
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if ((c == ',' || c == ':') && depth == 0) {
      return i;
    } else if ((c == '}' || c == ']') && depth-- == 0) {
      return i;
    }
  }
  return text.size();
}

std::string Digest(std::string text, const Fields& fields, std::string_view secret) {
  for (const auto& [name, value] : fields) {
    text.append(name).append(1, '=').append(value);
  }
  std::string hex = ToHex(Md5(text.append(secret)));
  std::ranges::transform(hex, hex.begin(), [](char c) {
    return c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return hex;
}

}  // namespace

std::string SignCall(std::string_view action, std::string_view token, Fields members,
                     std::string_view secret) {
  std::ranges::sort(members);
  return Digest(std::string(action) + std::string(token), members, secret);
}

std::string SignPush(Fields fields, std::string_view secret) {
  std::erase_if(fields, [](const auto& field) { return field.first == "signature"; });
  std::ranges::sort(fields);
  return Digest({}, fields, secret);
}

std::optional<Fields> RawMembers(std::string_view object) {
  if (!nlohmann::json::accept(object) || !Trimmed(object).starts_with('{')) {
    return std::nullopt;
  }
  std::string_view rest = Trimmed(object).substr(1);
  Fields members;
  while (!Trimmed(rest).starts_with('}')) {
    const std::size_t colon = EndOfValue(rest);
    auto& member = members.emplace_back();
    member.first = nlohmann::json::parse(rest.substr(0, colon)).get<std::string>();
    rest.remove_prefix(colon + 1);
    const std::size_t end = EndOfValue(rest);
    member.second = Trimmed(rest.substr(0, end));
    rest.remove_prefix(rest[end] == ',' ? end + 1 : end);
  }
  return members;
}

}  // namespace weir::simulators::eleme
