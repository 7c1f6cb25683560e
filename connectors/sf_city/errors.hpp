// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/error.hpp"

namespace weir::connectors::sf_city {

/// An Error that says what an `error_code` of SF intra-city means. SF publishes no list: a code
/// that is not known is classed by the few words that tell a class in `error_msg`, else kRejected.
/// The text itself is not passed on: it may hold personal data.
[[nodiscard]] Error ToError(std::string_view code, std::string_view error_msg);

}  // namespace weir::connectors::sf_city
