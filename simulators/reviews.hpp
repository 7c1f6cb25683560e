// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/random.hpp"
#include "simulators/catalogue.hpp"

/// What customers say of a shop, before any platform writes it.
namespace weir::simulators {

/// Later words beside a review.
struct Words {
  std::string text;
  Instant at{};
};

struct Review {
  std::int64_t id = 0;
  std::string order;  ///< The platform's number of the order; not every platform tells it.
  int rating = 5;     ///< 1 to 5; so are the others.
  int food = 5;
  int delivery = 5;
  int packaging = 5;
  std::string text;
  Instant at{};
  std::int64_t minutes = 0;  ///< The delivery took so long.
  std::vector<std::string> tags;
  std::vector<std::string> pictures;
  std::size_t item = 0;  ///< Into the menu's items: one that was praised or blamed.
  std::optional<Words> reply;
  std::optional<Words> follow_up;
};

/// `count` reviews of the days before `now`, at most 90, newest first.
[[nodiscard]] std::vector<Review> DrawReviews(Random& random, const Catalogue& menu,
                                              std::size_t count, Instant now);

}  // namespace weir::simulators
