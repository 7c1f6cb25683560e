// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "mapping/mapped.hpp"

namespace weir::mapping::dada {

/// An answer that was a success, by what was asked (`payload.topic`).
[[nodiscard]] Mapped MapAnswer(const Payload& payload);

}  // namespace weir::mapping::dada
