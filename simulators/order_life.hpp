// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/instant.hpp"
#include "base/random.hpp"
#include "simulators/agenda.hpp"
#include "simulators/chance.hpp"
#include "simulators/ledger.hpp"
#include "simulators/manners.hpp"
#include "simulators/order_book.hpp"

namespace weir::simulators {

/// The lives of a platform's orders: new ones come, and what was planned for each happens in its
/// time. Which states and acts there are is the platform's business: its Life derives from this.
///
/// An Order is as the book wants it, with a `fate` that says whether its shop rests: `shop_rests`.
template <typename Order, typename Shop>
class OrderLife {
 public:
  using Fate = decltype(Order::fate);

  virtual ~OrderLife() = default;
  OrderLife(const OrderLife&) = delete;
  OrderLife& operator=(const OrderLife&) = delete;

  /// A customer submits an order, with the fate given or one that is drawn.
  Order& Create(Instant now, std::optional<Fate> fate) {
    Advance(now);
    Order& order = book_.Add(Draw(now, std::move(fate)));
    ++counts_.orders;
    Begin(order, now);
    if (order.fate.shop_rests && SetShopOpen(order.shop, false, now)) {
      agenda_.Add(now + Stage(),
                  [this, shop = order.shop](Instant at) { SetShopOpen(shop, true, at); });
    }
    return order;
  }

  /// Lets happen what is due by `now`, each at its own time; new orders of the traffic, too.
  void Tick(Instant now) {
    while (const auto at = arrivals_.Take(now)) {
      Create(*at, std::nullopt);
    }
    Advance(now);
  }

  [[nodiscard]] std::optional<Instant> NextDue() const {
    return Earlier(arrivals_.NextDue(), agenda_.NextDue());
  }

  /// No further orders by themselves; what lives goes on.
  void StopTraffic() { arrivals_.Stop(); }

  /// False where it is so already, or the shop is unknown.
  virtual bool SetShopOpen(std::string_view shop, bool open, Instant at) = 0;

 protected:
  using Book = OrderBook<Order, Shop>;

  /// All references outlive the life.
  OrderLife(const Traffic& traffic, Book& book, Counts& counts, Random& random)
      : book_(book),
        random_(random),
        traffic_(traffic),
        counts_(counts),
        arrivals_(traffic.order_every) {}

  /// A new order, not yet in the book.
  [[nodiscard]] virtual Order Draw(Instant now, std::optional<Fate> fate) = 0;
  /// Plans the first step of a new order.
  virtual void Begin(const Order& order, Instant now) = 0;

  /// At `at`, `act` is done to `order`, unless the book has forgotten it.
  void Plan(std::function<void(Order&, Instant)> act, const Order& order, Instant at) {
    agenda_.Add(at, [this, act = std::move(act), id = order.id](Instant due) {
      if (Order* found = book_.Find(id)) act(*found, due);
    });
  }
  /// The same for an act of the deriving class.
  template <typename Life>
  void Plan(bool (Life::*act)(Order&, Instant), const Order& order, Instant at) {
    Plan([life = static_cast<Life*>(this), act](Order& found,
                                                Instant due) { (life->*act)(found, due); },
         order, at);
  }

  /// The time from one stage to the next, about `stages` paces.
  [[nodiscard]] std::chrono::milliseconds Stage(int stages = 1) {
    return About(random_, traffic_.pace * stages);
  }

  Book& book_;
  Random& random_;

 private:
  void Advance(Instant now) {
    while (const auto due = agenda_.Take(now)) {
      due->item(due->at);
    }
  }

  const Traffic& traffic_;
  Counts& counts_;
  Agenda<std::function<void(Instant)>> agenda_;
  Arrivals arrivals_;
};

}  // namespace weir::simulators
