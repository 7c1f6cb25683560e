// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "mapping/eleme/event.hpp"
#include "model/order_facts.hpp"

namespace weir::mapping::eleme {

/// What an event says of a shop's state; nothing when it names no shop or no state.
[[nodiscard]] std::optional<model::StoreFact> MapStore(const Event& event);

/// That a shop's owner withdrew the authorisation.
[[nodiscard]] model::ConnectionFact MapRevocation(const Event& event);

}  // namespace weir::mapping::eleme
