// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/instant.hpp"

namespace weir::gateway {

/// Where a list goes on: opaque to users, who only hand it back.
using ListCursor = std::pair<Instant, std::string>;

[[nodiscard]] std::string EncodeCursor(const ListCursor& cursor);
[[nodiscard]] std::optional<ListCursor> DecodeCursor(std::string_view text);

}  // namespace weir::gateway
