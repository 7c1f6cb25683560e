// SPDX-License-Identifier: Apache-2.0
#include "app/bench/answer.hpp"

#include <stdexcept>
#include <string>

#include "base/text.hpp"

namespace weir::app::bench {
namespace {

constexpr std::string_view kVersion = "HTTP/1.1 ";
constexpr std::size_t kStatusDigits = 3;

std::optional<std::uint64_t> StatusOf(std::string_view head) {
  if (!head.starts_with(kVersion)) return std::nullopt;
  return ParseUint(head.substr(kVersion.size(), kStatusDigits));
}

}  // namespace

std::string_view Answer::Field(std::string_view name) const {
  std::string_view rest = fields;
  while (true) {
    const std::size_t end = rest.find("\r\n");
    if (end == std::string_view::npos) return {};
    rest.remove_prefix(end + 2);
    const std::string_view line = rest.substr(0, rest.find("\r\n"));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !EqualIgnoreCase(line.substr(0, colon), name)) continue;
    std::string_view value = line.substr(colon + 1);
    value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
    return value;
  }
}

std::optional<Answer> ReadAnswer(std::string_view bytes) {
  const std::size_t end = bytes.find("\r\n\r\n");
  if (end == std::string_view::npos) return std::nullopt;
  Answer answer;
  answer.fields = bytes.substr(0, end + 2);
  const auto status = StatusOf(answer.fields);
  const auto length = ParseUint(answer.Field("Content-Length"));
  if (!status || !length) {
    throw std::runtime_error("no answer that can be read: " + std::string(answer.fields));
  }
  answer.status = static_cast<unsigned>(*status);
  answer.size = end + 4 + *length;
  if (bytes.size() < answer.size) return std::nullopt;
  answer.body = bytes.substr(end + 4, *length);
  return answer;
}

}  // namespace weir::app::bench
