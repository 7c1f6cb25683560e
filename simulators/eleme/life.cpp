// SPDX-License-Identifier: Apache-2.0
#include "simulators/eleme/life.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "simulators/chance.hpp"
#include "simulators/eleme/snapshot.hpp"
#include "simulators/people.hpp"

namespace weir::simulators::eleme {
namespace {

using std::chrono::milliseconds;

constexpr int kStagesToConfirm = 10;  // After these without a word the order is cancelled.
constexpr std::uint64_t kShortIds = 1'200'000'000'000'000'000;
constexpr std::uint64_t kLongIds = 12'000'000'000'000'000'000U;
constexpr milliseconds kAtOnce = std::chrono::seconds(59);  // A user's minute after the acceptance.

/// The type that a waybill under way is cancelled with.
int CancelledFor(Role role) {
  switch (role) {
    case Role::kMerchant:
    case Role::kOpenPlatform:
      return 57;
    case Role::kUser:
      return 58;
    default:
      return 59;
  }
}

bool UnderWay(const Delivery& delivery) {
  const int type = delivery.type;
  return (type >= 51 && type <= 55) || (type >= 60 && type <= 70);
}

}  // namespace

Life::Life(const Options& options, OrderBook& book, PushDesk& desk, Counts& counts, Random& random)
    : OrderLife<Order, Shop>(options.traffic, book, counts, random),
      options_(options),
      desk_(desk) {
  last_number_ = random_.Below(100'000'000'000'000'000);
}

Recipient Life::DrawRecipient() {
  Recipient recipient{.name = DrawName(random_),
                      .phones = {DrawPhone(random_)},
                      .address = DrawAddress(random_),
                      .note = DrawWish(random_),
                      .user = Between(random_, 60'000'000, 70'000'000),
                      .latitude = DrawLatitude(random_),
                      .longitude = DrawLongitude(random_)};
  const std::string extension = std::to_string(Between(random_, 1000, 9999));
  if (Chance(random_, 0.5)) {
    recipient.phones.front() += ',' + extension;
  }
  if (Chance(random_, 0.2)) {
    recipient.phones.push_back(DrawPhone(random_));
  }
  return recipient;
}

Order Life::Draw(Instant now, std::optional<Fate> given) {
  Fate fate = DrawFate(random_, options_.traffic);
  if (given) fate = *std::move(given);
  const Quirks& quirks = options_.quirks;
  Order order;
  last_number_ += 1 + random_.Below(100'000);
  const bool is_long = Chance(random_, quirks.long_id);
  order.id = std::to_string((is_long ? kLongIds : kShortIds) + last_number_);
  const ShopOptions& shop = Pick(random_, options_.shops);
  order.shop = std::to_string(shop.id);
  order.shop_code = shop.code;
  const bool several = Chance(random_, quirks.several_baskets);
  order.basket = DrawBasket(random_, !fate.self_delivery, several);
  order.recipient = DrawRecipient();
  order.style = {.negative_zero = Chance(random_, quirks.negative_zero),
                 .unknown_members = Chance(random_, quirks.unknown_members),
                 .says_refunding = Chance(random_, quirks.refunding_word)};
  order.fate = std::move(fate);
  order.created = now;
  const auto wanted = std::chrono::minutes(Between(random_, 60, 180));
  if (Chance(random_, quirks.booked)) {
    order.wanted = now + wanted;
  }
  return order;
}

void Life::Begin(const Order& order, Instant now) {
  const bool unpaid = order.fate.ending && order.fate.ending->type == kUnpaid.type;
  Plan(unpaid ? &Life::EndByFate : &Life::Pay, order, now + Stage());
  TellNews(order.shop, now);
}

// What the platform says of a merchant beside its orders.
void Life::TellNews(const std::string& shop, Instant at) {
  const Traffic& traffic = options_.traffic;
  if (Chance(random_, traffic.shop_changes)) {
    ChangeShop(shop, at);
  }
  if (Chance(random_, traffic.service_orders)) {
    desk_.TellShop(shop, 105, ShopJson(shop), at);
  }
  if (Chance(random_, traffic.applications)) {
    ++last_application_;
    desk_.TellShop(shop, 221, ApplicationJson(last_application_, std::nullopt), at);
    desk_.TellShop(shop, 222, ApplicationJson(last_application_, at), at);
  }
}

bool Life::EndByFate(Order& order, Instant at) { return End(order, *order.fate.ending, at); }

bool Life::ConfirmByShop(Order& order, Instant at) { return Confirm(order, Role::kMerchant, at); }

bool Life::Expire(Order& order, Instant at) { return End(order, kNotAccepted, at); }

bool Life::RefundByFate(Order& order, Instant at) {
  return ApplyRefund(order, *order.fate.refund, at);
}

bool Life::Pay(Order& order, Instant at) {
  if (order.status != Status::kPending) {
    return false;
  }
  order.status = Status::kUnprocessed;
  order.paid = at;
  book_.NumberOfDay(order, at);
  desk_.TellWhole(order, at);
  if (order.fate.urged) {
    Plan(&Life::Urge, order, at + Stage(2));
  }
  if (order.fate.ending && order.fate.ending->type == 14) {
    Plan(&Life::EndByFate, order, at + Stage());
  } else if (options_.traffic.auto_confirm) {
    Plan(&Life::ConfirmByShop, order, at + Stage());
  } else {
    Plan(&Life::Expire, order, at + options_.traffic.pace * kStagesToConfirm);
  }
  return true;
}

bool Life::Confirm(Order& order, Role by, Instant at) {
  if (order.status != Status::kUnprocessed) {
    return false;
  }
  order.status = Status::kValid;
  order.accepted = at;
  desk_.TellState(order, 12, by, at);
  PlanAfterAcceptance(order, at);
  return true;
}

void Life::PlanAfterAcceptance(const Order& order, Instant at) {
  if (order.fate.ending) {
    Plan(&Life::EndByFate, order, at + std::min(Stage(), kAtOnce));
  }
  if (order.fate.refund && order.fate.refund->flow == RefundFlow::kCancel) {
    Plan(&Life::RefundByFate, order, at + Stage());
  }
  if (order.fate.route.empty()) {
    Plan(&Life::Complete, order, at + Stage(3));
  } else {
    Plan(&Life::MoveWaybill, order, at + Stage());
  }
}

bool Life::End(Order& order, Ending ending, Instant at) {
  const Status from = ending.type == kUnpaid.type ? Status::kPending
                      : ending.type == 14         ? Status::kUnprocessed
                                                  : Status::kValid;
  if (order.status != from) {
    return false;
  }
  order.status = Status::kInvalid;
  order.ended = at;
  order.ending = ending;
  if (ending.type != kUnpaid.type) {
    desk_.TellState(order, ending.type, ending.role, at);
  }
  if (UnderWay(order.delivery)) {
    TellWaybill(order, CancelledFor(ending.role), at);
  }
  return true;
}

bool Life::MoveWaybill(Order& order, Instant at) {
  if (order.status != Status::kValid || order.delivery.next >= order.fate.route.size()) {
    return false;
  }
  TellWaybill(order, order.fate.route[order.delivery.next++], at);
  const bool there = order.delivery.next == order.fate.route.size();
  const bool by_shop = there && order.delivery.type > 70;
  Plan(there ? &Life::Complete : &Life::MoveWaybill, order, at + Stage(by_shop ? 3 : 1));
  return true;
}

void Life::TellWaybill(Order& order, int type, Instant at) {
  Delivery& delivery = order.delivery;
  delivery.type = type;
  delivery.status = type == 71 ? delivery.status : type;
  delivery.changed = std::max(at.time_since_epoch().count(), delivery.changed + 1);
  delivery.picked_up = delivery.picked_up || type == 55;
  delivery.delivered = delivery.delivered || type == 56;
  if (type == 53) {
    delivery.rider = DrawRider(random_);
    delivery.rider_phone = DrawPhone(random_);
  } else if (type == 51 || type == 52 || type > 70) {
    delivery.rider.clear();
    delivery.rider_phone.clear();
  }
  desk_.TellWaybill(order, at);
}

bool Life::DeliverBySelf(Order& order, Instant at) {
  if (order.status != Status::kValid || UnderWay(order.delivery)) {
    return false;
  }
  TellWaybill(order, 71, at);
  return true;
}

bool Life::GiveDeliveryUp(Order& order, Instant at) {
  if (order.status != Status::kValid || UnderWay(order.delivery)) {
    return false;
  }
  TellWaybill(order, 72, at);
  return true;
}

bool Life::Arrive(Order& order, Instant at) {
  if (order.status != Status::kValid || order.delivery.type <= 70) {
    return false;
  }
  Plan(&Life::Complete, order, at + Stage());
  return true;
}

bool Life::Complete(Order& order, Instant at) {
  if (order.status != Status::kValid) {
    return false;
  }
  if (!order.refunds.empty() && order.refunds.back().undecided()) {
    Plan(&Life::Complete, order, at + Stage());
    return false;
  }
  order.status = Status::kSettled;
  order.ended = at;
  desk_.TellState(order, 18, Role::kCompletion, at);
  if (order.fate.refund && order.fate.refund->flow == RefundFlow::kRefund) {
    Plan(&Life::RefundByFate, order, at + Stage());
  }
  return true;
}

bool Life::Urge(Order& order, Instant at) {
  if (!order.live()) {
    return false;
  }
  order.reminders.push_back({.id = std::to_string(++last_reminder_), .at = at, .reply = {}});
  desk_.Tell(order, 45, "urge", ReminderJson(order, order.reminders.back()), at);
  return true;
}

bool Life::SetShopOpen(std::string_view shop, bool open, Instant at) {
  const auto found = book_.shops().find(shop);
  if (found == book_.shops().end() || found->second.open == open) {
    return false;
  }
  found->second.open = open;
  found->second.busy = open ? "busyLevelFree" : "busyLevelClosed";
  desk_.TellShop(
      found->first, 91,
      "{\"shopId\":" + found->first + ",\"busyLevel\":\"" + std::string(found->second.busy) + "\"}",
      at);
  return true;
}

bool Life::ChangeShop(std::string_view shop, Instant at) {
  const auto found = book_.shops().find(shop);
  if (found == book_.shops().end()) {
    return false;
  }
  found->second.phone = "0216" + std::to_string(Between(random_, 1'000'000, 9'999'999));
  desk_.TellShop(shop, 93, ShopJson(shop), at);
  return true;
}

}  // namespace weir::simulators::eleme
