// SPDX-License-Identifier: Apache-2.0
#include "simulators/douyin/calls.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "simulators/target.hpp"

namespace weir::simulators::douyin {
namespace {

constexpr std::array kActions = {
    Action{"GET", "trade/order/query", QueryOrders, true},
    Action{"GET", "akte/order/query", QueryCateringOrders, true},
    Action{"GET", "hermes/trade/order/query", QueryTakeaways, true},
    Action{"GET", "retail/order/query", QueryMeals, true},
    Action{"POST", "trade/buy/merchant_confirm_order", ConfirmOrder},
    Action{"POST", "after_sale/order/merchant_reject", RejectOrder},
    Action{"POST", "hermes/preparation/complete/confirm", MealReady},
    Action{"POST", "fulfilment/distribution/order/sync_status", SyncRider},
    Action{"POST", "after_sale/order/apply_refund", ApplyRefund},
    Action{"POST", "after_sale/audit/notify", AuditRefund},
    Action{"GET", "settle/ledger/query_by_order", QueryLedger},
    Action{"GET", "settle/ledger/detailed_query_by_order", QueryLedger},
    Action{"GET", "fulfilment/certificate/prepare", PrepareCoupons},
    Action{"POST", "fulfilment/certificate/verify", VerifyCoupons},
    Action{"POST", "fulfilment/certificate/cancel", CancelVerification},
    Action{"GET", "fulfilment/certificate/get", GetCertificate},
    Action{"GET", "fulfilment/certificate/query", QueryCertificates},
    Action{"GET", "fulfilment/certificate/verify_record/query", QueryVerifyRecords},
    Action{"GET", "goods/product/online/query", QueryGoods},
    Action{"GET", "goods/product/online/get", GetGoods},
    Action{"POST", "goods/product/operate", OperateGoods},
    Action{"POST", "goods/stock/sync", SyncStock},
    Action{"POST", "goods/foodorder/dish/list", ListDishes},
    Action{"GET", "akte/comment/query", QueryComments},
    Action{"POST", "akte/comment/reply", ReplyComment},
    Action{"GET", "akte/comment/score/query", QueryScores},
    Action{"GET", "shop/poi/query", QueryShops},
    Action{"POST", "poi/match/task/create", CreateMatchTask},
    Action{"GET", "poi/match/task/view", ViewMatchTask},
    Action{"POST", "hermes/delivery/accept_status/save", SaveAcceptStatus},
    Action{"GET", "hermes/delivery/delivery_info/get", GetDeliveryInfo},
    Action{"POST", "open/common_biz/crypto/decrypt/batch", DecryptBatch},
    Action{"POST", "open/common_biz/crypto/decrypt_mask/batch", DecryptBatch},
};

void AddPlain(Fields& fields, const std::string& name, const nlohmann::json& value) {
  if (value.is_string()) {
    fields.emplace_back(name, value.get<std::string>());
  } else if (value.is_primitive() && !value.is_null()) {
    fields.emplace_back(name, value.dump());
  }
}

}  // namespace

std::optional<Arguments> Arguments::Of(const HttpCall& call) {
  Arguments arguments;
  arguments.fields_ = ParseForm(TargetOf(call).query).value_or(Fields{});
  if (call.method != "POST") {
    return arguments;
  }
  arguments.body_ = nlohmann::json::parse(call.body, nullptr, false);
  if (!arguments.body_.is_object()) {
    return std::nullopt;
  }
  for (const auto& [name, value] : arguments.body_.items()) {
    if (!value.is_array()) {
      AddPlain(arguments.fields_, name, value);
      continue;
    }
    for (const auto& each : value) AddPlain(arguments.fields_, name, each);
  }
  return arguments;
}

std::string Arguments::TextOf(std::string_view name) const {
  const std::string* found = Find(name);
  return found == nullptr ? std::string() : *found;
}

std::optional<std::int64_t> Arguments::NumberOf(std::string_view name) const {
  const std::string* found = Find(name);
  return found == nullptr ? std::nullopt : ParseInt(*found);
}

std::vector<std::string> Arguments::ListOf(std::string_view name) const {
  std::vector<std::string> list;
  for (const auto& [key, value] : fields_) {
    if (key != name) continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      const std::string_view piece = rest.substr(0, rest.find(','));
      rest.remove_prefix(std::min(piece.size() + 1, rest.size()));
      if (!piece.empty()) list.emplace_back(piece);
    }
  }
  return list;
}

const Action* FindAction(std::string_view method, std::string_view path) {
  const auto found = std::ranges::find_if(kActions, [&](const Action& action) {
    return action.method == method && action.path == path;
  });
  return found == kActions.end() ? nullptr : &*found;
}

std::expected<Order*, Failure> OrderOf(const Call& call) {
  Order* order = call.book.Find(call.arguments.TextOf("order_id"));
  if (order == nullptr || order->coupons) {
    return std::unexpected(Failure{code::kNoSuchOrder, "订单不存在", code::kOrderMissing});
  }
  return order;
}

Reader ReaderOf(const Call& call) {
  return {.account = call.options.account_id,
          .secret = call.options.app_secret,
          .secret_number = call.arguments.TextOf("get_secret_number") == "true"};
}

Outcome NothingOr(bool done) {
  if (!done) {
    return std::unexpected(Failure{code::kRefused, "订单状态不允许该操作", code::kWrongState});
  }
  return std::string(kNothing);
}

std::optional<Slice> SliceOf(const Call& call, std::string_view size, std::int64_t largest,
                             std::size_t all) {
  const auto cursor =
      ParseUint(call.arguments.Find("cursor") == nullptr ? std::string("0")
                                                         : call.arguments.TextOf("cursor"));
  const std::int64_t count =
      call.arguments.Find(size) == nullptr ? largest : call.arguments.NumberOf(size).value_or(0);
  if (!cursor || count < 1 || count > largest) {
    return std::nullopt;
  }
  const auto first = std::min<std::size_t>(*cursor, all);
  return Slice{first, std::min(all, first + static_cast<std::size_t>(count))};
}

}  // namespace weir::simulators::douyin
