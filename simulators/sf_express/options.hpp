// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include "simulators/courier.hpp"
#include "simulators/manners.hpp"

/// How a simulated SF Express (Fengqiao) behaves. Every number is a share, 0 to 1, unless it says
/// otherwise.
namespace weir::simulators::sf_express {

/// What the platform does now and then, or by account.
struct Quirks {
  bool lenient_digest = false;        ///< A digest without URL encoding is taken too.
  bool repeated_is_answered = false;  ///< A repeated order gives its first waybill; else 8016.
  bool form_pushes = false;           ///< Pushes are forms that hold XML; else JSON.
  double object_answers = 0.1;        ///< apiResultData is an object; else a text.
  double text_success = 0.1;          ///< success is a text.
  double to_locker = 0.2;             ///< A parcel is left in a locker, and fetched.
  double shuffled = 0.5;              ///< A batch of pushed nodes is out of order.
  /// Nodes gather for so long before they are pushed.
  std::chrono::milliseconds batch_within = std::chrono::seconds(2);
};

struct Options {
  std::string partner_id = "DEMO_PARTNER";
  std::string check_word;
  std::string push_url;  ///< Where routes are pushed, its token included; empty: nowhere.
  std::string monthly_card = "7551234567";  ///< Another one may not ship: 8114.
  std::uint64_t seed = 1;
  RetryPlan retry{.timeout = std::chrono::seconds(5),
                  .retries = {std::chrono::seconds(30), std::chrono::seconds(60),
                              std::chrono::seconds(120), std::chrono::seconds(300)}};
  unsigned calls_per_second = 30;  ///< Of each service; 0: no limit.
  std::size_t keep_shipments = 100'000;
  CourierTraffic traffic;
  CourierFaults call_faults;
  /// Of these: duplicated, reordered, delay, forged (a wrong token) and api_failure.
  Faults faults;
  Quirks quirks;
};

}  // namespace weir::simulators::sf_express
