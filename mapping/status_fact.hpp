// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/instant.hpp"
#include "model/order_facts.hpp"

namespace weir::mapping {

/// How a payload came: the platform's answer to our read, else a push.
[[nodiscard]] constexpr model::Source SourceOf(bool pulled) noexcept {
  return pulled ? model::Source::kPull : model::Source::kPush;
}

/// "The order has reached `status`", `at` by the platform's own time where it tells one, as a
/// payload that came by `source` says. `sent_at` is the timestamp of the push, or of our request.
[[nodiscard]] inline model::StatusFact StatusAt(model::OrderStatus status,
                                                std::optional<Instant> at, model::Source source,
                                                std::optional<Instant> sent_at) {
  return {.status = status,
          .cause = model::CancelCause::kNone,
          .at = at,
          .sent_at = sent_at,
          .source = source};
}

}  // namespace weir::mapping
