// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "simulators/form.hpp"
#include "simulators/meituan/book.hpp"
#include "simulators/meituan/life.hpp"
#include "simulators/meituan/options.hpp"
#include "simulators/shelves.hpp"

/// The interfaces of protocol notes 1.4 and 1.9 to 1.11, behind the signature.
namespace weir::simulators::meituan {

/// What an interface works with: one verified call.
struct Call {
  const Fields& parameters;
  Instant now;
  const Options& options;
  OrderBook& book;
  Life& life;
  Shelves& shelves;
};

/// The JSON of `data`, or an error code.
using Outcome = std::expected<std::string, int>;

struct Interface {
  std::string_view path;  ///< Below /api/v1/.
  std::string_view method;
  Outcome (*run)(const Call& call);
};

/// nullptr when there is no such path.
[[nodiscard]] const Interface* FindInterface(std::string_view path);

/// app_poi_code, or why there is none.
[[nodiscard]] Outcome ShopNamedBy(const Call& call);

// Menus, reviews and shops.
Outcome ListFoodCategories(const Call& call);
Outcome ListFoods(const Call& call);
Outcome GetFood(const Call& call);
Outcome QueryComments(const Call& call);
Outcome ListShops(const Call& call);
Outcome GetShops(const Call& call);
Outcome OpenShop(const Call& call);
Outcome CloseShop(const Call& call);

}  // namespace weir::simulators::meituan
