// SPDX-License-Identifier: Apache-2.0
#include "simulators/eleme/waybill.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace weir::simulators::eleme {
namespace {

constexpr std::array kWords = {
    WaybillWords{51, "tobeAssignedMerchant", "noSubstate"},
    WaybillWords{52, "tobeAssignedCourier", "noSubstate"},
    WaybillWords{53, "tobeFetched", "noSubstate"},
    WaybillWords{54, "arrived", "noSubstate"},
    WaybillWords{55, "delivering", "noSubstate"},
    WaybillWords{56, "completed", "noSubstate"},
    WaybillWords{57, "cancelled", "merchantReason"},
    WaybillWords{58, "cancelled", "userReason"},
    WaybillWords{59, "cancelled", "carrierReason"},
    WaybillWords{60, "exception", "merchantCallLateError"},
    WaybillWords{61, "exception", "merchantFoodError"},
    WaybillWords{62, "exception", "merchantInterruptDeliveryError"},
    WaybillWords{63, "exception", "userNotAnswerError"},
    WaybillWords{64, "exception", "userReturnOrderError"},
    WaybillWords{65, "exception", "userAddressError"},
    WaybillWords{66, "exception", "deliveryOutOfService"},
    WaybillWords{67, "exception", "carrierRemarkExceptionError"},
    WaybillWords{68, "exception", "systemMarkedError"},
    WaybillWords{69, "exception", "otherError"},
    WaybillWords{70, "exception", "deliveryTimeout"},
    WaybillWords{71, "selfDelivery", "noSubstate"},
    WaybillWords{72, "noMoreDelivery", "noSubstate"},
    WaybillWords{73, "reject", "onlinePayError"},
    WaybillWords{74, "reject", "consumerLocationTooFarError"},
    WaybillWords{75, "reject", "merchantPushTooLateError"},
    WaybillWords{76, "reject", "systemError"},
};

}  // namespace

const WaybillWords& WaybillOf(int type) {
  const auto found = std::ranges::find(kWords, type, &WaybillWords::type);
  if (found == kWords.end()) {
    throw std::logic_error("no waybill message has this type");
  }
  return *found;
}

}  // namespace weir::simulators::eleme
