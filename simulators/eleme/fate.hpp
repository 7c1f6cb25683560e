// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "base/random.hpp"
#include "simulators/eleme/options.hpp"
#include "simulators/eleme/refund.hpp"

namespace weir::simulators::eleme {

/// Who brought a state about (protocol notes 1.8).
enum class Role {
  kUser = 1,
  kSystem = 2,
  kMerchant = 3,
  kSupport = 4,
  kOpenPlatform = 5,
  kCompletion = 9,
};

/// How an order ends before its time: the message's type, and who did it.
struct Ending {
  int type = 0;  ///< 14, 15 or 17; 0: never effective, nothing is said of it.
  Role role = Role::kSystem;
};

inline constexpr Ending kUnpaid{0, Role::kSystem};
inline constexpr Ending kUserBeforeAcceptance{14, Role::kUser};
inline constexpr Ending kNotAccepted{14, Role::kSystem};
inline constexpr Ending kRejected{14, Role::kMerchant};
inline constexpr Ending kInvalidBySupport{15, Role::kSupport};
inline constexpr Ending kCancelAgreed{15, Role::kSystem};
inline constexpr Ending kUserAtOnce{17, Role::kUser};  ///< Within a minute of the acceptance.
inline constexpr Ending kForcedByMerchant{17, Role::kMerchant};

/// What a customer will ask for: in the cancel flow, or, after completion, in the refund flow.
struct RefundFate {
  RefundFlow flow = RefundFlow::kRefund;
  bool partial = false;  ///< Of the refund flow only.
};

/// What an order's life will bring unless the shop acts differently.
struct Fate {
  bool self_delivery = false;
  std::optional<Ending> ending;
  std::optional<RefundFate> refund;
  bool urged = false;
  std::vector<int> route;  ///< Types of waybill messages in turn.
  bool shop_rests = false;
};

[[nodiscard]] Fate DrawFate(Random& random, const Traffic& traffic);

/// The waybill messages of an undisturbed delivery by the platform.
[[nodiscard]] std::vector<int> PlainRoute();

}  // namespace weir::simulators::eleme
