// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "simulators/manners.hpp"

/// How a simulated waimaiopen behaves. Every number is a share, 0 to 1, unless it says otherwise.
namespace weir::simulators::meituan {

enum class Encoding {
  kDouble,  ///< Values percent-encoded, then form-encoded: what the platform does.
  kSingle,
  kMixed,  ///< Either, push by push.
};

/// What becomes of orders, with what only this platform has.
struct Traffic : simulators::Traffic {
  double return_goods = 0.3;  ///< Of the refunds: by the return-goods flow, without notify_type.
  double pickup = 0.05;
};

/// What the platform does now and then, or once did.
struct Quirks {
  Encoding encoding = Encoding::kDouble;
  bool get_for_cancel_and_refund = false;  ///< Old apps got these by GET.
  bool send_empties = true;                ///< Empty values are sent as "name=".
  bool charge_split = true;                ///< Subscription 20: mt_charge and poi_charge in extras.
  bool subscribed_fields = false;          ///< The other subscriptions.
  double empty_extra = 0.3;                ///< `{}` at the end of extras.
  double legacy_status = 0;                ///< The order also passes the old statuses 3 and 6.
  double scaled_coordinates = 0;           ///< Coordinates times 1,000,000.
  double phone_extension = 0.5;            ///< A privacy number, "13812345678_1234".
  double long_id = 0.1;                    ///< An order number of 20 digits instead of 19.
  double distinct_view_id = 0;             ///< wm_order_id_view is another number than order_id.
  double empty_receive_detail = 0.05;      ///< poi_receive_detail is an empty text.
  double net_prices = 0;                   ///< Lines are priced after item discounts.
};

struct Options : PlatformOptions {
  Options() { calls_per_second = 20; }

  std::string app_id = "9001";
  /// Scheme and host in the signed text of API calls; empty: as each caller wrote them.
  std::string api_origin;
  std::vector<std::string> shops = {"shop_001"};  ///< app_poi_code each; not empty.
  Traffic traffic;
  Quirks quirks;
};

}  // namespace weir::simulators::meituan
