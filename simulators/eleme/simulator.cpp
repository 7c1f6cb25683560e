// SPDX-License-Identifier: Apache-2.0
#include "simulators/eleme/simulator.hpp"

#include <stdexcept>
#include <utility>

#include "base/json_writer.hpp"
#include "base/seeded_random.hpp"
#include "simulators/china_time.hpp"
#include "simulators/eleme/api.hpp"
#include "simulators/eleme/book.hpp"
#include "simulators/eleme/life.hpp"
#include "simulators/eleme/pushes.hpp"
#include "simulators/shelves.hpp"

namespace weir::simulators::eleme {
/// Lives, faults, calls and tokens draw from generators of their own, so that a fault switched on
/// leaves the orders of a seed as they are.
struct ElemeSimulator::State {
  explicit State(Options the_options) : options(std::move(the_options)) {
    if (options.shops.empty()) {
      throw std::invalid_argument("a simulated Ele.me needs a shop");
    }
  }

  Options options;
  Counts counts;
  SeededRandom of_lives{options.seed};
  SeededRandom of_pushes{options.seed ^ 0x5851F42D4C957F2DU};
  SeededRandom of_calls{options.seed ^ 0x14057B7EF767814FU};
  SeededRandom of_tokens{options.seed ^ 0x2545F4914F6CDD1DU};
  OrderBook book{options.shops, options.keep_orders};
  PushDesk desk{options, book, counts, of_pushes};
  Life life{options, book, desk, counts, of_lives};
  TokenServer tokens{options, of_tokens};
  Shelves shelves{options.seed, options.menu_items, options.reviews};
  Api api{{options, book, life, desk, tokens, shelves, counts}, of_calls};
};

ElemeSimulator::ElemeSimulator(Options options)
    : state_(std::make_unique<State>(std::move(options))) {}

ElemeSimulator::~ElemeSimulator() = default;

HttpAnswer ElemeSimulator::Handle(const HttpCall& call, Instant now) {
  state_->life.Tick(now);
  return state_->api.Handle(call, now);
}

std::vector<OutgoingPush> ElemeSimulator::Due(Instant now, std::size_t limit) {
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

void ElemeSimulator::OnPushAnswer(std::uint64_t push, const PushAnswer& answer, Instant now) {
  state_->desk.OnAnswer(push, answer, now);
}

std::optional<Instant> ElemeSimulator::NextDue() const {
  return Earlier(state_->life.NextDue(), state_->desk.NextDue());
}

std::string ElemeSimulator::CreateOrder(Instant now, std::optional<Fate> fate) {
  state_->life.Tick(now);
  return state_->life.Create(now, std::move(fate)).id;
}

void ElemeSimulator::StopTraffic() { state_->life.StopTraffic(); }

bool ElemeSimulator::End(std::string_view order, Ending ending, Instant now) {
  state_->life.Tick(now);
  Order* found = state_->book.Find(order);
  return found != nullptr && state_->life.End(*found, ending, now);
}

bool ElemeSimulator::ApplyRefund(std::string_view order, const RefundFate& kind, Instant now) {
  state_->life.Tick(now);
  Order* found = state_->book.Find(order);
  return found != nullptr && state_->life.ApplyRefund(*found, kind, now);
}

bool ElemeSimulator::Urge(std::string_view order, Instant now) {
  state_->life.Tick(now);
  Order* found = state_->book.Find(order);
  return found != nullptr && state_->life.Urge(*found, now);
}

bool ElemeSimulator::SetShopOpen(std::string_view shop, bool open, Instant now) {
  state_->life.Tick(now);
  return state_->life.SetShopOpen(shop, open, now);
}

void ElemeSimulator::Revoke(Instant now) {
  constexpr int kRevoked = 100;
  state_->tokens.Revoke();
  const std::string shop = std::to_string(options().shops.front().id);
  std::string body;
  JsonWriter json(body);
  json.BeginObject().Key("shopId").Number(shop).Member("appId", options().app_id);
  json.Member("appName", "demo").Member("relieveOAuthTime", ChinaTime(now)).EndObject();
  state_->desk.TellShop(shop, kRevoked, std::move(body), now);
}

TokenServer& ElemeSimulator::tokens() { return state_->tokens; }

Catalogue& ElemeSimulator::menu(const std::string& shop) { return state_->shelves.MenuOf(shop); }

std::vector<OrderTruth> ElemeSimulator::Orders() const {
  std::vector<OrderTruth> truths;
  truths.reserve(state_->book.orders().size());
  for (const Order& order : state_->book.orders()) {
    truths.push_back(TruthOf(order));
  }
  return truths;
}

std::optional<OrderTruth> ElemeSimulator::Truth(std::string_view order) const {
  const Order* found = std::as_const(state_->book).Find(order);
  return found == nullptr ? std::nullopt : std::optional(TruthOf(*found));
}

Counts ElemeSimulator::counts() const {
  Counts counts = state_->counts;
  counts.outstanding = state_->desk.outstanding();
  counts.given_up = state_->desk.given_up();
  return counts;
}

const Options& ElemeSimulator::options() const { return state_->options; }

}  // namespace weir::simulators::eleme
