// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "mapping/mapped.hpp"
#include "mapping/sf_city/shipment.hpp"

namespace weir::mapping::sf_city {

/// What the answer to `action` says: of createorder, cancelorder, addordergratuityfee,
/// getordergratuityfee, getorderstatus, listorderfeed, riderlatestposition and getcallbackinfo what
/// is told there; of any other that of which order it is.
[[nodiscard]] Mapped MapAnswer(std::string_view bytes, std::string_view action,
                               const Setting& setting);

}  // namespace weir::mapping::sf_city
