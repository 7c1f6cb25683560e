// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "model/menu_facts.hpp"

namespace weir::model {

/// An item as readers get it.
struct MenuItemText {
  std::string id;
  std::string json;
  friend bool operator==(const MenuItemText&, const MenuItemText&) = default;
};

/// The ids of items in which two menus differ, each list sorted.
struct MenuChanges {
  std::vector<std::string> added;
  std::vector<std::string> removed;
  std::vector<std::string> changed;
};

/// A change names at most so many items of each kind and says when there were more.
inline constexpr std::size_t kMostNamedItems = 500;

/// What is known of one shop's menu: its newest complete observation, whole. Of two the later read
/// wins, then the greater digest; parts are never mixed.
class MenuState {
 public:
  /// True when the menu is now another.
  bool Merge(MenuFacts facts);

  [[nodiscard]] bool Shows(const ContentDigest& content) const { return key_.digest == content; }
  [[nodiscard]] const std::string& platform_shop() const { return platform_shop_; }
  [[nodiscard]] const std::vector<MenuItemText>& items() const { return items_; }
  /// Of all items.
  [[nodiscard]] std::uint64_t items_sum() const;
  [[nodiscard]] MenuChanges ChangesSince(const MenuState& before) const;

  /// Appends the canonical record's members before the stamps, without braces and without items;
  /// `store` is the linked one, empty when there is none.
  void AppendBody(std::string& out, std::string_view platform, std::string_view connection,
                  std::string_view store) const;
  /// Appends "extra" and "issues", the members behind the stamps, likewise.
  void AppendTail(std::string& out, std::string_view store) const;

  /// The state as bytes, for storage, and back. Decode never trusts its input.
  void Encode(std::string& out) const;
  [[nodiscard]] static Result<MenuState> Decode(std::string_view bytes);

  friend bool operator==(const MenuState&, const MenuState&) = default;

 private:
  LookKey key_;
  std::string platform_shop_;
  std::string categories_;  ///< A JSON array.
  std::vector<MenuItemText> items_;
  std::vector<Issue> issues_;
};

/// Appends the member "changes" that says what one version of a menu changed.
void AppendMenuChanges(std::string& out, const MenuChanges& changes);

}  // namespace weir::model
