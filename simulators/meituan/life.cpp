// SPDX-License-Identifier: Apache-2.0
#include "simulators/meituan/life.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include "simulators/chance.hpp"

namespace weir::simulators::meituan {
namespace {

using std::chrono::milliseconds;

constexpr int kStagesToConfirm = 10;  // After these without a word the order is cancelled.
constexpr std::uint64_t kShortIds = 2'700'000'000'000'000'000;
constexpr std::uint64_t kLongIds = 12'000'000'000'000'000'000U;
constexpr std::uint64_t kViewIds = 20'000'000'000'000'000;

constexpr std::array<std::string_view, 6> kNames = {"张三(先生)", "李女士(女士)", "王小明(先生)",
                                                    "赵(女士)",   "欧阳娜娜",     ""};
constexpr std::array<std::string_view, 4> kAddresses = {
    "示例路1号 (2号楼 301)", "样板大厦 A座 1203室", "测试花园 5-2-101 & 物业代收",
    "示范科技园 3号楼+前台"};
constexpr std::array<std::string_view, 5> kCautions = {
    "", "", "不要辣, 谢谢", "到门口请打电话+按门铃", "如遇缺货：缺货时电话与我沟通"};
constexpr std::array<std::string_view, 4> kRiders = {"李骑手", "陈骑手", "刘骑手", "孙骑手"};

std::string DrawPhone(Random& random, double extension) {
  std::string phone = "13" + std::to_string(Between(random, 100'000'000, 999'999'999));
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
    : options_(options),
      book_(book),
      desk_(desk),
      counts_(counts),
      random_(random),
      arrivals_(options.traffic.order_every) {
  last_number_ = random_.Below(100'000'000'000'000'000);
  last_refund_ = 1'000'000'000 + random_.Below(1'000'000'000);
}

milliseconds Life::Stage(int stages) { return About(random_, options_.traffic.pace * stages); }

Recipient Life::DrawRecipient(Handover handover) {
  Recipient recipient{.name = std::string(Pick(random_, kNames)),
                      .phone = DrawPhone(random_, options_.quirks.phone_extension),
                      .address = std::string(Pick(random_, kAddresses)),
                      .geocoded = "上海市示例区示例路",
                      .caution = std::string(Pick(random_, kCautions)),
                      .latitude = Between(random_, 31'100'000, 31'400'000),
                      .longitude = Between(random_, 121'300'000, 121'700'000)};
  if (handover == Handover::kPickup) {
    recipient.address = "到店自取";
    recipient.caution += "到店自取";
  }
  return recipient;
}

Order Life::Draw(Instant now, Fate fate) {
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

Order& Life::Create(Instant now, std::optional<Fate> fate) {
  Advance(now);
  const Fate drawn = DrawFate(random_, options_.traffic);
  Order& order = book_.Add(Draw(now, fate ? std::move(*fate) : drawn));
  ++counts_.orders;
  const bool unpaid = order.fate.cancelled_from == kSubmitted;
  Plan(unpaid ? Step::kCancelByFate : Step::kPay, order, now + Stage());
  if (order.fate.shop_rests && SetShopStatus(order.shop, kShopResting, now)) {
    agenda_.Add(now + Stage(), {Step::kOpenShop, order.shop});
  }
  return order;
}

void Life::Plan(Step step, const Order& order, Instant at, std::size_t detail) {
  agenda_.Add(at, {step, order.id, detail});
}

void Life::Advance(Instant now) {
  while (const auto due = agenda_.Take(now)) {
    Take(due->item, due->at);
  }
}

void Life::Tick(Instant now) {
  while (const auto at = arrivals_.Take(now)) {
    Create(*at, std::nullopt);
  }
  Advance(now);
}

void Life::StopTraffic() { arrivals_.Stop(); }

std::optional<Instant> Life::NextDue() const {
  return Earlier(arrivals_.NextDue(), agenda_.NextDue());
}

void Life::Take(const Planned& planned, Instant at) {
  if (planned.step == Step::kOpenShop) {
    SetShopStatus(planned.subject, kShopOpen, at);
  } else if (Order* order = book_.Find(planned.subject)) {
    TakeOf(*order, planned, at);
  }
}

void Life::TakeOf(Order& order, const Planned& planned, Instant at) {
  switch (planned.step) {
    case Step::kPay:
      Pay(order, at);
      break;
    case Step::kCancelByFate:
      CancelFor(order, order.fate.cancellation, at);
      break;
    case Step::kConfirm:
      Confirm(order, at);
      break;
    case Step::kConfirmTooLate:
      if (order.awaits_confirmation()) {
        CancelFor(order, kNotConfirmed, at);
      }
      break;
    case Step::kMoveRider:
      MoveRider(order, at);
      break;
    case Step::kComplete:
      Complete(order, at);
      break;
    case Step::kUrge:
      Urge(order, at);
      break;
    case Step::kApplyRefund:
      ApplyRefund(order, *order.fate.refund, at);
      break;
    case Step::kMoveRefund:
      MoveRefund(order, planned.detail, at);
      break;
    case Step::kOpenShop:
      break;
  }
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
    Plan(Step::kUrge, order, at + Stage(2));
  }
  if (order.fate.cancelled_from == kPushed) {
    Plan(Step::kCancelByFate, order, at + Stage());
  } else if (options_.traffic.auto_confirm) {
    Plan(Step::kConfirm, order, at + Stage());
  } else {
    Plan(Step::kConfirmTooLate, order, at + options_.traffic.pace * kStagesToConfirm);
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
    Plan(Step::kCancelByFate, order, at + Stage());
  }
  if (order.fate.refund && !order.fate.refund->after_completion) {
    Plan(Step::kApplyRefund, order, at + Stage());
  }
  if (order.fate.route.empty()) {
    Plan(Step::kComplete, order, at + Stage(3));
  } else {
    Plan(Step::kMoveRider, order, at + Stage());
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
  Plan(there ? Step::kComplete : Step::kMoveRider, order, at + Stage());
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
      delivery.rider = Pick(random_, kRiders);
      delivery.rider_phone = DrawPhone(random_, options_.quirks.phone_extension);
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
  Plan(Step::kComplete, order, at + Stage());
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
    Plan(Step::kApplyRefund, order, at + Stage());
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

}  // namespace weir::simulators::meituan
