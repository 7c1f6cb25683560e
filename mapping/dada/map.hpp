// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "mapping/dada/push.hpp"
#include "mapping/mapped.hpp"

/// Dada's callbacks and answers -> facts of shipments and shops. Times and statuses follow the
/// rules of merging; what the model has no field for goes to a look's `extra`; a broken field is an
/// issue and costs only itself.
namespace weir::mapping::dada {

inline constexpr std::string_view kPlatform = "dada";

/// How payloads are written: a push as received, and one answer of the API as received.
inline constexpr std::string_view kCallbacks = "callback";
inline constexpr std::string_view kAnswers = "answer";

/// What was asked, as an answer's topic says it. These two answers name our number.
inline constexpr std::string_view kReadTopic = "status/query";
inline constexpr std::string_view kPositionTopic = "transporter/position";

/// These do not: each comes as one page under our number (dialect `pages`). A topic that ends with
/// "=" goes on with a sum in yuan: what a quoted order costs, what a tip was raised to.
inline constexpr std::string_view kAddTopic = "addOrder";
inline constexpr std::string_view kAddQuotedTopic = "addAfterQuery?fee=";
inline constexpr std::string_view kCancelTopic = "formalCancel";
inline constexpr std::string_view kTipTopic = "addTip?tips=";
inline constexpr std::string_view kConfirmTopic = "message/confirm";
inline constexpr std::string_view kReturnTopic = "confirm/goods";

/// Maps a push or an answer. A pure function; callable from any thread.
///
/// Unmappable reasons: "malformed_payload" (no JSON, no answer), "missing_subject" (it names no
/// shipment or shop) and "unknown_topic" (a message of an undescribed type, a call nobody maps).
[[nodiscard]] Mapped Map(const Payload& payload);

/// The same of a push that is decoded already.
[[nodiscard]] Mapped MapPush(const Push& push);

}  // namespace weir::mapping::dada
