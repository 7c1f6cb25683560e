// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "model/order_facts.hpp"

namespace weir::mapping {

/// The customer's number: "13800000000", "13800000000,1234" (a privacy number with its extension
/// behind `mark`) or "138****0000".
inline void ReadPhone(std::string_view text, char mark, model::Customer& customer) {
  const std::size_t at = text.find(mark);
  customer.phone = text.substr(0, at);
  if (at != std::string_view::npos) {
    customer.phone_extension = text.substr(at + 1);
  }
  if (text.find('*') != std::string_view::npos) {
    customer.phone_kind = "masked";
  } else if (!text.empty()) {
    customer.phone_kind = customer.phone_extension.empty() ? "real" : "virtual";
  }
}

}  // namespace weir::mapping
