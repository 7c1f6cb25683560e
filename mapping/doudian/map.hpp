// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "mapping/doudian/messages.hpp"
#include "mapping/mapped.hpp"

/// Doudian's messages, calls of us and answers -> facts. A message's tag decides what it is; a read
/// order is the whole of it; what the model has no field for goes to `extra`; a broken field is an
/// issue and costs only itself.
namespace weir::mapping::doudian {

/// How payloads are written: a push's array of messages, the param_json of a call of us, and one
/// answer of the API as received.
inline constexpr std::string_view kMessages = "messages";
inline constexpr std::string_view kSpi = "spi";
inline constexpr std::string_view kAnswers = "answer";

/// Maps any of them, or several answers as one (dialect `pages`): an order with its shipment and
/// its decrypted contacts, or a menu. An answer's topic is its method. A pure function; callable
/// from any thread.
///
/// Unmappable reasons: "malformed_payload" (no JSON, no answer), "missing_subject" (a known message
/// without what it is about) and "unknown_topic". One bad message among others is so in part.
[[nodiscard]] Mapped Map(const Payload& payload);

/// The same of messages that are decoded already.
[[nodiscard]] Mapped MapMessages(const Messages& messages);

}  // namespace weir::mapping::doudian
