// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "simulators/manners.hpp"
#include "simulators/push_queue.hpp"

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
  /// How long an order whose push was degraded is degraded when it is read.
  std::chrono::milliseconds degraded_for{0};
};

struct Options {
  std::int64_t app_id = 10000001;
  std::string app_key = "test_key";
  std::string app_secret;
  std::int64_t user_id = 123456789012345678;  ///< The merchant's account.
  std::string push_url;                       ///< public URL + "/hooks/<connection>".
  std::vector<ShopOptions> shops = {{}};      ///< Not empty.
  std::uint64_t seed = 1;
  RetryPlan retry = {
      .timeout = std::chrono::seconds(5),
      .retries = {std::chrono::seconds(10), std::chrono::seconds(30), std::chrono::seconds(60),
                  std::chrono::minutes(5), std::chrono::minutes(10)}};
  unsigned calls_per_second = 800;  ///< Per action, beyond it EXCEED_LIMIT; 0: no limit.
  /// How far a call's timestamp may be off, else INVALID_TIMESTAMP; 0: any.
  std::chrono::milliseconds clock_tolerance = std::chrono::minutes(10);
  std::size_t keep_orders = 100'000;  ///< Beyond these the oldest are forgotten.
  std::size_t menu_items = 40;        ///< Per shop, at most 3,000.
  std::size_t reviews = 30;           ///< Per shop, of the last 90 days.
  Traffic traffic;
  Faults faults;
  TokenLife tokens;
  Quirks quirks;
};

}  // namespace weir::simulators::eleme
