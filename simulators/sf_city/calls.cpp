// SPDX-License-Identifier: Apache-2.0
#include "simulators/sf_city/calls.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "simulators/members.hpp"

namespace weir::simulators::sf_city {
namespace {

constexpr std::int64_t kByMerchantsNumber = 2;

constexpr std::array kActions = {
    Action{"addordergratuityfee", false, AddGratuity},
    Action{"cancelorder", false, CancelOrder},
    Action{"createorder", true, CreateOrder},
    Action{"getcallbackinfo", false, GetCallbackInfo},
    Action{"getordergratuityfee", false, GetGratuity},
    Action{"getorderstatus", false, GetOrderStatus},
    Action{"getshopaccountbalance", false, GetShopAccountBalance},
    Action{"listorderfeed", false, ListOrderFeed},
    Action{"notifyproductready", false, NotifyProductReady},
    Action{"precancelorder", false, PrecancelOrder},
    Action{"precreateorder", false, PrecreateOrder},
    Action{"reminderorder", false, RemindOrder},
    Action{"riderlatestposition", false, RiderLatestPosition},
    Action{"riderviewv2", false, RiderView},
};

}  // namespace

const Action* FindAction(std::string_view name) {
  const auto found = std::ranges::find(kActions, name, &Action::name);
  return found == kActions.end() ? nullptr : &*found;
}

std::unexpected<Failure> Refused(int code, std::string message) {
  return std::unexpected(Failure{.code = code, .message = std::move(message)});
}

std::expected<Delivery*, Failure> DeliveryOf(const Call& call) {
  const std::string id = TextIn(call.params, "order_id");
  if (id.empty()) {
    return Refused(code::kBadParameter, "参数错误: order_id");
  }
  const bool own = IntIn(call.params, "order_type").value_or(1) == kByMerchantsNumber;
  Delivery* delivery = own ? call.parts.book.Find(id) : call.parts.book.FindByPlatformNo(id);
  if (delivery == nullptr || (own && TextIn(call.params, "shop_id") != delivery->shop)) {
    return Refused(code::kBadParameter, "订单不存在: order_id");
  }
  return delivery;
}

void WriteSfId(JsonWriter& json, std::string_view name, const Call& call,
               const Delivery& delivery) {
  json.Key(name);
  call.number_ids ? json.Number(delivery.platform_no) : json.String(delivery.platform_no);
}

void BeginAnswer(JsonWriter& json, const Call& call, const Delivery& delivery) {
  json.BeginObject();
  WriteSfId(json, "sf_order_id", call, delivery);
  json.Member("shop_order_id", delivery.number);
}

}  // namespace weir::simulators::sf_city
