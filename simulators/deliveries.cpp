// SPDX-License-Identifier: Apache-2.0
#include "simulators/deliveries.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace weir::simulators {

Deliveries::Deliveries(std::size_t keep) : keep_(std::max<std::size_t>(keep, 1)) {}

Delivery& Deliveries::Add(Delivery delivery) {
  deliveries_.push_back(std::move(delivery));
  const auto place = std::prev(deliveries_.end());
  by_number_.emplace(place->number, place);
  by_platform_no_.emplace(place->platform_no, place);
  while (deliveries_.size() > keep_) {
    by_number_.erase(deliveries_.front().number);
    by_platform_no_.erase(deliveries_.front().platform_no);
    deliveries_.pop_front();
  }
  return *place;
}

void Deliveries::Renumber(Delivery& delivery, std::string platform_no) {
  auto node = by_platform_no_.extract(delivery.platform_no);
  node.key() = platform_no;
  delivery.platform_no = std::move(platform_no);
  by_platform_no_.insert(std::move(node));
}

Delivery* Deliveries::In(Index& index, std::string_view name) {
  const auto found = index.find(std::string(name));
  return found == index.end() ? nullptr : &*found->second;
}

Delivery* Deliveries::Find(std::string_view number) { return In(by_number_, number); }

Delivery* Deliveries::FindByPlatformNo(std::string_view platform_no) {
  return In(by_platform_no_, platform_no);
}

}  // namespace weir::simulators
