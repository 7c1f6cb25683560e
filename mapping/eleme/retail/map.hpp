// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mapping/eleme/retail/push.hpp"
#include "mapping/mapped.hpp"

/// The retail platform's pushes and answers -> the facts that NOP's become. A push's command says
/// what it is about; what the model has no field for goes to `extra`; a broken field is an issue
/// and costs only itself.
namespace weir::mapping::eleme::retail {

/// Maps a payload of dialect "retail": a push, or the answer to order.get (`topic` is the
/// command). A pure function; callable from any thread.
///
/// Unmappable reasons: "malformed_payload" (no JSON, no answer, an encrypted body),
/// "missing_subject" (a known message without what it is about) and "unknown_topic".
[[nodiscard]] Mapped Map(const Payload& payload);

/// The same of a push that is decoded already. `content` is push.Content().
[[nodiscard]] Mapped MapPush(const Push& push, const ContentDigest& content);

}  // namespace weir::mapping::eleme::retail
