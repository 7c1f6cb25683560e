// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/error.hpp"

/// SF Express's error codes (protocol §1.15), the gateway's and the services' in one table.
namespace weir::connectors::sf_express {

/// The order number was used before: the order exists.
inline constexpr std::string_view kOrderedBefore = "8016";

/// An Error that says what `code` means. An unknown one is kRejected.
[[nodiscard]] Error ToError(std::string_view code);

/// Whether the table has a row for `code`.
[[nodiscard]] bool IsKnownCode(std::string_view code);

/// The token of the call was refused: a newer one may be taken.
[[nodiscard]] bool IsTokenRefusal(const Error& error);

}  // namespace weir::connectors::sf_express
