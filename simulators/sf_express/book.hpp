// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

#include "simulators/sf_express/parcel.hpp"

namespace weir::simulators::sf_express {

/// All parcels, by the caller's number and by waybill. References stay valid until the next Add.
class Book {
 public:
  /// Beyond `keep` the oldest are forgotten.
  explicit Book(std::size_t keep) : keep_(keep) {}

  Parcel& Add(Parcel parcel);
  /// A waybill more of a parcel.
  void Name(Parcel& parcel, const std::string& waybill);
  /// By number or waybill; null when unknown or forgotten.
  [[nodiscard]] Parcel* Find(std::string_view name);
  [[nodiscard]] const std::list<Parcel>& parcels() const { return parcels_; }

 private:
  std::size_t keep_;
  std::list<Parcel> parcels_;
  std::unordered_map<std::string, Parcel*> by_name_;
};

}  // namespace weir::simulators::sf_express
