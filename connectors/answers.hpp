// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/digest.hpp"
#include "base/error.hpp"
#include "net/message.hpp"

/// What connectors have in common in reading and giving answers.
namespace weir::connectors {

/// A failure of HTTP itself: a proxy, a gateway, an outage. `platform` is its name for people.
[[nodiscard]] Error ToHttpError(std::string_view platform, unsigned status);

/// An answer without body to a push that was not taken: 401 for a signature, 400 for what cannot
/// be read, 404 for a topic that is not this connection's, 503 for trouble of ours that passes
/// (with Retry-After where the error asks for it), else 500.
[[nodiscard]] net::Response MakeRefusal(const Error& error);

/// As some platforms write digests.
[[nodiscard]] std::string ToUpperHex(std::span<const std::uint8_t> digest);

/// Whether `hex`, of digits of either case, is `digest`. Takes the same time wherever they differ.
[[nodiscard]] bool MatchesHex(std::span<const std::uint8_t> digest, std::string_view hex);

}  // namespace weir::connectors
