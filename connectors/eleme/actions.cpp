// SPDX-License-Identifier: Apache-2.0
#include "connectors/eleme/actions.hpp"

#include <algorithm>

namespace weir::connectors::eleme {
namespace {

/// Sorted.
constexpr std::array kReadActions{
    ReadAction{"eleme.file.getUploadedUrl", {"hash"}},
    ReadAction{"eleme.message.getNonReachedMessages", {"appId"}},
    ReadAction{"eleme.message.getNonReachedOMessages", {"appId"}},
    ReadAction{"eleme.message.queryFailedMessageLog", {"request"}},
    ReadAction{"eleme.msgNew.confirmPullMsg", {"msgConfirmRequest"}, true},
    ReadAction{"eleme.msgNew.getPushFailMsg", {"msgQueryRequest"}, true},
    ReadAction{"eleme.order.batchGetDeliveryStates", {"orderIds"}},
    ReadAction{"eleme.order.batchGetRefundOrders", {"orderIds"}},
    ReadAction{"eleme.order.delivery.getDeliveryRoutes", {"orderId"}},
    ReadAction{"eleme.order.getAllOrders", {"shopId", "pageNo", "pageSize", "date"}},
    ReadAction{"eleme.order.getCancelOrders", {"shopId"}},
    ReadAction{"eleme.order.getCommodities", {"orderId"}},
    ReadAction{"eleme.order.getDeliveryFeeForCrowd", {"orderId"}},
    ReadAction{"eleme.order.getDeliveryStateRecord", {"orderId"}},
    ReadAction{"eleme.order.getOrder", {"orderId"}},
    ReadAction{"eleme.order.getPreparedTimesByOrderIds", {"orderIds"}},
    ReadAction{"eleme.order.getRefundOrder", {"orderId"}},
    ReadAction{"eleme.order.getRefundOrders", {"shopId"}},
    ReadAction{"eleme.order.getUnprocessOrders", {"shopId"}},
    ReadAction{"eleme.order.getUnreplyReminders", {"shopId"}},
    ReadAction{"eleme.order.mgetCommodities", {"orderIds"}},
    ReadAction{"eleme.order.mgetDeliveryTipInfos", {"orderIds"}},
    ReadAction{"eleme.order.mgetOrders", {"orderIds"}},
    ReadAction{"eleme.order.mgetRefundOrders", {"orderIds"}},
    ReadAction{"eleme.order.mgetUserSimpleInfoByOrderIds", {"orderIds"}},
    ReadAction{"eleme.order.queryCallAvailable", {"orderId"}},
    ReadAction{"eleme.product.category.getCategory", {"categoryId"}},
    ReadAction{"eleme.product.category.getShopCategories", {"shopId"}},
    ReadAction{"eleme.product.category.getShopCategoriesWithChildren", {"shopId"}},
    ReadAction{"eleme.product.item.batchGetItems", {"itemIds"}},
    ReadAction{"eleme.product.item.getItem", {"itemId"}},
    ReadAction{"eleme.product.item.getItemByShopIdAndExtendCode", {"shopId", "extendCode"}},
    ReadAction{"eleme.product.item.getItemsByCategoryId", {"categoryId"}},
    ReadAction{"eleme.product.item.getItemsByShopIdAndBarCode", {"shopId", "barCode"}},
    ReadAction{"eleme.product.item.queryItemByPage", {"queryPage"}},
    ReadAction{"eleme.shop.getBusyLevelSetting", {"shopId"}},
    ReadAction{"eleme.shop.getShop", {"shopId"}},
    ReadAction{"eleme.shop.mgetShopStatus", {"shopIds"}},
    ReadAction{"eleme.ugc.countORateResult", {"rateQuery"}},
    ReadAction{"eleme.ugc.getItemRatesByItemId",
               {"itemId", "startTime", "endTime", "offset", "pageSize"}},
    ReadAction{"eleme.ugc.getItemRatesByItemIds",
               {"itemIds", "startTime", "endTime", "offset", "pageSize"}},
    ReadAction{"eleme.ugc.getORateResult", {"rateQuery"}},
    ReadAction{"eleme.ugc.getOrderRateByOrderId", {"orderId"}},
    ReadAction{"eleme.ugc.getOrderRatesByOrderIds", {"orderIds"}},
    ReadAction{"eleme.ugc.getOrderRatesByShopAndRating",
               {"shopId", "score", "startTime", "endTime", "offset", "pageSize"}},
    ReadAction{"eleme.ugc.getOrderRatesByShopId",
               {"shopId", "startTime", "endTime", "offset", "pageSize"}},
    ReadAction{"eleme.ugc.getOrderRatesByShopIds",
               {"shopIds", "startTime", "endTime", "offset", "pageSize"}},
    ReadAction{"eleme.ugc.getUnreplyOrderRatesByOrderIds", {"orderIds"}},
    ReadAction{"eleme.ugc.getUnreplyOrderRatesByShopIds",
               {"shopIds", "startTime", "endTime", "offset", "pageSize"}},
    ReadAction{"eleme.user.getTokenStatus", {"token"}, true},
    ReadAction{"eleme.user.getUser", {}},
};
static_assert(std::ranges::is_sorted(kReadActions, {}, &ReadAction::name));

}  // namespace

std::span<const ReadAction> ReadActions() { return kReadActions; }

const ReadAction* FindReadAction(std::string_view name) {
  const auto* const found = std::ranges::lower_bound(kReadActions, name, {}, &ReadAction::name);
  return found != kReadActions.end() && found->name == name ? found : nullptr;
}

}  // namespace weir::connectors::eleme
