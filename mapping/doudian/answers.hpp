// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mapping/mapped.hpp"

namespace weir::mapping::doudian {

/// Maps what reads answer: one answer as received, by its method, or several as one (dialect
/// `pages`). A pure function.
[[nodiscard]] Mapped MapAnswers(const Payload& payload);

}  // namespace weir::mapping::doudian
