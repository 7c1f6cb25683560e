// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "simulators/yuan.hpp"

/// A shop's menu, before any platform writes it.
namespace weir::simulators {

struct CatalogueCategory {
  std::int64_t id = 0;
  std::string name;
  std::string description;
};

struct CatalogueSpec {
  std::int64_t id = 0;
  std::string code;  ///< The merchant's own.
  std::string name;  ///< Empty for the only one.
  Fen price = 0;
  std::optional<std::int64_t> stock;  ///< None: unlimited.
  std::string barcode;
  std::int64_t weight = 0;  ///< Grams.
};

struct CatalogueAttribute {
  std::string name;
  std::vector<std::string> values;
};

struct CatalogueItem {
  std::int64_t id = 0;
  std::string code;
  std::string name;
  std::string description;
  std::size_t category = 0;  ///< Into Catalogue::categories.
  std::string unit;
  std::string picture;
  Fen box_price = 0;
  bool on_sale = true;
  std::vector<CatalogueSpec> specs;  ///< Not empty.
  std::vector<CatalogueAttribute> attributes;
  std::string from;   ///< "10:00"; empty: sold all day.
  std::string until;  ///< "21:30"
};

struct Catalogue {
  std::vector<CatalogueCategory> categories;
  std::vector<CatalogueItem> items;
};

/// A menu of `items` items, in about one category for each fifteen.
[[nodiscard]] Catalogue DrawCatalogue(Random& random, std::size_t items);

}  // namespace weir::simulators
