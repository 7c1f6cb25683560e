// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/instant.hpp"

namespace weir::gateway {

/// Where a list goes on: opaque to users, who only hand it back.
using ListCursor = std::pair<Instant, std::string>;

/// `list` is the fingerprint of the list it belongs to: with other filters it would skip records
/// that the caller never saw.
[[nodiscard]] std::string EncodeCursor(const ListCursor& cursor, std::uint64_t list);
/// Nothing when it is no cursor, or one of another list.
[[nodiscard]] std::optional<ListCursor> DecodeCursor(std::string_view text, std::uint64_t list);

}  // namespace weir::gateway
