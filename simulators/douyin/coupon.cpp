// SPDX-License-Identifier: Apache-2.0
#include "simulators/douyin/coupon.hpp"

#include <algorithm>
#include <utility>

namespace weir::simulators::douyin {

std::size_t CouponSale::left() const {
  return static_cast<std::size_t>(std::ranges::count_if(certificates, &Certificate::usable));
}

bool CouponSale::any_used() const { return std::ranges::any_of(certificates, &Certificate::used); }

bool CouponSale::all_used() const { return std::ranges::all_of(certificates, &Certificate::used); }

const Certificate* CouponSale::Find(std::string_view name) const {
  const auto found = std::ranges::find_if(certificates, [name](const Certificate& each) {
    return each.id == name || each.code == name || each.encrypted == name;
  });
  return found == certificates.end() ? nullptr : &*found;
}

Certificate* CouponSale::Find(std::string_view name) {
  return const_cast<Certificate*>(std::as_const(*this).Find(name));
}

}  // namespace weir::simulators::douyin
