// SPDX-License-Identifier: Apache-2.0
#include "tests/e2e/seen_feed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.hpp"

namespace weir::e2e {
namespace {

constexpr std::size_t kMostComplaints = 20;

// "chg-<base32 of the entry>-<ordinal>"
std::uint64_t CauseOf(const std::string& id) {
  const std::size_t begin = id.find('-') + 1;
  return FromBase32(id.substr(begin, id.rfind('-') - begin)).value_or(0);
}

}  // namespace

void SeenFeed::Complain(std::string what) {
  if (complaints_.size() < kMostComplaints) complaints_.push_back(std::move(what));
}

void SeenFeed::Take(std::uint64_t after, const std::string& body) {
  // In the members' order, which is part of the bytes.
  const auto page = nlohmann::ordered_json::parse(body, nullptr, false);
  if (!page.is_object() || !page.contains("data")) return Complain("a feed page is not JSON");
  std::uint64_t expected = after + 1;
  for (const auto& change : page.at("data")) {
    const auto seq = change.at("seq").get<std::uint64_t>();
    if (seq != expected) Complain(fmt::format("the feed goes from {} to {}", expected - 1, seq));
    expected = seq + 1;
    std::string text = change.dump();
    const auto [known, fresh] = seen_.emplace(seq, text);
    if (!fresh && known->second != text) {
      Complain(fmt::format("change {} was {} and is now {}", seq, known->second, text));
    }
    last_cause_ = std::max(last_cause_, CauseOf(change.at("id").get<std::string>()));
  }
}

}  // namespace weir::e2e
