// SPDX-License-Identifier: Apache-2.0
#include "simulators/douyin/life.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "simulators/chance.hpp"
#include "simulators/douyin/messages.hpp"
#include "simulators/douyin/snapshot.hpp"

namespace weir::simulators::douyin {
namespace {

using std::chrono::milliseconds;

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kNames = {
    {{"张三", "张**"}, {"李小姐", "李**"}, {"欧阳先生", "欧**"}, {"王小明", "王**"}}};
constexpr std::array<std::string_view, 4> kAddresses = {
    "世纪大道1号", "样板路\"东段\"22号", "测试花园/5幢", "示范科技园 3号楼+前台"};
constexpr std::array<std::string_view, 3> kBuildings = {"示例大厦", "样板中心", ""};
constexpr std::array<std::string_view, 5> kRemarks = {"", "", "少辣", "不要葱\n不要蒜",
                                                      "到了请打电话 🙏"};
constexpr std::array<std::string_view, 3> kRiders = {"王师傅", "李师傅", "陈师傅"};

std::string DrawPhone(Random& random) {
  return "13" + std::to_string(Between(random, 100'000'000, 999'999'999));
}

}  // namespace

Life::Life(const Options& options, Book& book, PushDesk& desk, Random& random)
    : options_(options), book_(book), desk_(desk), random_(random) {
  constexpr std::uint64_t kSpread = 500'000'000'000'000'000;
  last_number_ = random_.Below(kSpread);
  last_refund_ = 7'000'000'000'000'000'000 + random_.Below(kSpread);
}

milliseconds Life::Stage(int stages) { return About(random_, options_.traffic.pace * stages); }

Recipient Life::DrawRecipient() {
  const auto& [name, masked] = Pick(random_, kNames);
  const std::string phone = DrawPhone(random_);
  return {.name = std::string(name),
          .masked_name = std::string(masked),
          .phone = phone,
          .masked_phone = phone.substr(0, 3) + "****" + phone.substr(7),
          .secret_number = "17264842068_" + std::to_string(Between(random_, 1000, 9999)),
          .shows_phone = Chance(random_, options_.quirks.real_phone),
          .address = std::string(Pick(random_, kAddresses)),
          .building = std::string(Pick(random_, kBuildings)),
          .door = std::to_string(Between(random_, 101, 2604)),
          .latitude = Between(random_, 31'100'000, 31'400'000),
          .longitude = Between(random_, 121'300'000, 121'700'000)};
}

Order Life::Draw(Instant now, Fate fate) {
  const Quirks& quirks = options_.quirks;
  const std::string id = NextId(random_, last_number_);
  Basket basket = DrawBasket(random_, !fate.self_delivery);
  const bool origin = Chance(random_, 0.5);
  if (Chance(random_, quirks.broken_amounts)) {
    basket.breach = origin ? Breach::kOrigin : Breach::kSalePrice;
  }
  const std::int64_t wanted = UnixSeconds(now) + Between(random_, 3600, 10'800);
  constexpr std::int64_t kWindow = 1200;
  Order order{.id = id,
              .shop = Pick(random_, options_.shops),
              .basket = std::move(basket),
              .recipient = DrawRecipient(),
              .remark = std::string(Pick(random_, kRemarks)),
              .style = DrawStyle(random_, quirks),
              .fate = std::move(fate),
              .created = now,
              .updated = UnixSeconds(now)};
  if (Chance(random_, quirks.booked)) {
    order.wanted = {wanted, wanted + kWindow};
  }
  return order;
}

Order& Life::Create(Instant now, std::optional<Fate> fate) {
  Advance(now);
  Fate drawn = DrawFate(random_, options_.traffic);
  Order& order = book_.orders.Add(Draw(now, fate ? *std::move(fate) : std::move(drawn)));
  const bool unpaid = order.fate.ending == Ending::kUnpaid;
  Plan(unpaid ? Step::kEndByFate : Step::kPay, order, now + Stage());
  if (order.fate.shop_rests && SetShopOpen(order.shop, false, false, now)) {
    agenda_.Add(now + Stage(), {Step::kOpenShop, order.shop, {}});
  }
  return order;
}

void Life::Plan(Step step, const Order& order, Instant at, std::string refund) {
  agenda_.Add(at, {step, order.id, std::move(refund)});
}

void Life::Advance(Instant now) {
  while (const auto due = agenda_.Take(now)) {
    Take(due->item, due->at);
  }
}

void Life::Take(const Planned& planned, Instant at) {
  if (planned.step == Step::kOpenShop) {
    SetShopOpen(planned.subject, true, false, at);
  } else if (Order* order = book_.orders.Find(planned.subject)) {
    planned.refund.empty() ? TakeOf(*order, planned, at) : TakeRefundStep(*order, planned, at);
  }
}

void Life::TakeOf(Order& order, const Planned& planned, Instant at) {
  switch (planned.step) {
    case Step::kPay:
      Pay(order, at);
      break;
    case Step::kEndByFate:
      End(order, *order.fate.ending, at);
      break;
    case Step::kAccept:
      Accept(order, at);
      break;
    case Step::kTooLate:
      End(order, Ending::kNotAccepted, at);
      break;
    case Step::kMoveDelivery:
      MoveDelivery(order, at);
      break;
    case Step::kFinish:
      Finish(order, at);
      break;
    case Step::kEdit:
      Edit(order, at);
      break;
    case Step::kUrge:
      Urge(order, at);
      break;
    case Step::kApplyRefund:
      ApplyRefund(order, *order.fate.refund, at);
      break;
    case Step::kBill:
      desk_.Tell(order.id, order.events, kBill, "bill", EventContent(order), at);
      break;
    default:
      break;
  }
}

void Life::Tell(Order& order, std::string_view event, std::string what, Instant at) {
  Touch(order, at);
  desk_.Tell(order.id, order.events, event, std::move(what), EventContent(order), at);
}

bool Life::Pay(Order& order, Instant at) {
  if (order.status != Status::kUnpaid) {
    return false;
  }
  order.status = Status::kPaid;
  order.paid = at;
  Touch(order, at);
  book_.orders.NumberOfDay(order, at);
  desk_.Tell(order.id, order.events, kPaySuccess, "status paid", PaidContent(order), at);
  if (order.fate.urged) {
    Plan(Step::kUrge, order, at + Stage(2));
  }
  if (order.fate.edited) {
    Plan(Step::kEdit, order, at + Stage(2));
  }
  const auto& ending = order.fate.ending;
  const bool early = ending == Ending::kRejected || ending == Ending::kWithdrawn;
  if (early) {
    Plan(Step::kEndByFate, order, at + Stage());
  } else if (options_.traffic.auto_confirm && ending != Ending::kNotAccepted) {
    Plan(Step::kAccept, order, at + Stage());
  } else {
    Plan(Step::kTooLate, order, at + options_.traffic.accept_within);
  }
  return true;
}

bool Life::Accept(Order& order, Instant at) {
  if (order.status != Status::kPaid) {
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
    Plan(Step::kEndByFate, order, at + Stage(2));
  }
  if (order.fate.refund && !order.fate.refund->after_finish) {
    Plan(Step::kApplyRefund, order, at + Stage(2));
  }
  if (order.fate.route.empty()) {
    Plan(Step::kFinish, order, at + Stage(4));
  } else {
    Plan(Step::kMoveDelivery, order, at + Stage());
  }
}

bool Life::End(Order& order, Ending ending, Instant at) {
  const Status from = ending == Ending::kUnpaid    ? Status::kUnpaid
                      : ending == Ending::kGivenUp ? Status::kAccepted
                                                   : Status::kPaid;
  if (order.status != from) {
    return false;
  }
  if (ending == Ending::kUnpaid) {
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
  Plan(there ? Step::kFinish : Step::kMoveDelivery, order, at + Stage());
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
  Touch(order, at);
  delivery.status = status;
  delivery.changed = order.updated;
  delivery.picked_up = delivery.picked_up || status == kPickedUp;
  delivery.delivered = delivery.delivered || status == kDelivered;
  if (status == kAssigned && !delivery.from_third) {
    delivery.rider = Pick(random_, kRiders);
    delivery.rider_phone = DrawPhone(random_);
  }
  desk_.Tell(order.id, order.events, kDeliveryChange, "delivery " + std::to_string(status),
             DeliveryContent(order), at);
}

bool Life::Finish(Order& order, Instant at) {
  if (order.status != Status::kAccepted) {
    return false;
  }
  if (order.pending_refund() != nullptr) {
    Plan(Step::kFinish, order, at + Stage());
    return false;
  }
  order.status = Status::kFinished;
  Tell(order, kFinished, "status finished", at);
  Plan(Step::kBill, order, at + Stage());
  if (order.fate.refund && order.fate.refund->after_finish) {
    Plan(Step::kApplyRefund, order, at + Stage());
  }
  return true;
}

bool Life::Edit(Order& order, Instant at) {
  if (!order.live()) {
    return false;
  }
  order.recipient.door = std::to_string(Between(random_, 101, 2604));
  order.remark = "改地址了";
  Tell(order, kModified, "edited", at);
  return true;
}

bool Life::Urge(Order& order, Instant at) {
  if (!order.live()) {
    return false;
  }
  Tell(order, kDeliveryNotice, "urge", at);
  return true;
}

bool Life::SetShopOpen(std::string_view shop, bool open, bool by_app, Instant at) {
  const auto found = book_.shops.find(shop);
  if (found == book_.shops.end() || found->second.open == open) {
    return false;
  }
  found->second.open = open;
  desk_.Tell(kShopOpen,
             ObjectText([&](JsonWriter& json) {
               json.Member("poi_id", found->first).Member("source", by_app ? 2 : 1);
               json.Member("update_time", UnixSeconds(at));
             }),
             at);
  return true;
}

}  // namespace weir::simulators::douyin
