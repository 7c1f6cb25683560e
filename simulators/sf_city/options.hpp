// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "simulators/courier_options.hpp"

/// How a simulated SF intra-city (顺丰同城) behaves. Every number is a share, 0 to 1, unless it
/// says otherwise.
namespace weir::simulators::sf_city {

/// What the platform does now and then.
struct Quirks {
  double number_ids = 0;      ///< An answer or a callback writes SF's order id as a number.
  double trailing_blank = 0;  ///< A callback's url_index ends in a blank.
  double own_cancels = 0;     ///< The merchant's own cancel is called back, too.
};

struct Options : CourierOptions {
  Options() {
    // How often is known (protocol notes 2.4), how fast is not.
    retry = {.timeout = std::chrono::seconds(3),
             .retries = std::vector<std::chrono::milliseconds>(20, std::chrono::seconds(60))};
    shops.front().no = "3243279847393";
  }

  std::int64_t dev_id = 1'234'567'890;
  std::string dev_key;
  std::string push_url;  ///< Where all kinds of callbacks go.
  Quirks quirks;
};

}  // namespace weir::simulators::sf_city
