// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace weir::model {

/// Which fields of a record something supplies, one bit a field: with anything at all, and with a
/// full value (not a masked one).
struct Supply {
  std::uint32_t any = 0;
  std::uint32_t full = 0;

  constexpr void Mark(unsigned field, bool given, bool masked = false) {
    any |= static_cast<std::uint32_t>(given) << field;
    full |= static_cast<std::uint32_t>(given && !masked) << field;
  }
  [[nodiscard]] constexpr bool Has(unsigned field) const { return (any >> field & 1) != 0; }
  [[nodiscard]] constexpr bool HasFull(unsigned field) const { return (full >> field & 1) != 0; }
  /// Whether `more` is richer than this in any field.
  [[nodiscard]] constexpr bool LessThanWith(Supply more) const {
    return ((more.any & ~any) | (more.full & ~full)) != 0;
  }
  constexpr Supply& operator|=(Supply other) {
    any |= other.any;
    full |= other.full;
    return *this;
  }
};

/// What decides a record field by field: the greatest element, and behind it each lesser one that
/// is richer in some field than all greater ones together.
///
/// A join: the content is a function of the set of elements ever added. An element that is
/// superfluous stays so whatever is added, and one that covers it is always kept, so pruning early
/// loses nothing.
///
/// T brings, found by its namespace: `bool Outranks(const T&, const T&)`, a strict total order in
/// which only equal elements are equivalent, `Supply Supplied(const T&)`, and `bool Replaces(const
/// T&, const T&)`: the first is a later reading of what the second was read from, which it drives
/// out.
template <typename T>
class ContributingSet {
 public:
  void Add(T element) {
    for (const T& other : elements_) {
      if (Replaces(other, element)) {
        return;
      }
    }
    std::erase_if(elements_, [&element](const T& other) { return Replaces(element, other); });
    const auto at = std::ranges::find_if(
        elements_, [&element](const T& other) { return !Outranks(other, element); });
    if (at != elements_.end() && !Outranks(element, *at)) {
      return;
    }
    elements_.insert(at, std::move(element));
    Prune();
  }

  /// Takes elements that elements() gave once; false, changing nothing, for any others.
  [[nodiscard]] bool Restore(std::vector<T> elements) {
    const auto not_below = [](const T& a, const T& b) { return !Outranks(a, b); };
    ContributingSet restored;
    restored.elements_ = std::move(elements);
    const std::size_t count = restored.elements_.size();
    if (std::ranges::adjacent_find(restored.elements_, not_below) != restored.elements_.end()) {
      return false;
    }
    restored.Prune();
    if (restored.elements_.size() != count) {
      return false;
    }
    elements_ = std::move(restored.elements_);
    return true;
  }

  [[nodiscard]] bool empty() const { return elements_.empty(); }
  /// The greatest element; not of an empty set.
  [[nodiscard]] const T& victor() const { return elements_.front(); }
  /// The element whose value of `field` holds: the greatest with a full value, else the greatest
  /// with any, else the victor. Not of an empty set.
  [[nodiscard]] const T& For(unsigned field) const {
    if (elements_.size() == 1) {
      return victor();
    }
    const T* masked = nullptr;
    for (const T& element : elements_) {
      const Supply supply = Supplied(element);
      if (supply.HasFull(field)) {
        return element;
      }
      if (masked == nullptr && supply.Has(field)) {
        masked = &element;
      }
    }
    return masked != nullptr ? *masked : victor();
  }
  /// Greatest first.
  [[nodiscard]] const std::vector<T>& elements() const { return elements_; }

  friend bool operator==(const ContributingSet&, const ContributingSet&) = default;

 private:
  void Prune() {
    if (elements_.size() < 2) {
      return;
    }
    Supply covered = Supplied(elements_.front());
    std::size_t kept = 1;
    for (std::size_t i = 1; i < elements_.size(); ++i) {
      const Supply supply = Supplied(elements_[i]);
      if (!covered.LessThanWith(supply)) {
        continue;
      }
      covered |= supply;
      if (kept != i) {
        elements_[kept] = std::move(elements_[i]);
      }
      ++kept;
    }
    elements_.erase(elements_.begin() + static_cast<std::ptrdiff_t>(kept), elements_.end());
  }

  std::vector<T> elements_;
};

}  // namespace weir::model
