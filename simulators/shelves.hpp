// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "simulators/catalogue.hpp"
#include "simulators/reviews.hpp"

namespace weir::simulators {

/// What a platform keeps of each shop besides its orders: the menu and the reviews, drawn when they
/// are first asked for, the same for the same seed and shop.
class Shelves {
 public:
  static constexpr std::size_t kLargestMenu = 3000;

  /// `items` of a menu, kLargestMenu at most, and `reviews` of each shop.
  Shelves(std::uint64_t seed, std::size_t items, std::size_t reviews)
      : seed_(seed), items_(std::min(items, kLargestMenu)), reviews_(reviews) {}

  /// References stay valid. The caller may change what it finds.
  [[nodiscard]] Catalogue& MenuOf(const std::string& shop);
  /// Newest first, of the 90 days before the first time it is asked.
  [[nodiscard]] std::vector<Review>& ReviewsOf(const std::string& shop, Instant now);

 private:
  std::uint64_t seed_;
  std::size_t items_;
  std::size_t reviews_;
  std::map<std::string, Catalogue> menus_;
  std::map<std::string, std::vector<Review>> reviews_of_;
};

}  // namespace weir::simulators
