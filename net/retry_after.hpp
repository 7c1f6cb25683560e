// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>

#include "base/instant.hpp"
#include "net/message.hpp"

namespace weir::net {

/// The pause an answer asks for by its Retry-After field, in seconds or as an HTTP date (RFC 9110
/// §10.2.3); a date that has passed is zero. nullopt when it asks for none or cannot be read.
[[nodiscard]] std::optional<std::chrono::seconds> RetryAfter(const Response& response, Instant now);

}  // namespace weir::net
