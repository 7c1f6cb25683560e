// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

#include "simulators/courier_options.hpp"

/// How a simulated Dada behaves. Every number is a share, 0 to 1, unless it says otherwise.
namespace weir::simulators::dada {

/// What the platform does now and then.
struct Quirks {
  double text_time = 0;        ///< A callback's update_time is text.
  double upper_signature = 0;  ///< A callback's signature is in upper case.
};

struct Options : CourierOptions {
  Options() {
    // Not documented; said to be about so (protocol notes 7.3).
    retry = {
        .timeout = std::chrono::seconds(3),
        .retries = {std::chrono::seconds(60), std::chrono::seconds(60), std::chrono::seconds(60)}};
  }

  std::string app_key = "dada0123456789abcde";
  std::string app_secret;
  std::string source_id = "73753";
  /// Where messages go that are not of one order; empty: nowhere.
  std::string message_url;
  bool sandbox = true;  ///< The calls that move an order by hand are there.
  std::chrono::milliseconds quote_life = std::chrono::seconds(180);
  std::chrono::milliseconds requote_after{0};    ///< Another quote of one order sooner is refused.
  std::chrono::milliseconds clock_tolerance{0};  ///< Of a call's timestamp; 0: any.
  Quirks quirks;
};

}  // namespace weir::simulators::dada
