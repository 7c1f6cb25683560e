// SPDX-License-Identifier: Apache-2.0
#include "simulators/doudian/calls.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace weir::simulators::doudian {
namespace {

constexpr std::array kMethods = {
    Method{"afterSale.Detail", true, AfterSaleDetail},
    Method{"afterSale.List", true, AfterSaleList},
    Method{"afterSale.operate", true, AfterSaleOperate},
    Method{"logistics.trackNoRouteDetail", true, TrackNoRouteDetail},
    Method{"order.batchDecrypt", true, BatchDecrypt},
    Method{"order.logisticsAdd", true, LogisticsAdd},
    Method{"order.logisticsCompanyList", true, LogisticsCompanyList},
    Method{"order.orderDetail", true, OrderDetail},
    Method{"order.searchList", true, SearchList},
    Method{"product.detail", true, ProductDetail},
    Method{"product.listV2", true, ProductList},
    Method{"shop.getStoreDetail", true, GetStoreDetail},
    Method{"shop.getStoreList", true, GetStoreList},
    Method{"sku.list", true, SkuList},
    Method{"superm.getDispatcherInfo", true, GetDispatcherInfo},
    Method{"superm.getShipmentInfo", true, GetShipmentInfo},
    Method{"superm.shopOrderDispatcher", true, ShopOrderDispatcher},
    Method{"token.create", false, CreateToken},
    Method{"token.refresh", false, RefreshToken},
    Method{"warehouse.list", true, WarehouseList},
};

}  // namespace

const Method* FindMethod(std::string_view name) {
  const auto found = std::ranges::find(kMethods, name, &Method::name);
  return found == kMethods.end() ? nullptr : &*found;
}

std::unexpected<Failure> BadArgument(std::string_view message) {
  return std::unexpected(Failure{code::kArgumentBad, "isv.parameter-invalid", message});
}

std::unexpected<Failure> BusinessFailed(std::string_view sub_code, std::string_view message) {
  return std::unexpected(Failure{code::kBusinessFailed, sub_code, message});
}

std::optional<std::string> TextOf(const Call& call, std::string_view name) {
  const auto found = call.params.find(name);
  if (found == call.params.end()) {
    return std::nullopt;
  }
  if (found->is_number_integer()) {
    return found->dump();
  }
  return found->is_string() && !found->get<std::string>().empty()
             ? std::optional(found->get<std::string>())
             : std::nullopt;
}

std::optional<std::int64_t> NumberOf(const Call& call, std::string_view name) {
  const auto text = TextOf(call, name);
  return text ? ParseInt(*text) : std::nullopt;
}

std::expected<Order*, Failure> OrderOf(const Call& call) {
  const auto of_shop = TextOf(call, "shop_order_id");
  const auto id = of_shop ? of_shop : TextOf(call, "order_id");
  if (!id) {
    return std::unexpected(
        Failure{code::kArgumentMissing, "isv.parameter-missing", "缺少shop_order_id"});
  }
  Order* order = call.book.Find(*id);
  if (order == nullptr) {
    return BusinessFailed("isv.business-failed:30001", "订单不存在");
  }
  return order;
}

std::optional<Page> PageOf(const Call& call, std::int64_t first) {
  constexpr std::int64_t kLargest = 100;
  const auto number = NumberOf(call, "page");
  const auto size = NumberOf(call, "size");
  if (!number || *number < first || !size || *size < 1 || *size > kLargest) {
    return std::nullopt;
  }
  return Page{.number = *number, .size = *size, .first = first};
}

Outcome CreateToken(const Call& call) { return call.tokens.Create(call.params, call.now); }

Outcome RefreshToken(const Call& call) { return call.tokens.Refresh(call.params, call.now); }

}  // namespace weir::simulators::doudian
