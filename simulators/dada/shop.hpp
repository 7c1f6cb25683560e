// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "simulators/dada/options.hpp"

namespace weir::simulators::dada {

struct Shop : CourierShop {
  std::int64_t business = 1;
  std::string contact = "联系人";
  std::string city = "上海";
  std::string area = "浦东新区";
};

/// By the merchant's own number of it.
using Shops = std::map<std::string, Shop, std::less<>>;

[[nodiscard]] Shops ShopsOf(const Options& options);

}  // namespace weir::simulators::dada
