// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <expected>

#include "mapping/doudian/messages.hpp"
#include "mapping/mapped.hpp"

namespace weir::mapping::doudian {

/// Adds what one message says, by its tag, to `mapped`; what it could not be mapped for. A message
/// is no snapshot: each of an order asks for the order to be read.
[[nodiscard]] std::expected<void, Unmappable> AddMessage(const Message& message, Mapped& mapped);

/// The same of a call of us, which names its order at most.
[[nodiscard]] std::expected<void, Unmappable> AddSpi(const Value& params, Mapped& mapped);

}  // namespace weir::mapping::doudian
