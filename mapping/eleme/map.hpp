// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "mapping/eleme/push.hpp"
#include "mapping/mapped.hpp"

/// Ele.me's pushes and answers -> facts. A push's type decides what it is; what the model has no
/// field for goes to `extra`; a broken field is an issue and costs only itself.
namespace weir::mapping::eleme {

/// Maps a push, or the answer to an order action (`topic` is its name): getOrder, and any other
/// whose result holds orders or waybills as an object, a list, a page or a map. A pure function;
/// callable from any thread.
///
/// Unmappable reasons: "malformed_payload" (no JSON, no answer), "missing_subject" (a known message
/// without what it is about) and "unknown_topic".
[[nodiscard]] Mapped Map(const Payload& payload);

/// The same of a push that is decoded already. `content` is push.Content().
[[nodiscard]] Mapped MapPush(const Push& push, const ContentDigest& content);

}  // namespace weir::mapping::eleme
