// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/error.hpp"
#include "mapping/dada/map.hpp"
#include "model/consignment.hpp"

namespace weir::mapping::dada {

/// An answer of queryDeliverFee to what was asked at `asked_at`: valid for three minutes from then,
/// whatever clock its own end was told by (protocol §4.1). kMalformed when it tells no fee.
[[nodiscard]] Result<model::CourierQuote> QuoteOf(std::string_view answer, Instant asked_at);

}  // namespace weir::mapping::dada
