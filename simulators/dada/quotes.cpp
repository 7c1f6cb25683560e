// SPDX-License-Identifier: Apache-2.0
#include "simulators/dada/quotes.hpp"

#include <fmt/format.h>

namespace weir::simulators::dada {
namespace {

constexpr std::size_t kKept = 10'000;

}  // namespace

Quote& Quotes::Give(const Delivery& delivery, Instant at) {
  const std::string no = fmt::format("Dada{:032}", ++given_);
  order_.push_back(no);
  if (order_.size() > kKept) {
    const auto oldest = by_no_.find(order_.front());
    const auto last = last_.find(oldest->second.delivery.number);
    if (last != last_.end() && last->second == oldest->second.at) last_.erase(last);
    by_no_.erase(oldest);
    order_.pop_front();
  }
  last_[delivery.number] = at;
  return by_no_.emplace(no, Quote{.no = no, .delivery = delivery, .at = at}).first->second;
}

Quote* Quotes::Find(std::string_view no) {
  const auto found = by_no_.find(no);
  return found == by_no_.end() ? nullptr : &found->second;
}

std::optional<Instant> Quotes::LastOf(const std::string& number) const {
  const auto found = last_.find(number);
  return found == last_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace weir::simulators::dada
