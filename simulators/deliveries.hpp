// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

#include "simulators/delivery.hpp"

namespace weir::simulators {

/// A courier's deliveries by the caller's number and by its own. References stay valid until the
/// next Add.
class Deliveries {
 public:
  /// Beyond `keep` the oldest are forgotten, as if they never were.
  explicit Deliveries(std::size_t keep);

  /// Neither of its numbers is known yet.
  Delivery& Add(Delivery delivery);
  /// A delivery gets another number of the courier's, which is the only one from now on.
  void Renumber(Delivery& delivery, std::string platform_no);

  /// By the caller's number; nullptr when unknown or forgotten.
  [[nodiscard]] Delivery* Find(std::string_view number);
  [[nodiscard]] Delivery* FindByPlatformNo(std::string_view platform_no);

  [[nodiscard]] const std::list<Delivery>& all() const { return deliveries_; }  ///< Oldest first.

 private:
  using Index = std::unordered_map<std::string, std::list<Delivery>::iterator>;
  [[nodiscard]] static Delivery* In(Index& index, std::string_view name);

  std::size_t keep_;
  std::list<Delivery> deliveries_;
  Index by_number_;
  Index by_platform_no_;
};

}  // namespace weir::simulators
