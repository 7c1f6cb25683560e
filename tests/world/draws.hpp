// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/seeded_random.hpp"

namespace weir::world {

/// Names of switches: "meituan.duplicated".
using SwitchNames = std::set<std::string, std::less<>>;

/// Switches drawn from a seed, each by its name, so that a test can tell which were reached and a
/// failing world can do without some.
class Draws {
 public:
  struct Drawn {
    std::size_t choice = 0;
    std::size_t choices = 0;
  };

  /// `owner` stands before every name. A switch of `off` gets its first choice; the others are as
  /// they would be.
  Draws(std::uint64_t seed, std::string_view owner, SwitchNames off = {});

  /// Sets `value` to one of `choices`, the calm one first.
  template <typename T>
  void OneOf(std::string_view name, T& value,
             std::initializer_list<std::type_identity_t<T>> choices) {
    value = *std::next(choices.begin(), static_cast<std::ptrdiff_t>(Choose(name, choices.size())));
  }
  /// None, some or `most`.
  void Share(std::string_view name, double& share, double most) {
    OneOf(name, share, {0, most / 4, most});
  }

  [[nodiscard]] std::uint64_t seed() const { return seed_; }
  [[nodiscard]] const std::map<std::string, Drawn>& drawn() const { return drawn_; }

 private:
  [[nodiscard]] std::size_t Choose(std::string_view name, std::size_t choices);

  const std::uint64_t seed_;
  const std::string owner_;
  const SwitchNames off_;
  SeededRandom random_;
  std::map<std::string, Drawn> drawn_;
};

}  // namespace weir::world
