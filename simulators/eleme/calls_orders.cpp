// SPDX-License-Identifier: Apache-2.0
// The actions on orders.
#include <algorithm>
#include <array>
#include <functional>
#include <string>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "simulators/china_time.hpp"
#include "simulators/eleme/calls.hpp"
#include "simulators/eleme/snapshot.hpp"

namespace weir::simulators::eleme {
namespace {

constexpr std::size_t kMostOrders = 50;

/// For actions that do one act on one order.
Outcome Act(const Call& call, const std::function<bool(Order&)>& act) {
  const auto order = OrderOf(call);
  if (!order) {
    return std::unexpected(order.error());
  }
  if (!act(**order)) {
    return std::unexpected(Failure{code::kWrongState, "订单状态不允许该操作"});
  }
  return std::string(kNothing);
}

Outcome Act(const Call& call, bool (Life::*act)(Order&, Instant)) {
  return Act(call, [&](Order& order) { return (call.life.*act)(order, call.now); });
}

/// What an action says of an order; empty: nothing.
using Words = std::function<std::string(const Order&)>;

/// The order of `orderId` in these words.
Outcome OfOne(const Call& call, const Words& words) {
  const auto order = OrderOf(call);
  if (!order) {
    return std::unexpected(order.error());
  }
  std::string text = words(**order);
  return text.empty() ? std::string(kNothing) : text;
}

/// The orders of `orderIds` in these words, by number; what is unknown or empty is left out.
Outcome ByNumber(const Call& call, const Words& words) {
  const auto ids = call.params.find("orderIds");
  if (ids == call.params.end() || !ids->is_array() || ids->size() > kMostOrders) {
    return std::unexpected(Failure{code::kBadValue, "orderIds is missing or too long"});
  }
  std::string text;
  JsonWriter json(text);
  json.BeginObject();
  for (const auto& id : *ids) {
    const Order* order = id.is_string() ? call.book.Find(id.get<std::string>()) : nullptr;
    const std::string value = order != nullptr && order->paid ? words(*order) : std::string();
    if (!value.empty()) json.Key(order->id).Raw(value);
  }
  json.EndObject();
  return text;
}

/// A list of what `write` writes of each order of the shop of `shopId`.
Outcome OfShop(const Call& call, const std::function<void(JsonWriter&, const Order&)>& write) {
  const auto shop = ShopOf(call);
  if (!shop) {
    return std::unexpected(shop.error());
  }
  const std::string id = std::to_string((*shop)->known.id);
  return ListOf([&](JsonWriter& json) {
    for (const Order& order : call.book.orders()) {
      if (order.shop == id) write(json, order);
    }
  });
}

/// The numbers of the shop's orders that are `wanted`.
Outcome NumbersOf(const Call& call, const std::function<bool(const Order&)>& wanted) {
  return OfShop(call, [&](JsonWriter& json, const Order& order) {
    if (wanted(order)) json.String(order.id);
  });
}

Outcome NumbersWith(const Call& call, RefundFlow flow) {
  return NumbersOf(call, [flow](const Order& order) {
    return std::ranges::find(order.refunds, flow, &Refund::flow) != order.refunds.end();
  });
}

/// Whole orders, as they can be read now.
Words OrderAt(Instant now) {
  return [now](const Order& order) {
    return OrderJson(order, order.degraded_until && now < *order.degraded_until);
  };
}

std::string LastRefund(const Order& order) {
  return order.refunds.empty() ? std::string() : RefundOrderJson(order, order.refunds.back());
}

std::string DeliveryRecord(const Order& order) {
  return order.delivery.type == 0 ? std::string() : DeliveryRecordJson(order);
}

/// "2026-11-22" as the book's day.
std::optional<std::string> DayFrom(std::string day) {
  constexpr std::size_t kLength = 10;
  if (day.size() != kLength || !ParseLocalTime(day + " 00:00:00", Zone::China())) {
    return std::nullopt;
  }
  std::erase(day, '-');
  return day;
}

}  // namespace

Outcome GetOrder(const Call& call) { return OfOne(call, OrderAt(call.now)); }

Outcome MgetOrders(const Call& call) { return ByNumber(call, OrderAt(call.now)); }

Outcome GetAllOrders(const Call& call) {
  constexpr std::int64_t kLastPage = 100;
  constexpr std::int64_t kLargestPage = 50;
  const auto shop = ShopOf(call);
  if (!shop) {
    return std::unexpected(shop.error());
  }
  const auto page = ParseInt(Required(call, "pageNo").value_or(""));
  const auto size = ParseInt(Required(call, "pageSize").value_or(""));
  const auto day = DayFrom(Required(call, "date").value_or(""));
  if (!day || !page || *page < 1 || *page > kLastPage || !size || *size < 1 ||
      *size > kLargestPage) {
    return std::unexpected(Failure{code::kBadValue, "date, pageNo or pageSize is not valid"});
  }
  const std::string id = std::to_string((*shop)->known.id);
  const std::int64_t total = call.book.LastOfDay(id, *day);
  std::string text;
  JsonWriter json(text);
  json.BeginObject().Key("list").BeginArray();
  for (std::int64_t seq = (*page - 1) * *size + 1; seq <= std::min(*page * *size, total); ++seq) {
    const Order* order = call.book.FindOfDay(id, *day, seq);
    if (order != nullptr) json.Raw(OrderAt(call.now)(*order));
  }
  json.EndArray().Member("total", total).EndObject();
  return text;
}

Outcome GetUnprocessOrders(const Call& call) {
  return NumbersOf(call, [](const Order& order) { return order.status == Status::kUnprocessed; });
}

Outcome GetCancelOrders(const Call& call) { return NumbersWith(call, RefundFlow::kCancel); }

Outcome GetRefundOrders(const Call& call) { return NumbersWith(call, RefundFlow::kRefund); }

Outcome GetRefundOrder(const Call& call) { return OfOne(call, LastRefund); }

Outcome MgetRefundOrders(const Call& call) { return ByNumber(call, LastRefund); }

Outcome GetDeliveryStateRecord(const Call& call) { return OfOne(call, DeliveryRecord); }

Outcome BatchGetDeliveryStates(const Call& call) { return ByNumber(call, DeliveryRecord); }

Outcome ConfirmOrder(const Call& call) {
  return Act(call, [&call](Order& order) {
    return call.life.Confirm(order, Role::kOpenPlatform, call.now);
  });
}

Outcome CancelOrder(const Call& call) {
  constexpr std::array<std::string_view, 10> kTypes = {"others",
                                                       "fakeOrder",
                                                       "contactUserFailed",
                                                       "foodSoldOut",
                                                       "restaurantClosed",
                                                       "distanceTooFar",
                                                       "restaurantTooBusy",
                                                       "forceRejectOrder",
                                                       "deliveryFault",
                                                       "notSatisfiedDeliveryRequirement"};
  const Outcome type = Required(call, "type");
  if (!type || std::ranges::find(kTypes, *type) == kTypes.end()) {
    return std::unexpected(Failure{code::kBadValue, "type is not one of the reasons"});
  }
  return Act(call, [&call](Order& order) {
    const bool before = order.status == Status::kUnprocessed;
    return call.life.End(order, before ? kRejected : kForcedByMerchant, call.now);
  });
}

Outcome AgreeRefund(const Call& call) {
  return Act(call, [&call](Order& order) { return call.life.DecideRefund(order, true, call.now); });
}

Outcome DisagreeRefund(const Call& call) {
  if (const Outcome reason = Required(call, "reason"); !reason) {
    return reason;
  }
  return Act(call,
             [&call](Order& order) { return call.life.DecideRefund(order, false, call.now); });
}

Outcome DeliverBySelf(const Call& call) { return Act(call, &Life::DeliverBySelf); }

Outcome GiveDeliveryUp(const Call& call) { return Act(call, &Life::GiveDeliveryUp); }

Outcome StartDelivery(const Call& call) {
  return Act(call, [](Order& order) { return order.status == Status::kValid; });
}

Outcome ReceivedOrder(const Call& call) { return Act(call, &Life::Arrive); }

Outcome SetOrderPrepared(const Call& call) {
  return Act(call, [](Order& order) {
    order.prepared = order.prepared || order.status == Status::kValid;
    return order.prepared;
  });
}

Outcome GetUnreplyReminders(const Call& call) {
  return OfShop(call, [](JsonWriter& json, const Order& order) {
    for (const Reminder& reminder : order.reminders) {
      if (reminder.reply.empty()) json.Raw(ReminderJson(order, reminder));
    }
  });
}

Outcome ReplyReminder(const Call& call) {
  const Outcome id = Required(call, "remindId");
  const Outcome type = Required(call, "type");
  if (!id || !type) {
    return std::unexpected(Failure{code::kBadValue, "remindId or type is missing"});
  }
  for (const Order& known : call.book.orders()) {
    for (Reminder& reminder : call.book.Find(known.id)->reminders) {
      if (reminder.id == *id) {
        reminder.reply = *type;
        return std::string(kNothing);
      }
    }
  }
  return std::unexpected(Failure{code::kNoSuchReminder, "催单不存在"});
}

}  // namespace weir::simulators::eleme
