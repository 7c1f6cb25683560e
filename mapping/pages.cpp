// SPDX-License-Identifier: Apache-2.0
#include "mapping/pages.hpp"

#include "base/text.hpp"

namespace weir::mapping {

void AppendPage(std::string& out, std::string_view topic, std::string_view bytes) {
  out.append(topic).append(" ").append(std::to_string(bytes.size())).append("\n");
  out.append(bytes).append("\n");
}

Result<std::vector<AnswerPage>> SplitPages(std::string_view payload) {
  std::vector<AnswerPage> pages;
  while (!payload.empty()) {
    const std::size_t end = payload.find('\n');
    const std::string_view line = payload.substr(0, end);
    const std::size_t blank = line.rfind(' ');
    if (end == std::string_view::npos || blank == std::string_view::npos) break;
    const auto size = ParseUint(line.substr(blank + 1));
    payload.remove_prefix(end + 1);
    if (!size || *size >= payload.size() || payload[*size] != '\n' || pages.size() == kMaxPages) {
      return Fail(ErrorKind::kMalformed, "The payload's pages are cut short or too many.");
    }
    pages.push_back({.topic = line.substr(0, blank), .bytes = payload.substr(0, *size)});
    payload.remove_prefix(*size + 1);
  }
  if (pages.empty() || !payload.empty()) {
    return Fail(ErrorKind::kMalformed, "The payload is not made of pages.");
  }
  return pages;
}

}  // namespace weir::mapping
