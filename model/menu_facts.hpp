// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/money.hpp"
#include "model/order_facts.hpp"
#include "model/review_facts.hpp"

/// What one look at a whole menu says, in the platform's words. Mapping makes these; the fold
/// merges them into model/menu_state.hpp.
namespace weir::model {

struct MenuCategory {
  std::string id;  ///< The platform's; its name where it has no other.
  std::string name;
  std::string parent;  ///< The id of the category above; empty at the top.
  std::optional<std::int64_t> sort;
};

/// One thing with a price.
struct MenuSpec {
  std::string platform_sku;
  std::string name;  ///< Empty where the item has one spec only and does not name it.
  std::string merchant_code;
  std::optional<Money> price;
  std::optional<Money> packaging_fee;
  std::optional<std::int64_t> stock;  ///< Nothing when it is not told, or unlimited.
  bool unlimited = false;
  bool available = true;
  std::string extra;  ///< A JSON object; may be empty.
};

struct MenuOption {
  std::string name;
  std::optional<Money> price;
};

/// What the customer chooses from beside the spec.
struct MenuOptionGroup {
  std::string name;
  std::vector<MenuOption> options;
};

struct MenuAttribute {
  std::string name;
  std::vector<std::string> values;
};

/// Local times of one day at which an item is sold.
struct MenuHours {
  std::string day;   ///< "monday" ... "sunday"
  std::string from;  ///< "06:00"
  std::string to;
  friend bool operator==(const MenuHours&, const MenuHours&) = default;
};

struct MenuItem {
  std::string id;
  std::string name;
  std::string description;
  std::vector<std::string> pictures;
  std::string category;  ///< A category's id.
  std::string unit;
  std::vector<MenuSpec> specs;
  std::vector<MenuOptionGroup> option_groups;
  std::vector<MenuAttribute> attributes;
  std::vector<MenuHours> hours;  ///< Empty: always.
  std::optional<std::int64_t> sort;
  bool available = true;
  std::string extra;  ///< A JSON object; may be empty.
};

/// Everything a shop sells, as one complete read told it. Part of a menu is no fact.
struct MenuFacts {
  std::string platform;
  std::string platform_shop;
  LookKey key;
  std::vector<MenuCategory> categories;
  std::vector<MenuItem> items;
  std::vector<Issue> issues;
};

}  // namespace weir::model
