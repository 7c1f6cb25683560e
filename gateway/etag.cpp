// SPDX-License-Identifier: Apache-2.0
#include "gateway/etag.hpp"

#include <algorithm>

namespace weir::gateway {
namespace {

std::string_view Trim(std::string_view text) {
  const auto first = std::min(text.find_first_not_of(" \t"), text.size());
  return text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

}  // namespace

bool MatchesEtag(std::string_view if_none_match, std::string_view tag) {
  while (!if_none_match.empty()) {
    // Our tags hold no comma, so one inside of a foreign tag only makes more that do not match.
    const auto comma = std::min(if_none_match.find(','), if_none_match.size());
    auto given = Trim(if_none_match.substr(0, comma));
    if (given.starts_with("W/")) given.remove_prefix(2);
    if (given == tag || given == "*") return true;
    if_none_match.remove_prefix(std::min(comma + 1, if_none_match.size()));
  }
  return false;
}

}  // namespace weir::gateway
