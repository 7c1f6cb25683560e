// SPDX-License-Identifier: Apache-2.0
#include "simulators/courier_life.hpp"

#include <utility>

#include "base/seeded_random.hpp"
#include "simulators/chance.hpp"
#include "simulators/people.hpp"

namespace weir::simulators {
namespace {

using std::chrono::milliseconds;
using End = CourierFate::End;

constexpr std::int64_t kRiderComesFrom = 15'000;               ///< Micro-degrees away at most.
constexpr std::uint64_t kFirstNumber = 3'000'000'000'000'000;  ///< 16 digits, as SF's are.
constexpr std::uint64_t kSeeds = std::uint64_t{1} << 62;

/// What happens at a delivery's present turn is drawn from this, so that no delivery moves
/// another's draws.
SeededRandom RandomOf(const Delivery& delivery) {
  return SeededRandom(delivery.seed + delivery.turn);
}

}  // namespace

CourierLife::CourierLife(const CourierOptions& options, Deliveries& book, CourierDesk& desk,
                         Counts& counts, Random& random)
    : options_(options),
      book_(book),
      desk_(desk),
      counts_(counts),
      random_(random),
      balance_(options.balance),
      last_number_(kFirstNumber + random.Below(1'000'000'000'000)) {}

std::string CourierLife::NextPlatformNo() {
  last_number_ += 1 + random_.Below(1'000);
  return std::to_string(last_number_);
}

Delivery& CourierLife::Begin(Delivery delivery, Instant at) {
  delivery.platform_no = NextPlatformNo();
  Delivery& begun = book_.Add(std::move(delivery));
  ++counts_.orders;
  Start(begun, at);
  return begun;
}

bool CourierLife::Renew(Delivery& delivery, Delivery anew, Instant at) {
  if (delivery.live() || delivery.stage == Stage::kDelivered) {
    return false;
  }
  book_.Renumber(delivery, NextPlatformNo());
  anew.number = delivery.number;
  anew.platform_no = delivery.platform_no;
  anew.first_step = delivery.steps.size();
  anew.steps = std::move(delivery.steps);
  anew.ordered = delivery.ordered;
  anew.turn = delivery.turn;
  anew.told = std::move(delivery.told);
  anew.events = std::move(delivery.events);
  delivery = std::move(anew);
  Start(delivery, at);
  return true;
}

void CourierLife::Start(Delivery& delivery, Instant at) {
  delivery.seed = random_.Below(kSeeds);
  const CourierFate drawn = DrawFate(random_, options_.traffic);
  delivery.fate = std::exchange(foretold_, std::nullopt).value_or(drawn);
  if (delivery.fate.end == End::kStillborn) {
    Enter(delivery, Stage::kStillborn, Repeat::kNone, at);
    return;
  }
  balance_ -= delivery.price();
  Enter(delivery, Stage::kSearching, Repeat::kNone, at);
}

void CourierLife::Enter(Delivery& delivery, Stage stage, Repeat repeat, Instant at) {
  ++delivery.turn;
  delivery.stage = stage;
  delivery.asked_off.reset();
  delivery.steps.push_back({.stage = stage, .repeat = repeat, .at = at, .rider = delivery.rider});
  SeededRandom random = RandomOf(delivery);
  const milliseconds time = About(random, options_.traffic.pace);
  TakeLeg(delivery, random, {at, at + time});
  desk_.TellStage(delivery, at);
  if (delivery.fate.stuck_in != stage) PlanNext(delivery, at, time);
}

void CourierLife::TakeLeg(Delivery& delivery, Random& random, Span span) {
  const std::int64_t north = Between(random, -kRiderComesFrom, kRiderComesFrom);
  const std::int64_t east = Between(random, -kRiderComesFrom, kRiderComesFrom);
  Leg leg{.from = delivery.from, .to = delivery.to, .start = span.start, .end = span.end};
  switch (delivery.stage) {
    case Stage::kAssigned:
      leg.to = delivery.from;
      leg.from.latitude += north;
      leg.from.longitude += east;
      break;
    case Stage::kPickedUp:
      break;
    case Stage::kReturning:
      std::swap(leg.from, leg.to);
      break;
    default:
      return;
  }
  delivery.leg = leg;
}

void CourierLife::TakeRider(Delivery& delivery) {
  ++delivery.riders;
  SeededRandom random(delivery.seed + kSeeds + delivery.riders);
  const std::int64_t id = Between(random, 100'000, 999'999);
  std::string name = DrawRider(random);
  delivery.rider = {.id = id, .name = std::move(name), .phone = DrawPhone(random)};
}

bool CourierLife::Assign(Delivery& delivery, Instant at) {
  if (delivery.stage != Stage::kSearching) {
    return false;
  }
  TakeRider(delivery);
  Enter(delivery, Stage::kAssigned, Repeat::kNone, at);
  return true;
}

bool CourierLife::PassOn(Delivery& delivery, Instant at) {
  if (delivery.stage != Stage::kAssigned) {
    return false;
  }
  TakeRider(delivery);
  Enter(delivery, Stage::kAssigned, Repeat::kHandedOn, at);
  return true;
}

bool CourierLife::GiveBack(Delivery& delivery, Instant at) {
  if (delivery.stage != Stage::kAssigned && delivery.stage != Stage::kAtPickup) {
    return false;
  }
  delivery.rider.reset();
  delivery.leg.reset();
  Enter(delivery, Stage::kSearching, Repeat::kGivenUp, at);
  return true;
}

bool CourierLife::Arrive(Delivery& delivery, Instant at) {
  if (delivery.stage != Stage::kAssigned) {
    return false;
  }
  Enter(delivery, Stage::kAtPickup, Repeat::kNone, at);
  return true;
}

bool CourierLife::PickUp(Delivery& delivery, Instant at) {
  if (delivery.stage != Stage::kAssigned && delivery.stage != Stage::kAtPickup) {
    return false;
  }
  Enter(delivery, Stage::kPickedUp, Repeat::kNone, at);
  return true;
}

bool CourierLife::HandOver(Delivery& delivery, Instant at) {
  if (delivery.stage != Stage::kPickedUp) {
    return false;
  }
  Enter(delivery, Stage::kDelivered, Repeat::kNone, at);
  return true;
}

bool CourierLife::TurnBack(Delivery& delivery, Instant at) {
  if (delivery.stage != Stage::kPickedUp) {
    return false;
  }
  Enter(delivery, Stage::kReturning, Repeat::kNone, at);
  return true;
}

bool CourierLife::TakeBack(Delivery& delivery, Instant at) {
  if (delivery.stage != Stage::kReturning) {
    return false;
  }
  Enter(delivery, Stage::kReturned, Repeat::kNone, at);
  return true;
}

bool CourierLife::Cancel(Delivery& delivery, Cancellation cancellation, Instant at) {
  if (!delivery.live()) {
    return false;
  }
  balance_ += delivery.price() - cancellation.fee;
  delivery.cancellation = std::move(cancellation);
  Enter(delivery, Stage::kCancelled, Repeat::kNone, at);
  return true;
}

bool CourierLife::CallOff(Delivery& delivery, Instant at) {
  return Cancel(delivery, {.by = Canceller::kSystem, .reason = "系统取消"}, at);
}

bool CourierLife::AskOff(Delivery& delivery, Instant at) {
  if (delivery.stage != Stage::kAssigned || delivery.asked_off) {
    return false;
  }
  ++delivery.turn;
  delivery.asked_off = at;
  desk_.TellAsk(delivery, at);
  Plan([this](Delivery& found, Instant due) { AnswerAsk(found, true, due); }, delivery,
       at + options_.traffic.let_off_after);
  return true;
}

bool CourierLife::AnswerAsk(Delivery& delivery, bool let_off, Instant at) {
  if (!delivery.asked_off) {
    return false;
  }
  if (let_off) {
    return Cancel(delivery, {.by = Canceller::kRider, .reason = "配送员原因取消"}, at);
  }
  ++delivery.turn;
  delivery.asked_off.reset();
  SeededRandom random = RandomOf(delivery);
  Plan(&CourierLife::Arrive, delivery, at + About(random, options_.traffic.pace));
  return true;
}

bool CourierLife::ReportTrouble(Delivery& delivery, Instant at) {
  if (delivery.stage != Stage::kPickedUp) {
    return false;
  }
  desk_.TellTrouble(delivery, at);
  return true;
}

void CourierLife::AddTip(Delivery& delivery, Tip tip) {
  balance_ -= tip.amount;
  delivery.tips.push_back(std::move(tip));
}

void CourierLife::PlanNext(const Delivery& delivery, Instant at, milliseconds time) {
  const CourierFate& fate = delivery.fate;
  switch (delivery.stage) {
    case Stage::kSearching:
      if (fate.end == End::kUnaccepted) {
        Plan(&CourierLife::CallOff, delivery, at + options_.traffic.searched_for);
      } else if (fate.end == End::kCancelled && fate.cancelled_in == Stage::kSearching) {
        Plan(&CourierLife::CallOff, delivery, at + time);
      } else {
        Plan(&CourierLife::Assign, delivery, at + time);
      }
      return;
    case Stage::kAssigned:
    case Stage::kAtPickup:
      Plan(NextWithRider(delivery), delivery, at + time);
      return;
    case Stage::kPickedUp:
      if (fate.troubled) Plan(&CourierLife::ReportTrouble, delivery, at + time / 2);
      Plan(fate.end == End::kReturned ? &CourierLife::TurnBack : &CourierLife::HandOver, delivery,
           at + time);
      return;
    case Stage::kReturning:
      Plan(&CourierLife::TakeBack, delivery, at + time);
      return;
    default:
      return;
  }
}

CourierLife::Act CourierLife::NextWithRider(const Delivery& delivery) {
  const CourierFate& fate = delivery.fate;
  const bool first = delivery.riders == 1;
  const bool assigned = delivery.stage == Stage::kAssigned;
  if (first && fate.given_up_in == delivery.stage) {
    return &CourierLife::GiveBack;
  }
  if (first && assigned && fate.handed_on) {
    return &CourierLife::PassOn;
  }
  if (fate.end == End::kCancelled && fate.cancelled_in == delivery.stage) {
    return &CourierLife::CallOff;
  }
  if (assigned && fate.asks_off) {
    return &CourierLife::AskOff;
  }
  return assigned ? &CourierLife::Arrive : &CourierLife::PickUp;
}

void CourierLife::Plan(std::function<void(Delivery&, Instant)> act, const Delivery& delivery,
                       Instant at) {
  agenda_.Add(at, [this, act = std::move(act), number = delivery.number,
                   turn = delivery.turn](Instant due) {
    Delivery* found = book_.Find(number);
    if (found != nullptr && found->turn == turn) act(*found, due);
  });
}

void CourierLife::Plan(Act act, const Delivery& delivery, Instant at) {
  Plan([this, act](Delivery& found, Instant due) { (this->*act)(found, due); }, delivery, at);
}

void CourierLife::Tick(Instant now) {
  while (const auto due = agenda_.Take(now)) {
    due->item(due->at);
  }
}

}  // namespace weir::simulators
