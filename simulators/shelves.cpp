// SPDX-License-Identifier: Apache-2.0
#include "simulators/shelves.hpp"

#include "base/digest.hpp"
#include "base/seeded_random.hpp"

namespace weir::simulators {

Catalogue& Shelves::MenuOf(const std::string& shop) {
  const auto [place, drawn] = menus_.try_emplace(shop);
  if (drawn) {
    SeededRandom random(Checksum(shop, seed_));
    place->second = DrawCatalogue(random, items_);
  }
  return place->second;
}

std::vector<Review>& Shelves::ReviewsOf(const std::string& shop, Instant now) {
  const auto [place, drawn] = reviews_of_.try_emplace(shop);
  if (drawn) {
    SeededRandom random(Checksum(shop, ~seed_));
    place->second = DrawReviews(random, MenuOf(shop), reviews_, now);
  }
  return place->second;
}

}  // namespace weir::simulators
