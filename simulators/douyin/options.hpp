// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "simulators/manners.hpp"

/// How a simulated Douyin (life services) behaves. Every number is a share, 0 to 1, unless it says
/// otherwise.
namespace weir::simulators::douyin {

/// What becomes of orders, with what only this platform has.
struct Traffic : simulators::Traffic {
  /// What nobody accepts is cancelled after this (protocol notes A6.2).
  std::chrono::milliseconds accept_within = std::chrono::minutes(15);
  /// A refund that nobody answers is agreed after this (protocol notes A6.1).
  std::chrono::milliseconds agreed_after = std::chrono::hours(72);
  double edited = 0.05;   ///< Takeaway orders whose customer changes the address.
  double coupons = 0.25;  ///< Of all orders: group-buy coupons instead of a takeaway.
};

/// How long tokens live (protocol notes A1).
struct TokenLife {
  std::chrono::seconds access = std::chrono::hours(2);
  /// What is left to a token when the next one is given.
  std::chrono::seconds overlap = std::chrono::minutes(5);
  /// More calls than this within `flood_window` are refused; 0: no limit.
  std::size_t flood = 500;
  std::chrono::seconds flood_window = std::chrono::minutes(5);
};

/// What the platform does now and then.
struct Quirks {
  double ids_as_numbers = 0.2;    ///< An order writes its ids as numbers instead of text.
  double milliseconds = 0;        ///< An order writes its times in ms instead of s.
  double times_as_text = 0.5;     ///< A delivery's update_time is text.
  double content_as_object = 0;   ///< A webhook's content is an object instead of text.
  double line_breaks = 0;         ///< A webhook's body has CR and LF; half are signed without them.
  double from_user = 0.2;         ///< A webhook carries from_user_id.
  double unknown_members = 0.05;  ///< A message has members that no document names.
  double unknown_events = 0;      ///< Beside a message comes one of an event nobody knows.
  double broken_amounts = 0;      ///< One identity of amount_info does not hold.
  double bare_refunds = 0.1;      ///< A refund's messages say no amount.
  double booked = 0.15;           ///< is_book 2; else 1, at once.
  double real_phone = 0.2;        ///< The customer switched the protection off.
  double used_says_two = 0.5;     ///< Verifying again says 2 instead of 1208.
  double lone_code = 0;           ///< An error's code stands in one of the two places only.
  double seconds_of_spi = 0;      ///< An SPI's timestamp is in s instead of ms.
  double challenge_as_text = 0;   ///< verify_webhook's content is text.
  bool now_in_ms = false;         ///< extra.now of the API's answers.
  int score_scale = 10;           ///< What one star counts in rate_score: 1, 10 or 100.
};

struct Options : PlatformOptions {
  Options() {
    using std::chrono::seconds;
    retry = {.timeout = seconds(5), .retries = {seconds(1), seconds(5), seconds(30)}};
    calls_per_second = 200;
  }

  std::string client_key = "awdemo0001";           ///< The client_secret is app_secret.
  std::string account_id = "7000000000000000009";  ///< The merchant's.
  /// Behind push_url: where refund applications are asked.
  std::string refund_spi = "/spi/trade.takeout.refund_apply";
  std::vector<std::string> shops = {"7000000000000000001"};  ///< poi_ids.
  bool probes = true;  ///< verify_webhook comes before the first order.
  /// Of each order query, beyond it 2119003; 0: no limit. Other calls have calls_per_second.
  unsigned order_queries_per_second = 20;
  Traffic traffic;
  TokenLife tokens;
  Quirks quirks;
};

}  // namespace weir::simulators::douyin
