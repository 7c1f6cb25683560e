// SPDX-License-Identifier: Apache-2.0
#include "simulators/eleme/calls.hpp"

#include <algorithm>
#include <array>

namespace weir::simulators::eleme {
namespace {

constexpr std::array kActions = {
    Action{"eleme.message.getNonReachedMessages", false, GetNonReachedMessages},
    Action{"eleme.message.getNonReachedOMessages", false, GetNonReachedOMessages},
    Action{"eleme.message.queryFailedMessageLog", false, QueryFailedMessageLog},
    Action{"eleme.msgNew.confirmPullMsg", true, ConfirmPullMsg},
    Action{"eleme.msgNew.getPushFailMsg", true, GetPushFailMsg},
    Action{"eleme.order.agreeRefundLite", false, AgreeRefund},
    Action{"eleme.order.batchGetDeliveryStates", false, BatchGetDeliveryStates},
    Action{"eleme.order.batchGetRefundOrders", false, MgetRefundOrders},
    Action{"eleme.order.cancelOrderLite", false, CancelOrder},
    Action{"eleme.order.completeDeliveryBySelf", false, ReceivedOrder},
    Action{"eleme.order.confirmOrderLite", false, ConfirmOrder},
    Action{"eleme.order.deliveryBySelfLite", false, DeliverBySelf},
    Action{"eleme.order.disagreeRefundLite", false, DisagreeRefund},
    Action{"eleme.order.getAllOrders", false, GetAllOrders},
    Action{"eleme.order.getCancelOrders", false, GetCancelOrders},
    Action{"eleme.order.getDeliveryStateRecord", false, GetDeliveryStateRecord},
    Action{"eleme.order.getOrder", false, GetOrder},
    Action{"eleme.order.getRefundOrder", false, GetRefundOrder},
    Action{"eleme.order.getRefundOrders", false, GetRefundOrders},
    Action{"eleme.order.getUnprocessOrders", false, GetUnprocessOrders},
    Action{"eleme.order.getUnreplyReminders", false, GetUnreplyReminders},
    Action{"eleme.order.mgetOrders", false, MgetOrders},
    Action{"eleme.order.mgetRefundOrders", false, MgetRefundOrders},
    Action{"eleme.order.noMoreDeliveryLite", false, GiveDeliveryUp},
    Action{"eleme.order.receivedOrderLite", false, ReceivedOrder},
    Action{"eleme.order.replyReminder", false, ReplyReminder},
    Action{"eleme.order.setOrderPrepared", false, SetOrderPrepared},
    Action{"eleme.order.startDeliveryBySelf", false, StartDelivery},
    Action{"eleme.product.category.getShopCategories", false, GetShopCategories},
    Action{"eleme.product.category.getShopCategoriesWithChildren", false,
           GetShopCategoriesWithChildren},
    Action{"eleme.product.item.getItem", false, GetItem},
    Action{"eleme.product.item.queryItemByPage", false, QueryItemByPage},
    Action{"eleme.shop.getShop", false, GetShop},
    Action{"eleme.shop.mgetShopStatus", false, MgetShopStatus},
    Action{"eleme.shop.updateShop", false, UpdateShop},
    Action{"eleme.ugc.countORateResult", false, CountORateResult},
    Action{"eleme.ugc.getORateResult", false, GetORateResult},
    Action{"eleme.ugc.getOrderRatesByShopId", false, GetOrderRatesByShopId},
    Action{"eleme.user.getTokenStatus", true, GetTokenStatus},
    Action{"eleme.user.getUser", false, GetUser},
};

}  // namespace

const Action* FindAction(std::string_view name) {
  const auto found = std::ranges::find(kActions, name, &Action::name);
  return found == kActions.end() ? nullptr : &*found;
}

Outcome Required(const Call& call, std::string_view name) {
  const auto found = call.params.find(name);
  if (found != call.params.end() && found->is_string() && !found->get<std::string>().empty()) {
    return found->get<std::string>();
  }
  if (found != call.params.end() && found->is_number_integer()) {
    return found->dump();
  }
  return std::unexpected(Failure{code::kBadValue, "a parameter is missing or of another type"});
}

std::expected<Order*, Failure> OrderOf(const Call& call) {
  const Outcome id = Required(call, "orderId");
  if (!id) {
    return std::unexpected(id.error());
  }
  Order* order = call.book.Find(*id);
  // An order that was not paid for is not the merchant's yet.
  if (order == nullptr || !order->paid) {
    return std::unexpected(Failure{code::kNoSuchOrder, "订单不存在"});
  }
  return order;
}

std::expected<Shop*, Failure> ShopOf(const Call& call) {
  const Outcome id = Required(call, "shopId");
  if (!id) {
    return std::unexpected(id.error());
  }
  const auto found = call.book.shops().find(*id);
  if (found == call.book.shops().end()) {
    return std::unexpected(Failure{code::kNoSuchShop, "店铺不存在"});
  }
  return &found->second;
}

Outcome Within(const Call& call, std::string_view name, Outcome (*action)(const Call& inner)) {
  const auto params = call.params.find(name);
  if (params == call.params.end() || !params->is_object()) {
    return std::unexpected(Failure{code::kBadValue, "the parameters' object is missing"});
  }
  return action({*params, call.now, call.options, call.book, call.life, call.desk, call.tokens,
                 call.shelves});
}

std::string ListOf(const std::function<void(JsonWriter&)>& write) {
  std::string text;
  JsonWriter json(text);
  json.BeginArray();
  write(json);
  json.EndArray();
  return text;
}

}  // namespace weir::simulators::eleme
