// SPDX-License-Identifier: Apache-2.0
#include "simulators/meituan/life.hpp"

#include <algorithm>
#include <chrono>

#include "simulators/chance.hpp"
#include "simulators/people.hpp"

namespace weir::simulators::meituan {
namespace {

constexpr int kStagesToConfirm = 10;  // After these without a word the order is cancelled.
constexpr std::uint64_t kShortIds = 2'700'000'000'000'000'000;
constexpr std::uint64_t kLongIds = 12'000'000'000'000'000'000U;
constexpr std::uint64_t kViewIds = 20'000'000'000'000'000;

std::string DrawPrivacyNumber(Random& random, double extension) {
  std::string phone = DrawPhone(random);
  const std::string behind = std::to_string(Between(random, 1000, 9999));
  return Chance(random, extension) ? phone + '_' + behind : phone;
}

Style DrawStyle(Random& random, const Quirks& quirks) {
  return {.legacy_status = Chance(random, quirks.legacy_status),
          .scaled_coordinates = Chance(random, quirks.scaled_coordinates),
          .net_prices = Chance(random, quirks.net_prices),
          .empty_receive_detail = Chance(random, quirks.empty_receive_detail),
          .empty_extra = Chance(random, quirks.empty_extra)};
}

}  // namespace

Life::Life(const Options& options, OrderBook& book, PushDesk& desk, Counts& counts, Random& random)
    : OrderLife<Order, int>(options.traffic, book, counts, random), options_(options), desk_(desk) {
  last_number_ = random_.Below(100'000'000'000'000'000);
  last_refund_ = 1'000'000'000 + random_.Below(1'000'000'000);
}

Recipient Life::DrawRecipient(Handover handover) {
  Recipient recipient{.name = DrawName(random_),
                      .phone = DrawPrivacyNumber(random_, options_.quirks.phone_extension),
                      .address = DrawAddress(random_),
                      .geocoded = "上海市示例区示例路",
                      .caution = DrawWish(random_),
                      .latitude = DrawLatitude(random_),
                      .longitude = DrawLongitude(random_)};
  if (handover == Handover::kPickup) {
    recipient.address = "到店自取";
    recipient.caution += "到店自取";
  }
  return recipient;
}

Order Life::Draw(Instant now, std::optional<Fate> given) {
  Fate fate = DrawFate(random_, options_.traffic);
  if (given) fate = *std::move(given);
  Order order;
  last_number_ += 1 + random_.Below(100'000);
  const bool is_long = Chance(random_, options_.quirks.long_id);
  order.id = std::to_string((is_long ? kLongIds : kShortIds) + last_number_);
  order.view_id = Chance(random_, options_.quirks.distinct_view_id)
                      ? std::to_string(kViewIds + last_number_)
                      : order.id;
  order.shop = Pick(random_, options_.shops);
  order.basket = DrawBasket(random_, fate.handover);
  order.recipient = DrawRecipient(fate.handover);
  order.style = DrawStyle(random_, options_.quirks);
  order.fate = std::move(fate);
  order.created = now;
  order.updated = now;
  if (Chance(random_, 0.15)) {
    order.wanted = now + std::chrono::minutes(Between(random_, 60, 180));
  }
  return order;
}

void Life::Begin(const Order& order, Instant now) {
  const bool unpaid = order.fate.cancelled_from == kSubmitted;
  Plan(unpaid ? &Life::CancelByFate : &Life::Pay, order, now + Stage());
}

bool Life::CancelByFate(Order& order, Instant at) {
  return CancelFor(order, order.fate.cancellation, at);
}

bool Life::Expire(Order& order, Instant at) {
  return order.awaits_confirmation() && CancelFor(order, kNotConfirmed, at);
}

bool Life::RefundByFate(Order& order, Instant at) {
  return ApplyRefund(order, *order.fate.refund, at);
}

bool Life::Pay(Order& order, Instant at) {
  if (order.status != kSubmitted) {
    return false;
  }
  order.status = kPushed;
  order.paid = order.updated = at;
  book_.NumberOfDay(order, at);
  desk_.TellWhole(order, topic::kPaid, at);
  if (order.fate.urged) {
    Plan(&Life::Urge, order, at + Stage(2));
  }
  if (order.fate.cancelled_from == kPushed) {
    Plan(&Life::CancelByFate, order, at + Stage());
  } else if (options_.traffic.auto_confirm) {
    Plan(&Life::Confirm, order, at + Stage());
  } else {
    Plan(&Life::Expire, order, at + options_.traffic.pace * kStagesToConfirm);
  }
  return true;
}

bool Life::Receive(Order& order, Instant at) {
  if (!order.paid) {
    return false;
  }
  if (!order.received) {
    order.received = at;
  }
  if (order.status == kPushed && order.style.legacy_status) {
    order.status = kReceived;
    order.updated = at;
  }
  return true;
}

bool Life::Confirm(Order& order, Instant at) {
  if (!order.awaits_confirmation()) {
    return false;
  }
  order.status = kConfirmed;
  order.confirmed = order.updated = at;
  desk_.TellWhole(order, topic::kConfirmed, at);
  if (order.fate.cancelled_from == kConfirmed) {
    Plan(&Life::CancelByFate, order, at + Stage());
  }
  if (order.fate.refund && !order.fate.refund->after_completion) {
    Plan(&Life::RefundByFate, order, at + Stage());
  }
  if (order.fate.route.empty()) {
    Plan(&Life::Complete, order, at + Stage(3));
  } else {
    Plan(&Life::MoveRider, order, at + Stage());
  }
  return true;
}

bool Life::Cancel(Order& order, const CancelWords& words, Instant at) {
  if (!order.live()) {
    return false;
  }
  order.status = kCancelled;
  order.cancelled = order.updated = at;
  order.cancel_code = words.code;
  order.cancel_op = words.deal_op_type;
  order.cancel_reason = words.reason;
  desk_.Tell(order, topic::kCancelled, "status 9",
             {{"order_id", order.id},
              {"reason_code", std::to_string(words.code)},
              {"reason", words.reason},
              {"deal_op_type", std::to_string(words.deal_op_type)}},
             at);
  if (order.delivery.status && *order.delivery.status != kRiderDone &&
      *order.delivery.status != kRiderCancelled) {
    TellRider(order, kRiderCancelled, at);
  }
  return true;
}

bool Life::CancelFor(Order& order, const Cancellation& why, Instant at) {
  return Cancel(order, {why.reason_code, std::string(why.reason), why.deal_op_type}, at);
}

bool Life::MoveRider(Order& order, Instant at) {
  if (!order.confirmed_now() || order.delivery.next >= order.fate.route.size()) {
    return false;
  }
  const int status = order.fate.route[order.delivery.next++];
  TellRider(order, status, at);
  if (status == kRiderFetched && order.style.legacy_status) {
    order.status = kDelivering;
    desk_.TellWhole(order, topic::kConfirmed, at);
  }
  const bool there = order.delivery.next == order.fate.route.size();
  Plan(there ? &Life::Complete : &Life::MoveRider, order, at + Stage());
  return true;
}

void Life::TellRider(Order& order, int status, Instant at) {
  Delivery& delivery = order.delivery;
  delivery.status = status;
  delivery.changed = std::max(UnixSeconds(at), delivery.changed + 1);
  order.updated = at;
  switch (status) {
    case kRiderSent:
      delivery.sent = delivery.changed;
      delivery.rider.clear();
      delivery.rider_phone.clear();
      break;
    case kRiderAccepted:
      delivery.accepted = delivery.changed;
      delivery.rider = DrawRider(random_);
      delivery.rider_phone = DrawPrivacyNumber(random_, options_.quirks.phone_extension);
      break;
    case kRiderFetched:
      delivery.fetched = delivery.changed;
      break;
    case kRiderDone:
      delivery.completed = delivery.changed;
      break;
    case kRiderCancelled:
      delivery.cancelled = delivery.changed;
      break;
    default:
      break;
  }
  desk_.Tell(order, topic::kLogistics, "logistics " + std::to_string(status),
             {{"order_id", order.id},
              {"wm_order_id_view", order.view_id},
              {"logistics_status", std::to_string(status)},
              {"time", std::to_string(delivery.changed)},
              {"dispatcher_name", delivery.rider},
              {"dispatcher_mobile", delivery.rider_phone}},
             at);
}

bool Life::SetOut(Order& order, Instant at) {
  if (order.platform_delivers() || !order.confirmed_now()) {
    return false;
  }
  if (order.style.legacy_status && order.status == kConfirmed) {
    order.status = kDelivering;
    order.updated = at;
    desk_.TellWhole(order, topic::kConfirmed, at);
  }
  return true;
}

bool Life::Arrive(Order& order, Instant at) {
  if (order.platform_delivers() || !order.confirmed_now()) {
    return false;
  }
  Plan(&Life::Complete, order, at + Stage());
  return true;
}

bool Life::Complete(Order& order, Instant at) {
  if (!order.confirmed_now()) {
    return false;
  }
  order.status = kCompleted;
  order.completed = order.updated = at;
  desk_.TellWhole(order, topic::kCompleted, at);
  if (order.fate.refund && order.fate.refund->after_completion) {
    Plan(&Life::RefundByFate, order, at + Stage());
  }
  return true;
}

bool Life::Urge(Order& order, Instant at) {
  if (!order.paid || !order.live()) {
    return false;
  }
  desk_.Tell(order, topic::kUrge, "urge",
             {{"order_id", order.id},
              {"wm_order_id_view", order.view_id},
              {"app_poi_code", order.shop},
              {"remind_id", std::to_string(++last_reminder_)},
              {"remind_time", std::to_string(UnixSeconds(at))}},
             at);
  return true;
}

bool Life::SetShopStatus(std::string_view shop, int poi_status, Instant at) {
  const auto found = book_.shops().find(shop);
  if (found == book_.shops().end() || found->second == poi_status) {
    return false;
  }
  found->second = poi_status;
  desk_.TellShop(topic::kShopStatus,
                 {{"app_poi_code", found->first},
                  {"poi_status", std::to_string(poi_status)},
                  {"reason", poi_status == kShopResting ? "商家主动休息" : "商家恢复营业"},
                  {"operate_time", std::to_string(UnixSeconds(at))},
                  {"operate_user", "BUSINESS"}},
                 at);
  return true;
}

bool Life::SetShopOpen(std::string_view shop, bool open, Instant at) {
  return SetShopStatus(shop, open ? kShopOpen : kShopResting, at);
}

}  // namespace weir::simulators::meituan
