// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "base/random.hpp"

/// Customers and riders as orders name them, with whatever people write into such fields.
namespace weir::simulators {

/// May be empty.
[[nodiscard]] std::string DrawName(Random& random);
[[nodiscard]] std::string DrawPhone(Random& random);
[[nodiscard]] std::string DrawAddress(Random& random);
/// What the customer wants the shop to know; empty, mostly.
[[nodiscard]] std::string DrawWish(Random& random);
[[nodiscard]] std::string DrawRider(Random& random);
/// Why somebody wants money back.
[[nodiscard]] std::string DrawComplaint(Random& random);

/// A place in the platforms' one city, in micro-degrees, GCJ-02.
[[nodiscard]] std::int64_t DrawLatitude(Random& random);
[[nodiscard]] std::int64_t DrawLongitude(Random& random);

}  // namespace weir::simulators
