// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "mapping/mapped.hpp"
#include "mapping/sf_city/dialects.hpp"

/// SF intra-city's callbacks and answers -> facts of shipments (protocol part 2). Amounts are fen,
/// times seconds, weights grams, distances metres; what the model has no field for goes to `extra`;
/// a broken field is an issue and costs only itself.
namespace weir::mapping::sf_city {

/// Maps a callback, or the answer to an action (`topic` is its name). Dialect "pages" is answers
/// that did not name our number, each beneath it. A pure function; callable from any thread.
///
/// Unmappable reasons: "malformed_payload" (no JSON, no answer), "missing_subject" (no order) and
/// "unknown_topic" (a callback of no known kind that says nothing of an order).
[[nodiscard]] Mapped Map(const Payload& payload);

}  // namespace weir::mapping::sf_city
