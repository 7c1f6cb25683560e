// SPDX-License-Identifier: Apache-2.0
#include "simulators/order_life.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <vector>

#include "base/seeded_random.hpp"

namespace weir::simulators {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;

constexpr Instant kStart{seconds(1'700'000'000)};

struct Fate {
  bool shop_rests = false;
};

struct Order {
  std::string id;
  std::string shop;
  Fate fate;
  std::int64_t day_seq = 0;
  std::optional<Instant> paid{};
  [[nodiscard]] std::vector<std::string> names() const { return {id}; }
};

using Book = OrderBook<Order, bool>;

/// An order is paid ten seconds after it is placed, and done ten seconds later.
class Life final : public OrderLife<Order, bool> {
 public:
  Life(const Traffic& traffic, Book& book, Counts& counts, Random& random)
      : OrderLife<Order, bool>(traffic, book, counts, random) {}

  bool Pay(Order& order, Instant at) {
    told.push_back("pay " + order.id);
    Plan([this](Order& paid, Instant) { told.push_back("done " + paid.id); }, order,
         at + seconds(10));
    return true;
  }
  bool SetShopOpen(std::string_view shop, bool open, Instant) override {
    const auto found = book_.shops().find(shop);
    if (found == book_.shops().end() || found->second == open) return false;
    found->second = open;
    told.push_back((open ? "open " : "rest ") + found->first);
    return true;
  }

  std::vector<std::string> told;

 private:
  Order Draw(Instant, std::optional<Fate> fate) override {
    return {.id = std::to_string(++last_), .shop = "s", .fate = fate.value_or(Fate{})};
  }
  void Begin(const Order& order, Instant now) override {
    Plan(&Life::Pay, order, now + seconds(10));
  }

  int last_ = 0;
};

class Lives : public testing::Test {
 protected:
  Traffic traffic_{.order_every = seconds(0), .pace = seconds(60)};
  Counts counts_;
  SeededRandom random_{1};
  Book book_{{{"s", true}}, 2};
};

TEST_F(Lives, GoOnInTheirTime) {
  Life life(traffic_, book_, counts_, random_);
  life.Create(kStart, std::nullopt);
  EXPECT_EQ(life.NextDue(), kStart + seconds(10));
  life.Tick(kStart + seconds(9));
  EXPECT_TRUE(life.told.empty());
  life.Tick(kStart + seconds(30));
  EXPECT_THAT(life.told, ElementsAre("pay 1", "done 1"));
  EXPECT_EQ(life.NextDue(), std::nullopt);
}

TEST_F(Lives, ComeByThemselvesUntilTheyAreStopped) {
  traffic_.order_every = seconds(5);
  Life life(traffic_, book_, counts_, random_);
  life.Tick(kStart);
  life.Tick(kStart + seconds(5));
  EXPECT_EQ(counts_.orders, 2U);
  life.StopTraffic();
  life.Tick(kStart + seconds(60));
  EXPECT_EQ(counts_.orders, 2U);
  EXPECT_THAT(life.told, ElementsAre("pay 1", "pay 2", "done 1", "done 2"));
}

TEST_F(Lives, OfAForgottenOrderEnd) {
  Life life(traffic_, book_, counts_, random_);
  for (int i = 0; i < 3; ++i) life.Create(kStart, std::nullopt);
  life.Tick(kStart + seconds(60));
  EXPECT_THAT(life.told, ElementsAre("pay 2", "pay 3", "done 2", "done 3"));
}

TEST_F(Lives, MayBeginWhileTheirShopGoesToRest) {
  Life life(traffic_, book_, counts_, random_);
  life.Create(kStart, Fate{.shop_rests = true});
  life.Create(kStart, Fate{.shop_rests = true});
  EXPECT_THAT(life.told, ElementsAre("rest s"));
  life.Tick(kStart + seconds(120));
  EXPECT_EQ(std::ranges::count(life.told, "open s"), 1);
}

}  // namespace
}  // namespace weir::simulators
