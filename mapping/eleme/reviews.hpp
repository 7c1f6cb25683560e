// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/instant.hpp"
#include "mapping/json.hpp"
#include "model/review_facts.hpp"

namespace weir::mapping::eleme {

/// One OpenapiOrderRate (protocol §1.11); nothing when it has no id. Times are Beijing's; there is
/// none of changes. What is said of single dishes stands in `extra`, their pictures among the
/// review's.
[[nodiscard]] std::optional<model::ReviewFacts> MapReview(const Value& object, Instant asked_at);

}  // namespace weir::mapping::eleme
