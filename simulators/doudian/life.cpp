// SPDX-License-Identifier: Apache-2.0
#include "simulators/doudian/life.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <utility>

#include "simulators/chance.hpp"
#include "simulators/people.hpp"

namespace weir::simulators::doudian {
namespace {

constexpr int kStagesToAccept = 10;  // After these without a word the order is cancelled.
constexpr std::uint64_t kIds = 6'900'000'000'000'000'000;
constexpr Place kStorePlace{.latitude = 31'230'416, .longitude = 121'473'701};
constexpr std::array kPayTypes = {1, 2, 4, 5, 8, 9};

std::string_view ReasonOf(Ending ending) {
  switch (ending) {
    case Ending::kUnpaid:
      return "超时未支付";
    case Ending::kByUser:
      return "不想要了";
    case Ending::kNotAccepted:
      return "商家超时未接单";
    case Ending::kRejected:
      return "商家拒绝接单";
    case Ending::kByUserLater:
      return "用户取消订单";
    case Ending::kByShop:
      break;
  }
  return "商家缺货取消";
}

int StateFor(EndsFrom from) {
  return from == EndsFrom::kUnpaid ? status::kUnpaid : status::kToShip;
}

}  // namespace

Life::Life(const Options& options, OrderBook& book, PushDesk& desk, Counts& counts, Random& random)
    : OrderLife<Order, Store>(options.traffic, book, counts, random),
      options_(options),
      desk_(desk) {
  last_number_ = random_.Below(100'000'000'000'000'000);
  last_refund_ = random_.Below(100'000'000'000'000'000);
}

Order Life::Draw(Instant now, std::optional<Fate> given) {
  const Quirks& quirks = options_.quirks;
  Fate fate = DrawFate(random_, options_);
  if (given) fate = *std::move(given);
  Order order;
  // Wide enough apart for the sku orders' own numbers.
  last_number_ += 100 + random_.Below(100'000);
  order.id = std::to_string(kIds + last_number_);
  const StoreOptions& store = Pick(random_, options_.shops);
  order.shop = std::to_string(store.id);
  order.shop_code = store.code;
  order.basket = DrawBasket(random_);
  order.recipient = DrawRecipient(random_, quirks.virtual_number);
  const bool broken = Chance(random_, quirks.broken_amounts);
  const auto which = static_cast<int>(Between(random_, 1, 3));
  order.style = {.numbers_as_text = Chance(random_, quirks.numbers_as_text),
                 .unknown_members = Chance(random_, quirks.unknown_members),
                 .no_coordinate = Chance(random_, quirks.no_coordinate),
                 .broken_identity = broken ? which : 0};
  order.fate = std::move(fate);
  order.created = now;
  order.pay_type = Pick(random_, kPayTypes);
  const auto wanted = std::chrono::minutes(Between(random_, 60, 180));
  if (Chance(random_, quirks.booked)) {
    order.wanted = now + wanted;
  }
  return order;
}

void Life::Begin(const Order& order, Instant now) {
  Order& created = *book_.Find(order.id);
  if (Chance(random_, options_.quirks.probed)) {
    desk_.Probe(now);
  }
  Tell(created, tag::kCreated, now);
  if (order.fate.asides.amount_changed) {
    Plan(&Life::ReducePrice, order, now + Stage() / 2);
  }
  const bool unpaid = order.fate.ending == Ending::kUnpaid;
  Plan(unpaid ? &Life::EndByFate : &Life::Pay, order, now + Stage());
}

void Life::Tell(Order& order, int tag, Instant at) {
  order.Touch(at);
  desk_.Tell(order, tag, at);
}

bool Life::EndByFate(Order& order, Instant at) { return End(order, *order.fate.ending, at); }

bool Life::Expire(Order& order, Instant at) { return End(order, Ending::kNotAccepted, at); }

bool Life::RefundByFate(Order& order, Instant at) {
  return ApplyRefund(order, *order.fate.refund, at);
}

bool Life::Pay(Order& order, Instant at) {
  if (order.status != status::kUnpaid) {
    return false;
  }
  const bool checked = Chance(random_, options_.quirks.risk_checked);
  order.paid = at;
  book_.NumberOfDay(order, at);
  order.status = status::kChecked;
  Tell(order, tag::kPaid, at);
  if (Chance(random_, options_.quirks.unknown_tags)) {
    Tell(order, tag::kUnknown, at);
  }
  if (!checked) {
    return Release(order, at);
  }
  Plan(&Life::Release, order, at + Stage());
  return true;
}

bool Life::Release(Order& order, Instant at) {
  if (order.status != status::kChecked) {
    return false;
  }
  order.status = status::kToShip;
  Tell(order, tag::kToShip, at);
  PlanAsides(order, at);
  const auto& ending = order.fate.ending;
  if (ending && StartOf(*ending) == EndsFrom::kUnaccepted) {
    Plan(&Life::EndByFate, order, at + Stage());
  } else if (options_.traffic.auto_confirm) {
    Plan(&Life::Accept, order, at + Stage());
  } else {
    Plan(&Life::Expire, order, at + options_.traffic.pace * kStagesToAccept);
  }
  return true;
}

void Life::PlanAsides(const Order& order, Instant at) {
  const AsideFate& asides = order.fate.asides;
  const auto perhaps = [&](bool wanted, bool (Life::*act)(Order&, Instant)) {
    const auto when = at + Stage();
    if (wanted) Plan(act, order, when);
  };
  perhaps(asides.memo, &Life::WriteMemo);
  perhaps(asides.appointment, &Life::Appoint);
  perhaps(asides.address, &Life::WantOtherAddress);
  perhaps(asides.deadline, &Life::ChangeDeadline);
}

bool Life::Accept(Order& order, Instant at) {
  if (!order.awaits_acceptance()) {
    return false;
  }
  order.acceptance = Acceptance::kAccepted;
  order.Touch(at);
  PlanAfterAcceptance(order, at);
  return true;
}

void Life::PlanAfterAcceptance(const Order& order, Instant at) {
  if (order.fate.ending) {
    Plan(&Life::EndByFate, order, at + Stage());
  }
  if (order.fate.refund && order.fate.refund->type == RefundType::kUnshippedRefund) {
    Plan(&Life::RefundByFate, order, at + Stage());
  }
  Plan(order.fate.route.empty() ? &Life::ShipByShop : &Life::MoveRider, order, at + Stage(2));
}

bool Life::End(Order& order, Ending ending, Instant at) {
  const EndsFrom from = StartOf(ending);
  const bool accepted = order.acceptance == Acceptance::kAccepted;
  if (order.status != StateFor(from) || accepted != (from == EndsFrom::kAccepted) ||
      order.delivery.picked_up()) {
    return false;
  }
  order.status = status::kCancelled;
  order.finished = at;
  order.ending = ending;
  order.cancel_reason = ReasonOf(ending);
  if (ending == Ending::kNotAccepted || ending == Ending::kRejected || ending == Ending::kByShop) {
    order.acceptance = Acceptance::kTimedOutOrCancelled;
  }
  Tell(order, tag::kCancelled, at);
  return true;
}

bool Life::MoveRider(Order& order, Instant at) {
  if (!order.live() || order.delivery.next >= order.fate.route.size()) {
    return false;
  }
  // A parcel under way to the customer waits for no after-sale; one at the store does.
  const bool refunding = !order.refunds.empty() && !order.refunds.back().done();
  if (refunding && !order.delivery.picked_up()) {
    Plan(&Life::MoveRider, order, at + Stage());
    return false;
  }
  const int next = order.fate.route[order.delivery.next++];
  SetShipment(order, next, at);
  if (next == shipment::kPickedUp) {
    order.status = status::kShipped;
    order.shipped = at;
    order.parcels.push_back({.tracking_no = order.delivery.track_no,
                             .company = "pingtaiyunli",
                             .shipped = UnixSeconds(at)});
    Tell(order, tag::kShipped, at);
  }
  const bool there = order.delivery.next == order.fate.route.size();
  Plan(there ? &Life::Finish : &Life::MoveRider, order, at + Stage());
  return true;
}

void Life::SetShipment(Order& order, int shipment_status, Instant at) {
  Delivery& delivery = order.delivery;
  if (delivery.track_no.empty()) {
    delivery.track_no = "DD" + std::to_string(++last_track_);
  }
  const Place start{.latitude = kStorePlace.latitude - 8'000,
                    .longitude = kStorePlace.longitude + 5'000};
  delivery.from = delivery.RiderAt(at).value_or(start);
  delivery.shipment_status = shipment_status;
  delivery.changed = std::max(UnixSeconds(at), delivery.changed + 1);
  delivery.since = at;
  delivery.until = at + options_.traffic.pace;
  delivery.error = shipment_status == shipment::kRefused ? 4002 : 0;
  const bool outward =
      shipment_status == shipment::kPickedUp || shipment_status == shipment::kDelivering ||
      shipment_status == shipment::kRefused || shipment_status == shipment::kDelivered;
  delivery.to = outward ? order.recipient.place : kStorePlace;
  if (shipment_status == shipment::kTaken) {
    delivery.rider = DrawRider(random_);
    delivery.rider_phone = DrawPhone(random_);
  } else if (shipment_status == shipment::kCalling) {
    delivery.rider.clear();
    delivery.rider_phone.clear();
  }
  order.Touch(at);
}

bool Life::CallRider(Order& order, Instant at) {
  if (order.status != status::kToShip || order.acceptance != Acceptance::kAccepted ||
      order.delivery.shipment_status != 0) {
    return false;
  }
  if (order.fate.route.empty()) {
    order.fate.route = PlainRoute();
  }
  return MoveRider(order, at);
}

bool Life::SendRiderAway(Order& order, Instant at) {
  if (!order.live() || order.delivery.shipment_status == 0 || order.delivery.picked_up()) {
    return false;
  }
  order.fate.route = PlainRoute();
  order.delivery.next = 1;
  SetShipment(order, shipment::kCalling, at);
  return true;
}

bool Life::ShipByShop(Order& order, Instant at) {
  const bool refunding = !order.refunds.empty() && !order.refunds.back().done();
  if (refunding) {
    Plan(&Life::ShipByShop, order, at + Stage());
    return false;
  }
  return Ship(order,
              {.tracking_no = "SJ" + std::to_string(++last_track_),
               .company = "shangjiapeisong",
               .shipped = UnixSeconds(at)},
              at);
}

bool Life::Ship(Order& order, Parcel parcel, Instant at) {
  if (order.status != status::kToShip || order.delivery.shipment_status != 0) {
    return false;
  }
  const bool partly = order.fate.asides.partly_shipped && order.basket.lines.size() > 1;
  order.parcels.push_back(std::move(parcel));
  order.shipped = at;
  order.status = partly ? status::kPartlyShipped : status::kShipped;
  Tell(order, partly ? tag::kPartlyShipped : tag::kShipped, at);
  if (order.fate.asides.logistics_changed) {
    Plan(&Life::ChangeLogistics, order, at + Stage());
  }
  Plan(partly ? &Life::ShipTheRest : &Life::Finish, order, at + Stage(partly ? 1 : 3));
  return true;
}

bool Life::ShipTheRest(Order& order, Instant at) {
  if (order.status != status::kPartlyShipped) {
    return false;
  }
  order.parcels.push_back({.tracking_no = "SJ" + std::to_string(++last_track_),
                           .company = order.parcels.front().company,
                           .shipped = UnixSeconds(at)});
  order.status = status::kShipped;
  Tell(order, tag::kShipped, at);
  Plan(&Life::Finish, order, at + Stage(2));
  return true;
}

bool Life::Finish(Order& order, Instant at) {
  if (order.status != status::kShipped) {
    return false;
  }
  order.finished = at;
  // What came back to the store was never received.
  const bool returned = order.delivery.shipment_status == shipment::kReturned;
  order.status = returned ? status::kCancelled : status::kFinished;
  if (returned) {
    order.ending = Ending::kByUserLater;
    order.cancel_reason = "拒收退回";
  }
  Tell(order, returned ? tag::kCancelled : tag::kFinished, at);
  if (!returned && order.fate.refund) {
    Plan(&Life::RefundByFate, order, at + Stage());
  }
  return true;
}

bool Life::SetShopOpen(std::string_view shop, bool open, Instant /*at*/) {
  const auto found = book_.shops().find(shop);
  if (found == book_.shops().end() || found->second.open == open) {
    return false;
  }
  found->second.open = open;
  return true;
}

}  // namespace weir::simulators::doudian
