// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/instant.hpp"
#include "mapping/json.hpp"
#include "model/review_facts.hpp"

namespace weir::mapping::douyin {

/// One comment of akte/comment/query (protocol A12); nothing when it has no number.
[[nodiscard]] std::optional<model::ReviewFacts> MapReview(const Value& object, Instant asked_at);

}  // namespace weir::mapping::douyin
