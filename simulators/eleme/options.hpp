// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "simulators/manners.hpp"

/// How a simulated Ele.me (NOP 1.0.0) behaves. Every number is a share, 0 to 1, unless it says
/// otherwise.
namespace weir::simulators::eleme {

struct ShopOptions {
  std::int64_t id = 10001;
  std::string code = "shop_001";  ///< openId: the merchant's own code.
};

/// What becomes of orders, with what only this platform has.
struct Traffic : simulators::Traffic {
  /// A customer's wish to cancel that nobody answers is agreed after this.
  std::chrono::milliseconds agreed_after = std::chrono::minutes(15);
  // Per order, what happens beside it.
  double shop_changes = 0;    ///< Its shop has another phone number: message 93.
  double service_orders = 0;  ///< The merchant buys at the service market: message 105.
  double applications = 0;    ///< An application of the merchant is audited: messages 221, 222.
};

/// How long tokens live.
struct TokenLife {
  std::chrono::seconds access = std::chrono::days(30);
  std::chrono::seconds refresh = std::chrono::days(35);
  /// A refresh token that was used is taken again for so long, in case its answer was lost.
  std::chrono::seconds grace = std::chrono::minutes(30);
  bool refresh_ends_access = true;  ///< A refresh ends the former access token at once.
};

/// What the platform does now and then.
struct Quirks {
  double type_as_text = 0;        ///< A push says "type":"30".
  double user_as_text = 0;        ///< A push says "userId":"123".
  double several_baskets = 0.1;   ///< Two baskets in one order.
  double booked = 0.15;           ///< deliverTime is set; else null, as soon as possible.
  double negative_zero = 0.5;     ///< An order writes amounts of nothing as -0.0.
  double unknown_members = 0.05;  ///< An order has members that no document names.
  double long_id = 0.1;           ///< An order number of 20 digits instead of 19.
  double misnamed_state = 0;      ///< A message's `state` is not the one of its type.
  double bare_cancel = 0.3;       ///< The cancel flow's messages say no amount.
  double refunding_word = 0;      ///< An order's status is "refunding" while a refund is open.
  double lean = 0;                ///< Beside type 10 comes the leaner 217.
  double lean_state = 0;          ///< Beside an order's change of state comes the leaner 218.
  /// How long an order whose push was degraded is degraded when it is read.
  std::chrono::milliseconds degraded_for{0};
};

struct Options : PlatformOptions {
  Options() {
    using std::chrono::minutes;
    using std::chrono::seconds;
    retry = {.timeout = seconds(5),
             .retries = {seconds(10), seconds(30), seconds(60), minutes(5), minutes(10)}};
    calls_per_second = 800;
  }

  std::int64_t app_id = 10000001;
  std::string app_key = "test_key";
  std::int64_t user_id = 123456789012345678;  ///< The merchant's account.
  std::vector<ShopOptions> shops = {{}};
  /// How far a call's timestamp may be off, else INVALID_TIMESTAMP; 0: any.
  std::chrono::milliseconds clock_tolerance = std::chrono::minutes(10);
  Traffic traffic;
  TokenLife tokens;
  Quirks quirks;
};

}  // namespace weir::simulators::eleme
