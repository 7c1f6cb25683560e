// SPDX-License-Identifier: Apache-2.0
#include "simulators/meituan/simulator.hpp"

#include <stdexcept>
#include <utility>

#include "base/seeded_random.hpp"
#include "simulators/meituan/api.hpp"
#include "simulators/meituan/book.hpp"
#include "simulators/meituan/life.hpp"
#include "simulators/meituan/pushes.hpp"
#include "simulators/shelves.hpp"

namespace weir::simulators::meituan {

/// Lives and faults draw from generators of their own, so that a fault switched on leaves the
/// orders of a seed as they are.
struct MeituanSimulator::State {
  explicit State(Options the_options) : options(std::move(the_options)) {
    if (options.shops.empty()) {
      throw std::invalid_argument("a simulated Meituan needs a shop");
    }
  }

  Options options;
  Counts counts;
  SeededRandom of_lives{options.seed};
  SeededRandom of_pushes{options.seed ^ 0x5851F42D4C957F2DU};
  SeededRandom of_calls{options.seed ^ 0x14057B7EF767814FU};
  OrderBook book{options.shops, options.keep_orders};
  PushDesk desk{options, book, counts, of_pushes};
  Life life{options, book, desk, counts, of_lives};
  Shelves shelves{options.seed, options.menu_items, options.reviews};
  Api api{options, book, life, shelves, counts, of_calls};
};

MeituanSimulator::MeituanSimulator(Options options)
    : state_(std::make_unique<State>(std::move(options))) {}

MeituanSimulator::~MeituanSimulator() = default;

HttpAnswer MeituanSimulator::Handle(const HttpCall& call, Instant now) {
  state_->life.Tick(now);
  return state_->api.Handle(call, now);
}

std::vector<OutgoingPush> MeituanSimulator::Due(Instant now, std::size_t limit) {
  state_->life.Tick(now);
  std::vector<OutgoingPush> due;
  while (due.size() < limit) {
    auto push = state_->desk.Take(now);
    if (!push) {
      break;
    }
    due.push_back(std::move(*push));
  }
  return due;
}

void MeituanSimulator::OnPushAnswer(std::uint64_t push, const PushAnswer& answer, Instant now) {
  const auto stored = state_->desk.OnAnswer(push, answer, now);
  Order* order = stored ? state_->book.Find(*stored) : nullptr;
  if (order != nullptr) {
    state_->life.Receive(*order, now);
  }
}

std::optional<Instant> MeituanSimulator::NextDue() const {
  return Earlier(state_->life.NextDue(), state_->desk.NextDue());
}

std::string MeituanSimulator::CreateOrder(Instant now, std::optional<Fate> fate) {
  state_->life.Tick(now);
  return state_->life.Create(now, std::move(fate)).id;
}

void MeituanSimulator::StopTraffic() { state_->life.StopTraffic(); }

bool MeituanSimulator::Cancel(std::string_view order, const Cancellation& why, Instant now) {
  state_->life.Tick(now);
  Order* found = state_->book.Find(order);
  return found != nullptr && state_->life.CancelFor(*found, why, now);
}

bool MeituanSimulator::ApplyRefund(std::string_view order, const RefundFate& kind, Instant now) {
  state_->life.Tick(now);
  Order* found = state_->book.Find(order);
  return found != nullptr && state_->life.ApplyRefund(*found, kind, now);
}

bool MeituanSimulator::Urge(std::string_view order, Instant now) {
  state_->life.Tick(now);
  Order* found = state_->book.Find(order);
  return found != nullptr && state_->life.Urge(*found, now);
}

bool MeituanSimulator::SetShopStatus(std::string_view shop, int poi_status, Instant now) {
  state_->life.Tick(now);
  return state_->life.SetShopStatus(shop, poi_status, now);
}

Catalogue& MeituanSimulator::menu(const std::string& shop) { return state_->shelves.MenuOf(shop); }

std::vector<OrderTruth> MeituanSimulator::Orders() const {
  std::vector<OrderTruth> truths;
  truths.reserve(state_->book.orders().size());
  for (const Order& order : state_->book.orders()) {
    truths.push_back(TruthOf(order));
  }
  return truths;
}

std::optional<OrderTruth> MeituanSimulator::Truth(std::string_view order) const {
  const Order* found = std::as_const(state_->book).Find(order);
  return found == nullptr ? std::nullopt : std::optional(TruthOf(*found));
}

std::vector<ShopTruth> MeituanSimulator::Shops() const {
  std::vector<ShopTruth> truths;
  for (const auto& [code, status] : state_->book.shops()) {
    truths.push_back({code, status});
  }
  return truths;
}

Counts MeituanSimulator::counts() const {
  Counts counts = state_->counts;
  counts.outstanding = state_->desk.outstanding();
  counts.given_up = state_->desk.given_up();
  return counts;
}

const Options& MeituanSimulator::options() const { return state_->options; }

}  // namespace weir::simulators::meituan
