// SPDX-License-Identifier: Apache-2.0
#include "app/bench/arrivals.hpp"

#include <thread>

#include "app/bench/signed_orders.hpp"
#include "base/text.hpp"

namespace weir::app::bench {

void Arrivals::Note(std::string_view text, std::string_view marker) {
  const auto now = clock_.Monotonic();
  const std::uint64_t first_id = SignedOrders::OrderId(first_);
  for (const std::uint64_t id : OrderIdsOf(text, marker)) {
    if (id < first_id || id - first_id >= came_.size()) continue;
    auto& came = came_[id - first_id];
    if (came.count() != 0) continue;
    came = now;
    seen_.fetch_add(1, std::memory_order_release);
  }
}

void Arrivals::Await(std::uint64_t count, std::chrono::seconds within) const {
  constexpr auto kPause = std::chrono::milliseconds(5);
  const auto end = std::chrono::steady_clock::now() + within;
  while (seen_ < count && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(kPause);
  }
}

std::vector<std::uint64_t> OrderIdsOf(std::string_view text, std::string_view marker) {
  std::vector<std::uint64_t> ids;
  for (std::size_t at = text.find(marker); at != std::string_view::npos;
       at = text.find(marker, at)) {
    at += marker.size();
    if (const auto id = ParseUint(text.substr(at, text.find('"', at) - at))) ids.push_back(*id);
  }
  return ids;
}

}  // namespace weir::app::bench
