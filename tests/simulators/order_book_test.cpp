// SPDX-License-Identifier: Apache-2.0
#include "simulators/order_book.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <vector>

namespace weir::simulators {
namespace {

constexpr Instant kStart{std::chrono::seconds(1'700'000'000)};  // 2023-11-15 in China.

struct Order {
  std::string id;
  std::string shop;
  std::int64_t day_seq = 0;
  std::optional<Instant> paid{};
  [[nodiscard]] std::vector<std::string> names() const { return {id, "view-" + id}; }
};

Order& AddPaid(OrderBook<Order, int>& book, const std::string& id, Instant at = kStart) {
  Order& order = book.Add({.id = id, .shop = "s"});
  order.paid = at;
  book.NumberOfDay(order, at);
  return order;
}

TEST(OrderBook, FindsByEveryName) {
  OrderBook<Order, int> book({}, 10);
  book.Add({.id = "1", .shop = "s"});
  EXPECT_EQ(book.Find("1"), book.Find("view-1"));
  EXPECT_EQ(book.Find("2"), nullptr);
}

TEST(OrderBook, NumbersTheDayInChina) {
  OrderBook<Order, int> book({}, 10);
  EXPECT_EQ(AddPaid(book, "1").day_seq, 1);
  EXPECT_EQ(AddPaid(book, "2").day_seq, 2);
  EXPECT_EQ(AddPaid(book, "3", kStart + std::chrono::hours(24)).day_seq, 1);
  EXPECT_EQ(book.LastOfDay("s", "20231115"), 2);
  EXPECT_EQ(book.FindOfDay("s", "20231115", 2)->id, "2");
  EXPECT_EQ(book.FindOfDay("s", "20231115", 3), nullptr);
  EXPECT_EQ(book.FindOfDay("t", "20231115", 1), nullptr);
}

TEST(OrderBook, ForgetsTheOldest) {
  OrderBook<Order, int> book({}, 2);
  for (const char* id : {"1", "2", "3"}) AddPaid(book, id);
  EXPECT_EQ(book.Find("1"), nullptr);
  EXPECT_EQ(book.Find("view-1"), nullptr);
  EXPECT_EQ(book.FindOfDay("s", "20231115", 1), nullptr);
  EXPECT_EQ(book.orders().front().id, "2");
}

}  // namespace
}  // namespace weir::simulators
