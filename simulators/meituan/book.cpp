// SPDX-License-Identifier: Apache-2.0
#include "simulators/meituan/book.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace weir::simulators::meituan {

OrderBook::OrderBook(const std::vector<std::string>& shops, std::size_t keep)
    : keep_(std::max<std::size_t>(keep, 1)) {
  for (const std::string& shop : shops) {
    shops_.emplace(shop, kShopOpen);
  }
}

Order& OrderBook::Add(Order order) {
  orders_.push_back(std::move(order));
  const auto place = std::prev(orders_.end());
  by_id_.emplace(place->id, place);
  by_id_.emplace(place->view_id, place);
  while (orders_.size() > keep_) {
    ForgetOldest();
  }
  return *place;
}

void OrderBook::ForgetOldest() {
  const Order& oldest = orders_.front();
  by_id_.erase(oldest.id);
  by_id_.erase(oldest.view_id);
  if (oldest.paid) {
    by_day_.erase({oldest.shop, DayOf(*oldest.paid), oldest.day_seq});
  }
  orders_.pop_front();
}

const Order* OrderBook::Find(std::string_view id) const {
  const auto found = by_id_.find(std::string(id));
  return found == by_id_.end() ? nullptr : &*found->second;
}

Order* OrderBook::Find(std::string_view id) {
  return const_cast<Order*>(std::as_const(*this).Find(id));
}

void OrderBook::NumberOfDay(Order& order, Instant paid) {
  const std::string day = DayOf(paid);
  order.day_seq = ++last_of_day_[{order.shop, day}];
  by_day_[{order.shop, day, order.day_seq}] = order.id;
}

std::int64_t OrderBook::LastOfDay(std::string_view shop, std::string_view day) const {
  const auto found = last_of_day_.find({std::string(shop), std::string(day)});
  return found == last_of_day_.end() ? 0 : found->second;
}

Order* OrderBook::FindOfDay(std::string_view shop, std::string_view day, std::int64_t seq) {
  const auto found = by_day_.find({std::string(shop), std::string(day), seq});
  return found == by_day_.end() ? nullptr : Find(found->second);
}

std::string DayOf(Instant at) {
  const std::chrono::year_month_day day{
      std::chrono::floor<std::chrono::days>(at + Zone::China().offset())};
  return fmt::format("{:04}{:02}{:02}", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

}  // namespace weir::simulators::meituan
