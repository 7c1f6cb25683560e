// SPDX-License-Identifier: Apache-2.0
#include "simulators/dada/calls.hpp"

#include <algorithm>
#include <array>

#include "simulators/members.hpp"

namespace weir::simulators::dada {
namespace {

using enum CallKind;

constexpr std::array kActions = {
    Action{"/api/balance/query", kPlain, QueryBalance},
    Action{"/api/cityCode/list", kPlain, CityCodes},
    Action{"/api/message/confirm", kPlain, ConfirmMessage},
    Action{"/api/order/accept", kSandbox, SimulateAccept},
    Action{"/api/order/addAfterQuery", kOrder, AddAfterQuery},
    Action{"/api/order/addOrder", kOrder, AddOrder},
    Action{"/api/order/addTip", kPlain, AddTip},
    Action{"/api/order/cancel", kSandbox, SimulateCancel},
    Action{"/api/order/cancel/reasons", kPlain, CancelReasons},
    Action{"/api/order/confirm/goods", kPlain, ConfirmGoods},
    Action{"/api/order/expire", kSandbox, SimulateExpire},
    Action{"/api/order/fetch", kSandbox, SimulateFetch},
    Action{"/api/order/finish", kSandbox, SimulateFinish},
    Action{"/api/order/formalCancel", kPlain, FormalCancel},
    Action{"/api/order/queryDeliverFee", kPlain, QueryDeliverFee},
    Action{"/api/order/reAddOrder", kOrder, ReAddOrder},
    Action{"/api/order/status/query", kPlain, QueryStatus},
    Action{"/api/order/transporter/position", kPlain, TransporterPosition},
    Action{"/api/order/transporter/track", kPlain, TransporterTrack},
    Action{"/api/shop/add", kPlain, AddShops},
    Action{"/api/shop/detail", kPlain, ShopDetail},
    Action{"/api/shop/update", kPlain, UpdateShop},
};

}  // namespace

const Action* FindAction(std::string_view path) {
  const auto found = std::ranges::find(kActions, path, &Action::path);
  return found == kActions.end() ? nullptr : &*found;
}

std::expected<Delivery*, int> DeliveryOf(const Call& call, std::string_view name) {
  const std::string number = TextIn(call.params, name);
  if (number.empty()) {
    return std::unexpected(code::kNoOrderId);
  }
  Delivery* delivery = call.parts.book.Find(number);
  if (delivery == nullptr) {
    return std::unexpected(code::kNoSuchOrder);
  }
  return delivery;
}

void WriteYuan(JsonWriter& json, std::string_view name, Fen amount) {
  json.Key(name).Number(Yuan(amount));
}

void WriteDegrees(JsonWriter& json, std::string_view name, std::int64_t micro_degrees) {
  json.Key(name).Number(Degrees(micro_degrees));
}

Shops ShopsOf(const Options& options) {
  Shops shops;
  for (const CourierShop& shop : options.shops) {
    Shop known;
    static_cast<CourierShop&>(known) = shop;
    shops.emplace(shop.no, std::move(known));
  }
  return shops;
}

}  // namespace weir::simulators::dada
