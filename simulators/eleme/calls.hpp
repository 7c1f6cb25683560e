// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <expected>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/json_writer.hpp"
#include "simulators/eleme/book.hpp"
#include "simulators/eleme/life.hpp"
#include "simulators/eleme/options.hpp"
#include "simulators/eleme/pushes.hpp"
#include "simulators/eleme/tokens.hpp"
#include "simulators/shelves.hpp"

/// The actions of protocol notes 1.6, behind signature and token.
namespace weir::simulators::eleme {

// Error codes (protocol notes 1.4).
namespace code {
inline constexpr std::string_view kIllegalRequest = "ILLEGAL_REQUEST";
inline constexpr std::string_view kUnauthorized = "UNAUTHORIZED";
inline constexpr std::string_view kMethodNotAllowed = "METHOD_NOT_ALLOWED";
inline constexpr std::string_view kTooOften = "EXCEED_LIMIT";
inline constexpr std::string_view kBadSignature = "INVALID_SIGNATURE";
inline constexpr std::string_view kBadTimestamp = "INVALID_TIMESTAMP";
inline constexpr std::string_view kBadValue = "VALIDATION_FAILED";
inline constexpr std::string_view kNoSuchOrder = "BIZ_ORDER_NOT_EXISTS";
inline constexpr std::string_view kNoSuchShop = "BIZ_SHOP_NOT_EXISTS";
inline constexpr std::string_view kWrongState = "BIZ_ORDER_STATE_INVALID";
inline constexpr std::string_view kNoSuchReminder = "BIZ_REMINDER_NOT_EXISTS";
}  // namespace code

struct Failure {
  std::string_view code;
  std::string_view message;
};

/// What an action works with: one verified call.
struct Call {
  const nlohmann::json& params;
  Instant now;
  const Options& options;
  OrderBook& book;
  Life& life;
  PushDesk& desk;
  const TokenServer& tokens;
  Shelves& shelves;
};

/// The JSON of `result`.
using Outcome = std::expected<std::string, Failure>;

struct Action {
  std::string_view name;
  bool of_app = false;  ///< Called with an empty token.
  Outcome (*run)(const Call& call) = nullptr;
};

/// nullptr when there is no such action.
[[nodiscard]] const Action* FindAction(std::string_view name);

// What the files of actions share.
inline constexpr std::string_view kNothing = "null";  ///< The result of most acts.
/// A member of `params`, as text whether it came as text or number.
[[nodiscard]] Outcome Required(const Call& call, std::string_view name);
[[nodiscard]] std::expected<Order*, Failure> OrderOf(const Call& call);
[[nodiscard]] std::expected<Shop*, Failure> ShopOf(const Call& call);
/// `action` with the object under `name` for its params.
[[nodiscard]] Outcome Within(const Call& call, std::string_view name,
                             Outcome (*action)(const Call& inner));
/// A JSON list with what `write` adds to it.
[[nodiscard]] std::string ListOf(const std::function<void(JsonWriter&)>& write);

// The actions on orders ...
Outcome GetOrder(const Call& call);
Outcome MgetOrders(const Call& call);
Outcome GetAllOrders(const Call& call);
Outcome GetUnprocessOrders(const Call& call);
Outcome GetCancelOrders(const Call& call);
Outcome GetRefundOrders(const Call& call);
Outcome GetRefundOrder(const Call& call);
Outcome MgetRefundOrders(const Call& call);
Outcome GetDeliveryStateRecord(const Call& call);
Outcome BatchGetDeliveryStates(const Call& call);
Outcome ConfirmOrder(const Call& call);
Outcome CancelOrder(const Call& call);
Outcome AgreeRefund(const Call& call);
Outcome DisagreeRefund(const Call& call);
Outcome DeliverBySelf(const Call& call);
Outcome GiveDeliveryUp(const Call& call);
Outcome StartDelivery(const Call& call);
Outcome ReceivedOrder(const Call& call);
Outcome SetOrderPrepared(const Call& call);
Outcome GetUnreplyReminders(const Call& call);
Outcome ReplyReminder(const Call& call);

// ... and on everything else.
Outcome GetNonReachedMessages(const Call& call);
Outcome GetNonReachedOMessages(const Call& call);
Outcome GetPushFailMsg(const Call& call);
Outcome QueryFailedMessageLog(const Call& call);
Outcome ConfirmPullMsg(const Call& call);
Outcome GetShop(const Call& call);
Outcome MgetShopStatus(const Call& call);
Outcome UpdateShop(const Call& call);
Outcome GetUser(const Call& call);
Outcome GetTokenStatus(const Call& call);
Outcome GetShopCategories(const Call& call);
Outcome GetShopCategoriesWithChildren(const Call& call);
Outcome QueryItemByPage(const Call& call);
Outcome GetItem(const Call& call);
Outcome GetORateResult(const Call& call);
Outcome CountORateResult(const Call& call);
Outcome GetOrderRatesByShopId(const Call& call);

}  // namespace weir::simulators::eleme
