// SPDX-License-Identifier: Apache-2.0
#include "simulators/douyin/life.hpp"

#include <chrono>
#include <utility>

#include "simulators/chance.hpp"
#include "simulators/douyin/messages.hpp"
#include "simulators/douyin/snapshot.hpp"
#include "simulators/people.hpp"

namespace weir::simulators::douyin {

Life::Life(const Options& options, OrderBook& book, PushDesk& desk, Counts& counts, Random& random)
    : OrderLife<Order, Shop>(options.traffic, book, counts, random),
      options_(options),
      desk_(desk) {
  constexpr std::uint64_t kSpread = 500'000'000'000'000'000;
  constexpr std::uint64_t kOthers = 6'000'000'000'000'000'000;
  last_number_ = random_.Below(kSpread);
  last_other_ = kOthers + random_.Below(kSpread);
}

Recipient Life::DrawRecipient() {
  const std::string name = DrawName(random_);
  const std::string phone = DrawPhone(random_);
  constexpr std::size_t kFirst = 3;  // Bytes of a name's first character.
  return {.name = name,
          .masked_name = name.substr(0, kFirst) + "**",
          .phone = phone,
          .masked_phone = phone.substr(0, 3) + "****" + phone.substr(7),
          .secret_number = "17264842068_" + std::to_string(Between(random_, 1000, 9999)),
          .shows_phone = Chance(random_, options_.quirks.real_phone),
          .address = DrawAddress(random_),
          .building = Chance(random_, 0.6) ? "示例大厦" : "",
          .door = std::to_string(Between(random_, 101, 2604)),
          .latitude = DrawLatitude(random_),
          .longitude = DrawLongitude(random_)};
}

Order Life::Draw(Instant now, std::optional<Fate> given) {
  Fate fate = DrawFate(random_, options_.traffic);
  if (given) fate = *std::move(given);
  const Quirks& quirks = options_.quirks;
  const std::string id = NextId(random_, last_number_);
  const std::string shop = Pick(random_, options_.shops);
  Order order{.id = id,
              .shop = fate.coupons ? std::string() : shop,
              .basket = DrawBasket(random_, !fate.self_delivery),
              .recipient = DrawRecipient(),
              .remark = DrawWish(random_),
              .style = DrawStyle(random_, quirks),
              .fate = fate,
              .created = now,
              .updated = UnixSeconds(now)};
  const bool of_origin = Chance(random_, 0.5);
  if (Chance(random_, quirks.broken_amounts)) {
    order.basket.breach = of_origin ? Breach::kOrigin : Breach::kSalePrice;
  }
  constexpr std::int64_t kWindow = 1200;
  const std::int64_t wanted = order.updated + Between(random_, 3600, 10'800);
  if (Chance(random_, quirks.booked)) {
    order.wanted = {wanted, wanted + kWindow};
  }
  CouponSale sale = DrawSale(id, fate.coupons.value_or(CouponFate()));
  sale.intended = shop;
  if (fate.coupons) {
    order.coupons = std::move(sale);
  }
  return order;
}

void Life::Begin(const Order& order, Instant now) {
  if (options_.probes && !std::exchange(probed_, true)) {
    desk_.Probe(now);
  }
  const bool unpaid = order.fate.ending == Ending::kUnpaid;
  Plan(unpaid ? &Life::EndByFate : &Life::Pay, order, now + Stage());
}

bool Life::EndByFate(Order& order, Instant at) { return End(order, *order.fate.ending, at); }

bool Life::Expire(Order& order, Instant at) { return End(order, Ending::kNotAccepted, at); }

bool Life::RefundByFate(Order& order, Instant at) {
  return ApplyRefund(order, *order.fate.refund, at);
}

void Life::Tell(Order& order, std::string_view event, std::string what, Instant at) {
  order.Touch(at);
  desk_.Tell(order, event, std::move(what), EventContent(order), at);
}

bool Life::Pay(Order& order, Instant at) {
  if (order.status != Status::kUnpaid) {
    return false;
  }
  order.status = Status::kPaid;
  order.paid = at;
  order.Touch(at);
  if (order.coupons) {
    desk_.Tell(order, kCouponOrder, "status paid", CouponContent(order, options_.account_id), at);
    PlanCoupons(order, at);
    return true;
  }
  book_.NumberOfDay(order, at);
  desk_.Tell(order, kPaySuccess, "status paid", PaidContent(order), at);
  PlanAfterPayment(order, at);
  return true;
}

void Life::PlanAfterPayment(const Order& order, Instant at) {
  if (order.fate.urged) {
    Plan(&Life::Urge, order, at + Stage(2));
  }
  if (order.fate.edited) {
    Plan(&Life::Edit, order, at + Stage(2));
  }
  const auto& ending = order.fate.ending;
  if (ending == Ending::kRejected || ending == Ending::kWithdrawn) {
    Plan(&Life::EndByFate, order, at + Stage());
  } else if (options_.traffic.auto_confirm && ending != Ending::kNotAccepted) {
    Plan(&Life::Accept, order, at + Stage());
  } else {
    Plan(&Life::Expire, order, at + options_.traffic.accept_within);
  }
}

bool Life::Accept(Order& order, Instant at) {
  if (order.coupons || order.status != Status::kPaid) {
    return false;
  }
  order.status = Status::kAccepted;
  order.accepted = true;
  Tell(order, kReceived, "status accepted", at);
  PlanAfterAcceptance(order, at);
  return true;
}

void Life::PlanAfterAcceptance(const Order& order, Instant at) {
  if (order.fate.ending == Ending::kGivenUp) {
    Plan(&Life::EndByFate, order, at + Stage(2));
  }
  if (order.fate.refund && !order.fate.refund->after_finish) {
    Plan(&Life::RefundByFate, order, at + Stage(2));
  }
  if (order.fate.route.empty()) {
    Plan(&Life::Finish, order, at + Stage(4));
  } else {
    Plan(&Life::MoveDelivery, order, at + Stage());
  }
}

bool Life::End(Order& order, Ending ending, Instant at) {
  const Status from = ending == Ending::kUnpaid    ? Status::kUnpaid
                      : ending == Ending::kGivenUp ? Status::kAccepted
                                                   : Status::kPaid;
  if (order.status != from || (order.coupons && ending != Ending::kUnpaid)) {
    return false;
  }
  if (ending == Ending::kUnpaid && order.coupons) {
    order.status = Status::kClosed;  // Nothing is said of coupons that were not paid for.
    order.Touch(at);
  } else if (ending == Ending::kUnpaid) {
    order.status = Status::kClosed;
    Tell(order, kPayClose, "status closed", at);
  } else if (ending == Ending::kRejected) {
    order.status = Status::kRejected;
    Tell(order, kRefused, "status rejected", at);
  } else {
    RefundWhole(order, {}, at);
  }
  return true;
}

bool Life::Prepare(Order& order) {
  order.prepared = order.prepared || order.status == Status::kAccepted;
  return order.prepared;
}

bool Life::MoveDelivery(Order& order, Instant at) {
  if (order.status != Status::kAccepted || order.delivery.next >= order.fate.route.size()) {
    return false;
  }
  TellDelivery(order, order.fate.route[order.delivery.next++], at);
  const bool there = order.delivery.next == order.fate.route.size();
  Plan(there ? &Life::Finish : &Life::MoveDelivery, order, at + Stage());
  return true;
}

bool Life::ReportRider(Order& order, int status, std::string name, std::string phone, Instant at) {
  if (order.status != Status::kAccepted || !order.fate.self_delivery) {
    return false;
  }
  order.delivery.from_third = true;
  order.delivery.rider = std::move(name);
  order.delivery.rider_phone = std::move(phone);
  TellDelivery(order, status, at);
  return true;
}

void Life::TellDelivery(Order& order, int status, Instant at) {
  constexpr int kAssigned = 102;
  constexpr int kPickedUp = 104;
  constexpr int kDelivered = 200;
  Delivery& delivery = order.delivery;
  order.TouchApart(at);
  delivery.status = status;
  delivery.changed = order.updated;
  delivery.picked_up = delivery.picked_up || status == kPickedUp;
  delivery.delivered = delivery.delivered || status == kDelivered;
  if (status == kAssigned && !delivery.from_third) {
    delivery.rider = DrawRider(random_);
    delivery.rider_phone = DrawPhone(random_);
  }
  desk_.Tell(order, kDeliveryChange, "delivery " + std::to_string(status), DeliveryContent(order),
             at);
}

bool Life::Finish(Order& order, Instant at) {
  if (order.status != Status::kAccepted) {
    return false;
  }
  if (order.pending_refund() != nullptr) {
    Plan(&Life::Finish, order, at + Stage());
    return false;
  }
  order.status = Status::kFinished;
  Tell(order, kFinished, "status finished", at);
  Plan(&Life::Bill, order, at + Stage());
  if (order.fate.refund && order.fate.refund->after_finish) {
    Plan(&Life::RefundByFate, order, at + Stage());
  }
  return true;
}

bool Life::Bill(Order& order, Instant at) {
  desk_.Tell(order, kBill, "bill", EventContent(order), at);
  return true;
}

bool Life::Edit(Order& order, Instant at) {
  if (order.coupons || !order.live()) {
    return false;
  }
  order.recipient.door = std::to_string(Between(random_, 101, 2604));
  order.remark = "改地址了";
  Tell(order, kModified, "edited", at);
  return true;
}

bool Life::Urge(Order& order, Instant at) {
  if (order.coupons || !order.live()) {
    return false;
  }
  Tell(order, kDeliveryNotice, "urge", at);
  return true;
}

void Life::TellShop(const std::string& shop, bool by_app, Instant at) {
  desk_.Tell(kShopOpen, ObjectText([&](JsonWriter& json) {
               json.Member("poi_id", shop).Member("source", by_app ? 2 : 1);
               json.Member("update_time", UnixSeconds(at));
             }),
             at);
}

bool Life::SetShopOpen(std::string_view shop, bool open, Instant at) {
  const auto found = book_.shops().find(shop);
  if (found == book_.shops().end() || found->second.open == open) {
    return false;
  }
  found->second.open = open;
  TellShop(found->first, false, at);
  return true;
}

bool Life::SetAccepting(std::string_view shop, bool open, Instant at) {
  const auto found = book_.shops().find(shop);
  if (found == book_.shops().end()) {
    return false;
  }
  if (std::exchange(found->second.open, open) != open) {
    TellShop(found->first, true, at);
  }
  return true;
}

}  // namespace weir::simulators::douyin
