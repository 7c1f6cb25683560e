// SPDX-License-Identifier: Apache-2.0
#include "simulators/sf_express/book.hpp"

#include <utility>

namespace weir::simulators::sf_express {

Fen FeeOf(std::int64_t weight_g) {
  constexpr Fen kFirst = 1800;
  constexpr Fen kNext = 500;
  constexpr std::int64_t kKilogram = 1000;
  const std::int64_t begun = (weight_g + kKilogram - 1) / kKilogram;
  return kFirst + kNext * (begun > 1 ? begun - 1 : 0);
}

ShipmentTruth TruthOf(const Parcel& parcel) {
  return {.number = parcel.number,
          .platform_no = parcel.waybill,
          .status = parcel.status,
          .live = parcel.live,
          .ordered = parcel.ordered,
          .fee = parcel.picked_up ? FeeOf(parcel.weight_g) : 0,
          .created = parcel.created,
          .ended = parcel.ended,
          .way = parcel.way,
          .events = parcel.events};
}

Parcel& Book::Add(Parcel parcel) {
  parcels_.push_back(std::move(parcel));
  Parcel& added = parcels_.back();
  Name(added, added.number);
  Name(added, added.waybill);
  for (const std::string& child : added.children) Name(added, child);
  while (parcels_.size() > keep_) {
    std::erase_if(by_name_,
                  [this](const auto& named) { return named.second == &parcels_.front(); });
    parcels_.pop_front();
  }
  return added;
}

void Book::Name(Parcel& parcel, const std::string& waybill) { by_name_[waybill] = &parcel; }

Parcel* Book::Find(std::string_view name) {
  const auto found = by_name_.find(std::string(name));
  return found == by_name_.end() ? nullptr : found->second;
}

}  // namespace weir::simulators::sf_express
