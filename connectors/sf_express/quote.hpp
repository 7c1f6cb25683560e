// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "connectors/courier.hpp"

namespace weir::connectors::sf_express {

/// What EXP_RECE_QUERY_DELIVERTM answers of `product`: `deliverTmDto`, its fee in yuan and the end
/// of the time it names. `body` is an answer that succeeded. kRejected where the product is not
/// offered ("not_offered") or the account is told no price ("no_price").
[[nodiscard]] Result<CourierQuote> ReadQuote(std::string_view body, std::string_view product);

}  // namespace weir::connectors::sf_express
