// SPDX-License-Identifier: Apache-2.0
#include "tests/world/poller.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace weir::world {

void Poller::Take(std::uint64_t after, const std::string& body) {
  const auto page = nlohmann::json::parse(body, nullptr, false);
  if (!page.is_object()) {
    complaints_.push_back("a feed page is not JSON");
    return;
  }
  std::uint64_t expected = after + 1;
  for (const auto& change : page.at("data")) {
    const auto seq = change.at("seq").get<std::uint64_t>();
    if (seq != expected) {
      complaints_.push_back(fmt::format("the feed goes from {} to {}", expected - 1, seq));
    }
    expected = seq + 1;
    const auto [known, fresh] = seen_.emplace(seq, change.dump());
    if (!fresh && known->second != change.dump()) {
      complaints_.push_back(
          fmt::format("change {} was {} and is now {}", seq, known->second, change.dump()));
    }
    records_[change.at("subject").get<std::string>()] = change.at("data").dump();
  }
  if (expected - 1 > last_) last_ = expected - 1;
}

}  // namespace weir::world
