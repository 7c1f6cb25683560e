// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mapping/mapped.hpp"
#include "mapping/sf_express/push.hpp"
#include "mapping/sf_express/services.hpp"

/// SF Express's pushes and answers (Fengqiao) -> facts of shipments. All times are China's; amounts
/// are yuan, weights kilograms. What the model has no field for goes to a look's `extra`; a broken
/// field is an issue and costs only itself.
namespace weir::mapping::sf_express {

/// Maps a push (`topic` is its kind's name), or answers: one as received, or several as pages, each
/// under our number of the shipment, since SF Express does not always name it. Their topic is the
/// service's code, kCancelTopic for a cancel. A pure function; callable from any thread.
///
/// Unmappable reasons: "malformed_payload" (no JSON, no XML, no answer, a refusal),
/// "missing_subject" (it names no shipment) and "unknown_topic".
[[nodiscard]] Mapped Map(const Payload& payload);

/// The same of a push that is decoded already. `content` is push.Content().
[[nodiscard]] Mapped MapPush(const Push& push, const ContentDigest& content);

}  // namespace weir::mapping::sf_express
