// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "base/instant.hpp"
#include "mapping/json.hpp"
#include "model/review_facts.hpp"

namespace weir::mapping::meituan {

/// What comment/query is called in an entry; the shop asked for is its parameter app_poi_code.
inline constexpr std::string_view kReviewsTopic = "comment/query";

/// One review of a shop (protocol §1.10); nothing when it has no id. Meituan names no order and no
/// time of changes, and says the day at most.
[[nodiscard]] std::optional<model::ReviewFacts> MapReview(const Value& object,
                                                          std::string_view shop, Instant asked_at);

}  // namespace weir::mapping::meituan
