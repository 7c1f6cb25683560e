// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "mapping/douyin/event.hpp"
#include "mapping/douyin/status.hpp"
#include "model/order_facts.hpp"

namespace weir::mapping::douyin {

/// What an event says of a shop; nothing when it names none. That a setting changed is all these
/// events tell: to what, only Douyin's console knows.
[[nodiscard]] std::optional<model::StoreFact> MapStore(const Event& event, const EventRow& row);

}  // namespace weir::mapping::douyin
