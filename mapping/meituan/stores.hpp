// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "mapping/meituan/event.hpp"
#include "model/order_facts.hpp"

namespace weir::mapping::meituan {

/// What a shop status push says; nothing when the event is none.
[[nodiscard]] std::optional<model::StoreFact> MapStore(Event& event);

}  // namespace weir::mapping::meituan
