// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace weir::net {

/// What a gzip text (RFC 1952), of one member or more, holds. kMalformed when it is none, is cut
/// off, or holds more than `limit` bytes; no more than that is ever unpacked.
[[nodiscard]] Result<std::string> Gunzip(std::string_view packed, std::size_t limit);

}  // namespace weir::net
