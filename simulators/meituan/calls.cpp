// SPDX-License-Identifier: Apache-2.0
#include "simulators/meituan/calls.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "simulators/meituan/errors.hpp"
#include "simulators/meituan/refund_json.hpp"
#include "simulators/meituan/snapshot.hpp"

namespace weir::simulators::meituan {
namespace {

constexpr std::string_view kOk = "\"ok\"";

Outcome OkOr(bool done, int code) {
  if (!done) {
    return std::unexpected(code);
  }
  return std::string(kOk);
}

Outcome Required(const Call& call, std::string_view name) {
  const std::string* value = Find(call.parameters, name);
  if (value == nullptr || value->empty()) {
    return std::unexpected(kMissingParameter);
  }
  return *value;
}

std::expected<Order*, int> OrderNamedBy(const Call& call, std::string_view parameter) {
  const Outcome id = Required(call, parameter);
  if (!id) {
    return std::unexpected(id.error());
  }
  if (!ParseUint(*id)) {
    return std::unexpected(kBadFormat);
  }
  Order* order = call.book.Find(*id);
  if (order == nullptr) {
    return std::unexpected(kNoSuchOrder);
  }
  return order;
}

/// For interfaces that do one act on one order and say ok or 808.
template <bool (Life::*kAct)(Order&, Instant)>
Outcome Act(const Call& call) {
  const auto order = OrderNamedBy(call, "order_id");
  if (!order) {
    return std::unexpected(order.error());
  }
  return OkOr((call.life.*kAct)(**order, call.now), kWrongState);
}

/// The same, for shops that deliver themselves.
template <bool (Life::*kAct)(Order&, Instant)>
Outcome ActOfOwnRider(const Call& call) {
  const auto order = OrderNamedBy(call, "order_id");
  if (order && (*order)->platform_delivers()) {
    return std::unexpected(kPlatformDelivers);
  }
  return Act<kAct>(call);
}

Outcome GetOrderDetail(const Call& call) {
  const auto order = OrderNamedBy(call, "order_id");
  if (!order) {
    return std::unexpected(order.error());
  }
  const std::string* logistics = Find(call.parameters, "is_mt_logistics");
  return DetailJson(**order, call.options.quirks, logistics != nullptr && *logistics == "1");
}

Outcome ViewStatus(const Call& call) {
  const auto order = OrderNamedBy(call, "order_id");
  if (!order) {
    return std::unexpected(order.error());
  }
  return "{\"status\":" + std::to_string((*order)->status) + '}';
}

Outcome CancelOrder(const Call& call) {
  constexpr std::size_t kLongestCode = 9;
  constexpr int kOpenPlatform = 6;
  const auto order = OrderNamedBy(call, "order_id");
  if (!order) {
    return std::unexpected(order.error());
  }
  const Outcome code = Required(call, "reason_code");
  const Outcome reason = Required(call, "reason");
  if (!code || !reason) {
    return std::unexpected(kMissingParameter);
  }
  const auto number = ParseUint(*code);
  if (!number || code->size() > kLongestCode) {
    return std::unexpected(kBadFormat);
  }
  if ((*order)->status == kCompleted) {
    return std::unexpected(kAlreadyCompleted);
  }
  return OkOr(
      call.life.Cancel(**order, {static_cast<int>(*number), *reason, kOpenPlatform}, call.now),
      kWrongState);
}

template <bool kAgreed>
Outcome DecideRefund(const Call& call) {
  const auto order = OrderNamedBy(call, "order_id");
  if (!order) {
    return std::unexpected(order.error());
  }
  const Outcome reason = Required(call, "reason");
  if (!reason) {
    return reason;
  }
  return OkOr(call.life.DecideRefund(**order, kAgreed, *reason, call.now), kWrongState);
}

Outcome GetOrderRefundDetail(const Call& call) {
  const auto order = OrderNamedBy(call, "wm_order_id_view");
  if (!order) {
    return std::unexpected(order.error());
  }
  const std::string* type = Find(call.parameters, "refund_type");
  if (type != nullptr && *type != "1" && *type != "2") {
    return std::unexpected(kBadFormat);
  }
  std::string text = "[";
  for (const Refund& refund : (*order)->refunds) {
    if (type != nullptr && refund.partial != (*type == "2")) {
      continue;
    }
    text.append(text.size() > 1 ? "," : "").append(RefundJson(**order, refund));
  }
  return text + ']';
}

Outcome LogisticsStatus(const Call& call) {
  const auto order = OrderNamedBy(call, "order_id");
  if (!order) {
    return std::unexpected(order.error());
  }
  if (!(*order)->delivery.status) {
    return std::unexpected(kNoDelivery);
  }
  return LogisticsJson(**order);
}

/// What the shop's own courier does. It is taken, and changes nothing of the order.
Outcome SyncLogistics(const Call& call) {
  constexpr std::array<std::string_view, 8> kStatuses = {"0",  "5",  "10", "15",
                                                         "20", "25", "40", "100"};
  const auto order = OrderNamedBy(call, "order_id");
  if (!order) {
    return std::unexpected(order.error());
  }
  const Outcome status = Required(call, "logistics_status");
  if (!status) {
    return status;
  }
  if (std::ranges::find(kStatuses, *status) == kStatuses.end()) {
    return std::unexpected(kBadFormat);
  }
  if ((*order)->platform_delivers()) {
    return std::unexpected(kPlatformDelivers);
  }
  return std::string(kOk);
}

Outcome GetOrderDaySeq(const Call& call) {
  const Outcome shop = ShopNamedBy(call);
  if (!shop) {
    return shop;
  }
  return "{\"day_seq\":" + std::to_string(call.book.LastOfDay(*shop, ChinaDay(call.now))) + '}';
}

Outcome GetOrderIdByDaySeq(const Call& call) {
  const Outcome shop = ShopNamedBy(call);
  if (!shop) {
    return shop;
  }
  const Outcome day = Required(call, "date_time");
  const Outcome seq = Required(call, "day_seq");
  if (!day || !seq) {
    return std::unexpected(kMissingParameter);
  }
  const auto number = ParseInt(*seq);
  if (!number || !ParseUint(*day) || day->size() != 8) {
    return std::unexpected(kBadFormat);
  }
  const Order* order = call.book.FindOfDay(*shop, *day, *number);
  if (order == nullptr) {
    return std::unexpected(kNoSuchOrder);
  }
  return "{\"order_id\":" + order->id + '}';
}

Outcome MealComplete(const Call& call) {
  const auto order = OrderNamedBy(call, "order_id");
  if (!order) {
    return std::unexpected(order.error());
  }
  return OkOr((*order)->confirmed_now(), kWrongState);
}

constexpr std::array kInterfaces = {
    Interface{"comment/query", "GET", QueryComments},
    Interface{"ecommerce/order/getOrderRefundDetail", "GET", GetOrderRefundDetail},
    Interface{"ecommerce/order/logistics/sync", "GET", SyncLogistics},
    Interface{"food/get", "GET", GetFood},
    Interface{"food/list", "GET", ListFoods},
    Interface{"foodCat/list", "GET", ListFoodCategories},
    Interface{"order/arrived", "GET", ActOfOwnRider<&Life::Arrive>},
    Interface{"order/cancel", "GET", CancelOrder},
    Interface{"order/confirm", "GET", Act<&Life::Confirm>},
    Interface{"order/delivering", "GET", ActOfOwnRider<&Life::SetOut>},
    Interface{"order/getOrderDaySeq", "GET", GetOrderDaySeq},
    Interface{"order/getOrderDetail", "GET", GetOrderDetail},
    Interface{"order/getOrderIdByDaySeq", "GET", GetOrderIdByDaySeq},
    Interface{"order/logistics/status", "GET", LogisticsStatus},
    Interface{"order/poi_received", "GET", Act<&Life::Receive>},
    Interface{"order/preparationMealComplete", "GET", MealComplete},
    Interface{"order/refund/agree", "GET", DecideRefund<true>},
    Interface{"order/refund/reject", "GET", DecideRefund<false>},
    Interface{"order/viewstatus", "GET", ViewStatus},
    Interface{"poi/close", "POST", CloseShop},
    Interface{"poi/getids", "GET", ListShops},
    Interface{"poi/mget", "GET", GetShops},
    Interface{"poi/open", "POST", OpenShop},
};

}  // namespace

Outcome ShopNamedBy(const Call& call) {
  Outcome shop = Required(call, "app_poi_code");
  if (shop && !call.book.shops().contains(*shop)) {
    return std::unexpected(kNoSuchShop);
  }
  return shop;
}

const Interface* FindInterface(std::string_view path) {
  const auto found = std::ranges::find(kInterfaces, path, &Interface::path);
  return found == kInterfaces.end() ? nullptr : &*found;
}

}  // namespace weir::simulators::meituan
