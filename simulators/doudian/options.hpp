// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "simulators/manners.hpp"

/// How a simulated Doudian (instant retail) behaves. Every number is a share, 0 to 1, unless it
/// says otherwise.
namespace weir::simulators::doudian {

struct StoreOptions {
  std::int64_t id = 153406001;
  std::string code = "shop_001";  ///< The merchant's own; its warehouse is named after it, too.
};

/// How long tokens live (protocol notes B2).
struct TokenLife {
  std::chrono::seconds access = std::chrono::days(7);
  std::chrono::seconds refresh = std::chrono::days(14);
  /// A refresh this short before the expiry brings a new pair, and the old one lives on so long.
  std::chrono::seconds overlap = std::chrono::hours(1);
};

/// How messages are put together in requests.
struct Batches {
  std::size_t most = 50;                    ///< Messages of one request.
  std::chrono::milliseconds gathered{200};  ///< They wait so long for others.
  double doubled = 0;                       ///< A request holds one of its messages twice.
  double shuffled = 0;                      ///< A request's messages stand in any order.
};

/// What the platform does now and then.
struct Quirks {
  double tag_as_number = 0;        ///< A message says "tag":110.
  double camel_msg_id = 0;         ///< A message says "msgId".
  double data_as_object = 0;       ///< A message's data is an object instead of text.
  double ids_as_text = 0;          ///< A message says "p_id":"6900000000000000001".
  double numbers_as_text = 0;      ///< An order is read with each of its numbers as text.
  double legacy = 0;               ///< An answer has the old shape, too, or alone when it succeeds.
  double code_as_text = 0;         ///< An answer says "code":"10000".
  double unknown_members = 0.05;   ///< An order has members that no document names.
  double unknown_tags = 0.02;      ///< After a payment comes a message of a tag nobody knows.
  double broken_amounts = 0;       ///< An order's amounts break one identity by a fen.
  double virtual_number = 0.5;     ///< A phone number is decrypted to a host and an extension.
  double double_underscore = 0.5;  ///< A track's nodes are in route__node_list.
  double no_coordinate = 0.05;     ///< An order says no user_coordinate.
  double booked = 0.15;            ///< Wanted at a time instead of as soon as possible.
  double risk_checked = 0.3;  ///< A payment is checked (105) before the order is to be shipped.
  double probed = 0;          ///< Per order: the push URL is saved again and probed by tag 0.
};

/// How often something beside the way happens to an order.
struct Asides {
  double amount_changed = 0.05;    ///< 109, before the payment.
  double memo = 0.1;               ///< 113
  double appointment = 0.05;       ///< 112
  double address = 0.05;           ///< 105 and 111
  double deadline = 0.05;          ///< 126
  double partly_shipped = 0.1;     ///< 108, of orders with several lines.
  double logistics_changed = 0.1;  ///< 104, of orders the shop delivers.
};

struct Options : PlatformOptions {
  Options() {
    using std::chrono::minutes;
    using std::chrono::seconds;
    retry = {
        .timeout = seconds(5),
        .retries = {seconds(10), seconds(30), seconds(60), minutes(5), minutes(10), minutes(30)}};
    calls_per_second = 50;
  }

  std::string app_key = "7000000000000000123";
  std::int64_t shop_id = 12345;  ///< To which all stores belong.
  std::vector<StoreOptions> shops = {{}};
  /// How far a call's timestamp may be off, else isv.timestamp-invalid; 0: any.
  std::chrono::milliseconds clock_tolerance = std::chrono::minutes(10);
  Traffic traffic;
  TokenLife tokens;
  Batches batches;
  Asides asides;
  Quirks quirks;
};

}  // namespace weir::simulators::doudian
